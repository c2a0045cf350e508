"""Zhenggai (整改): inspection rectification from the findings to a closure that anyone can check."""

__version__ = "0.1.0"
