"""Word documents as offices lay them out (公文版式): equal input, equal bytes."""
