"""Versions of a report: what they hold, who sees what of them, and what is different between two of them."""
