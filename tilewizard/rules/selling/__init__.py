"""Rules on pricing and legal terms."""
