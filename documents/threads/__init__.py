"""Comments and suggestions: who may see them, and how they are shown and told."""
