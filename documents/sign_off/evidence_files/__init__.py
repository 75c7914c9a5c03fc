"""What goes into every evidence bundle as it is."""
