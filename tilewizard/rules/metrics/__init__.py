"""Rules on metadata.csv and service checks, and on their agreement with the manifest."""
