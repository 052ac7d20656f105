"""Rules on manifest.json: its keys, its paths, the listing, the author, tags, and what was published before."""
