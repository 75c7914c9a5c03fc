"""Who wrote what, read from the log of updates."""
