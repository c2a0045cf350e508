"""The views (视图): one module a page."""
