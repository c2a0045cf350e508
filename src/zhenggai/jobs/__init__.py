"""Background work on the database: leases, retries, schedules; nothing lost or done twice (后台任务)."""
