"""How findings are printed: for people, for programs, for services."""
