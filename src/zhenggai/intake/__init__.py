"""Intake (收件): a document is kept, read, confirmed beside its original, and becomes a ledger."""
