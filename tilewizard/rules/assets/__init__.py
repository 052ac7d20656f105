"""Rules on assets: dashboards, monitors, saved views, log pipelines, OAuth clients."""
