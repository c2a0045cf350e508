"""Values, tables and rules of rectification (整改); the standard library only."""
