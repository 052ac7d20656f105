"""The commands, a module each: a new module is a new command."""
