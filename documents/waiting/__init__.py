"""What waits for a person, and where a review stands."""
