"""The settings with a data folder of their own for one test run, and a fast password hasher."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="zhenggai-tests-")
# whitenoise warns of a missing folder, and warnings are errors
Path(_folder, "static").mkdir()
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["ZHENGGAI_DATA_DIR"] = _folder
os.environ["ZHENGGAI_DATABASE_POOL"] = "0"
os.environ["ZHENGGAI_DATABASE_URL"] = os.environ.get("ZHENGGAI_TEST_POSTGRESQL", "")
for _name in ("ZHENGGAI_DEBUG", "ZHENGGAI_DEMO", "ZHENGGAI_HTTPS", "ZHENGGAI_BEHIND_PROXY"):
    os.environ.pop(_name, None)

from zhenggai.config.settings import *  # noqa: E402, F403 - the environment above has to stand first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
