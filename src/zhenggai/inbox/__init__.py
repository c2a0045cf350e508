"""Notices to people (收件箱): what happened that is theirs to know, and the digest of what waits."""
