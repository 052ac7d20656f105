"""Rules on README.md: sections, links, pictures, starter text that was left."""
