"""Rules on what a tile must never carry: files that act on who reads them."""
