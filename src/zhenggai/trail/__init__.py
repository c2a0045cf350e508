"""What happened, by whom, when (留痕): append-only chains of events."""
