"""Django settings (系统设置): everything that differs between places comes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from zhenggai.config import environment

PACKAGE = Path(__file__).resolve().parent.parent

ZHENGGAI_DATA_DIR = environment.data_dir()
ZHENGGAI_MAX_PDF_PAGES = environment.whole("ZHENGGAI_MAX_PDF_PAGES", 2_000)
ZHENGGAI_MAX_UPLOAD_BYTES = environment.whole("ZHENGGAI_MAX_UPLOAD_MIB", 64) * environment.MEBIBYTE
# larger ones are read by a job: 512 KiB of text or Word, or 40 pages, take about two seconds
ZHENGGAI_READ_AT_ONCE_BYTES = environment.whole("ZHENGGAI_READ_AT_ONCE_KIB", 512, least=0) * 1024
ZHENGGAI_READ_AT_ONCE_PAGES = environment.whole("ZHENGGAI_READ_AT_ONCE_PAGES", 40, least=0)
ZHENGGAI_TAKE_AT_ONCE_FINDINGS = environment.whole("ZHENGGAI_TAKE_AT_ONCE_FINDINGS", 2_000, least=0)
# what is kept may be larger than what is read: an upload too large to be read is kept all the same
ZHENGGAI_MAX_STORED_BYTES = max(
    environment.whole("ZHENGGAI_MAX_STORED_MIB", 1024) * environment.MEBIBYTE, ZHENGGAI_MAX_UPLOAD_BYTES
)
ZHENGGAI_UPLOADS_OPEN = environment.whole("ZHENGGAI_UPLOADS_OPEN", 5)
ZHENGGAI_UPLOAD_HOURS = environment.whole("ZHENGGAI_UPLOAD_HOURS", 48)
ZHENGGAI_EXPORT_AT_ONCE = environment.whole("ZHENGGAI_EXPORT_AT_ONCE", 2_000, least=0)
ZHENGGAI_EXPORT_HOURS = environment.whole("ZHENGGAI_EXPORT_HOURS", 72)
ZHENGGAI_MARKING_HIGHEST = environment.choice("ZHENGGAI_MARKING_HIGHEST", "internal", ("open", "internal"))
ZHENGGAI_ANCHOR_FILE = environment.text("ZHENGGAI_ANCHOR_FILE", str(ZHENGGAI_DATA_DIR / "anchors.jsonl"))
ZHENGGAI_ANCHOR_KEY_FILE = environment.text("ZHENGGAI_ANCHOR_KEY_FILE", str(ZHENGGAI_DATA_DIR / "anchor_key"))
ZHENGGAI_CALENDAR_FILE = environment.text("ZHENGGAI_CALENDAR_FILE", "")
ZHENGGAI_ANCHOR_AT = environment.time_of_day("ZHENGGAI_ANCHOR_AT", "02:30")
ZHENGGAI_CLEAR_AT = environment.time_of_day("ZHENGGAI_CLEAR_AT", "03:30")
ZHENGGAI_DIGEST_AT = environment.time_of_day("ZHENGGAI_DIGEST_AT", "08:00")
ZHENGGAI_NOTICES_KEPT_DAYS = environment.whole("ZHENGGAI_NOTICES_KEPT_DAYS", 90)
ZHENGGAI_LEASE_SECONDS = environment.whole("ZHENGGAI_LEASE_SECONDS", 60)
ZHENGGAI_PASSWORD_LEAST = environment.whole("ZHENGGAI_PASSWORD_LEAST", 12, least=8)
ZHENGGAI_SIGN_IN_TRIES = environment.whole("ZHENGGAI_SIGN_IN_TRIES", 5, least=2)
ZHENGGAI_SIGN_IN_TRIES_ADDRESS = environment.whole("ZHENGGAI_SIGN_IN_TRIES_ADDRESS", 50, least=2)
ZHENGGAI_SECOND_FACTOR = environment.choice(
    "ZHENGGAI_SECOND_FACTOR", "optional", ("optional", "administrators", "signing", "all")
)
ZHENGGAI_SESSION_HOURS = environment.whole("ZHENGGAI_SESSION_HOURS", 10)
ZHENGGAI_SESSION_IDLE_MINUTES = environment.whole("ZHENGGAI_SESSION_IDLE_MINUTES", 60)
ZHENGGAI_BEHIND_PROXY = environment.flag("ZHENGGAI_BEHIND_PROXY", default=False)
ZHENGGAI_DEMO = environment.flag("ZHENGGAI_DEMO", default=False)

DEBUG = environment.flag("ZHENGGAI_DEBUG", default=False)
SECRET_KEY = environment.secret_key(ZHENGGAI_DATA_DIR)
ALLOWED_HOSTS = environment.words("ZHENGGAI_ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.words("ZHENGGAI_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "treebeard",
    "zhenggai.trail",
    "zhenggai.accounts",
    "zhenggai.files",
    "zhenggai.search",
    "zhenggai.jobs",
    "zhenggai.inbox",
    "zhenggai.ledger",
    "zhenggai.intake",
    "zhenggai.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhenggai.web.middleware.RequestContextMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhenggai.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "zhenggai.config.urls"
WSGI_APPLICATION = "zhenggai.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "zhenggai.web.context.shell",
            ],
        },
    },
]

DATABASES = {"default": environment.database(ZHENGGAI_DATA_DIR)}
TASKS = {
    "default": {"BACKEND": "zhenggai.jobs.backend.DatabaseBackend", "OPTIONS": {"packages": ["zhenggai"]}}
}
# tasks by their dotted names: rooms above `jobs` have some, and only here all of them are known
RECURRING = (
    ("zhenggai.jobs.housekeeping.anchor_daily", ZHENGGAI_ANCHOR_AT),
    ("zhenggai.jobs.housekeeping.sessions_clear", ZHENGGAI_CLEAR_AT),
    ("zhenggai.jobs.housekeeping.jobs_clear", ZHENGGAI_CLEAR_AT),
    ("zhenggai.jobs.housekeeping.incoming_clear", ZHENGGAI_CLEAR_AT),
    ("zhenggai.ledger.housekeeping.notices_clear", ZHENGGAI_CLEAR_AT),
    ("zhenggai.ledger.housekeeping.uploads_clear", ZHENGGAI_CLEAR_AT),
    ("zhenggai.ledger.housekeeping.previews_clear", ZHENGGAI_CLEAR_AT),
    ("zhenggai.ledger.housekeeping.calls_clear", ZHENGGAI_CLEAR_AT),
    ("zhenggai.ledger.drafts.drafts_clear", ZHENGGAI_CLEAR_AT),
    ("zhenggai.ledger.evidence_text.evidence_texts_fill", ZHENGGAI_CLEAR_AT),
    ("zhenggai.ledger.export_jobs.exports_clear", ZHENGGAI_CLEAR_AT),
    ("zhenggai.ledger.warning.warnings_send", ZHENGGAI_DIGEST_AT),
    ("zhenggai.ledger.rechecks_due.rechecks_tell", ZHENGGAI_DIGEST_AT),
    ("zhenggai.ledger.reports_due.reports_remind_due", ZHENGGAI_DIGEST_AT),
    ("zhenggai.ledger.situations_due.situations_remind", ZHENGGAI_DIGEST_AT),
    ("zhenggai.ledger.digesting.digests_send", ZHENGGAI_DIGEST_AT),
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": ZHENGGAI_PASSWORD_LEAST},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "zhenggai.accounts.password_rules.OwnNameValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "zhenggai.accounts.password_rules.GuessedFirstValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ZHENGGAI_DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# Larger uploads are streamed to disk; Django's own limit counts everything but files.
DATA_UPLOAD_MAX_MEMORY_SIZE = ZHENGGAI_MAX_UPLOAD_BYTES + environment.MEBIBYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * environment.MEBIBYTE
# not in /tmp, which is memory in some places
FILE_UPLOAD_TEMP_DIR = environment.incoming_dir(ZHENGGAI_DATA_DIR)
FILE_UPLOAD_HANDLERS = [
    "zhenggai.web.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_HTTPS = environment.flag("ZHENGGAI_HTTPS", default=False)
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = ZHENGGAI_SESSION_HOURS * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zhenggai.web.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
if ZHENGGAI_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # Tabler's own style sheet draws its carets and ticks as data: images
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "zhenggai.config.logs.OneLine"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "console_one_line": {"class": "logging.StreamHandler", "filters": ["one_line"]},
    },
    # anybody on the network can ask under a name that is not ours: that is no fault of the program
    "loggers": {"django.security.DisallowedHost": {"handlers": ["console_one_line"], "propagate": False}},
    "root": {"handlers": ["console"], "level": environment.text("ZHENGGAI_LOG_LEVEL", "WARNING")},
}
