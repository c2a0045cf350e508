"""Stored files, kept under the SHA-256 of their bytes (文件存储)."""
