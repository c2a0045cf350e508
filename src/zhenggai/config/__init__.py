"""Settings, root addresses and the WSGI entry (配置)."""
