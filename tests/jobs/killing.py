"""Kills workers in the middle of their jobs, again and again, and counts what was done (强杀执行进程).

``python -m jobs.killing KILLS``: prints one line of JSON. The database is that of the environment.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from typing import Any

import django
from django.utils import timezone

django.setup()

from jobs import labours  # noqa: E402 - models are there once Django is set up
from migrated import migrate  # noqa: E402
from zhenggai.jobs import services  # noqa: E402
from zhenggai.jobs.models import Job  # noqa: E402
from zhenggai.trail import selectors  # noqa: E402
from zhenggai.trail.models import Event  # noqa: E402

WORKERS = 3
GIVE_UP_SECONDS = 600
COMMAND = (sys.executable, "-m", "zhenggai.ops", "worker", "--alone")


def main(kills: int, seed: int = 7) -> dict[str, Any]:
    migrate()
    jobs = max(kills, 20)
    for number in range(jobs):
        services.job_enqueue(labours.written_once, at=timezone.now(), args=(number, 0.3))
    chance = random.Random(seed)
    workers = [subprocess.Popen(COMMAND) for _ in range(WORKERS)]
    killed, interrupted, began = 0, 0, time.monotonic()
    mine = Job.objects.filter(task=labours.written_once.module_path)
    while killed < kills or mine.filter(state__in=["ready", "running"]).exists():
        if time.monotonic() - began > GIVE_UP_SECONDS:
            break
        running = mine.filter(state="running").count()
        if killed < kills and running:
            place = chance.randrange(WORKERS)
            workers[place].kill()
            workers[place].wait()
            workers[place] = subprocess.Popen(COMMAND)
            killed += 1
            if not mine.filter(state="ready").exists():
                jobs += 1
                services.job_enqueue(labours.written_once, at=timezone.now(), args=(jobs - 1, 0.3))
        time.sleep(chance.uniform(0.02, 0.4))
    for worker in workers:
        worker.terminate()
        worker.wait()
    interrupted = sum(mine.values_list("losses", flat=True))
    written = Counter(Event.objects.values_list("subject_id", flat=True))
    return {
        "jobs": jobs,
        "killed": killed,
        "interrupted": interrupted,
        "done": mine.filter(state="done").count(),
        "written": len(written),
        "twice": sum(count > 1 for count in written.values()),
        "trail": selectors.verify(labours.CHAIN)[0].ok,
        "seconds": round(time.monotonic() - began, 1),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
