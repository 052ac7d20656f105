"""The parts of a tile, a module each: how its answers are read from files and how they are written to them."""
