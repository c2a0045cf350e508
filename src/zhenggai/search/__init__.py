"""Full text in Chinese, from two characters on, on SQLite and PostgreSQL (全文检索)."""
