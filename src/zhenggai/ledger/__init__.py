"""The ledger (整改台账): findings, measures, evidence and closing; every write is a service."""
