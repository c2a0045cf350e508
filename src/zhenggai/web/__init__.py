"""The pages (网页): request and clock are read here, one service is called, a page is shown."""
