"""Comment rounds, what becomes of each comment, and the comment log."""
