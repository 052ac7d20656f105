"""Rules on the changelog and its versions."""
