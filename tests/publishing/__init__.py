"""What is handed over: packs, readiness."""
