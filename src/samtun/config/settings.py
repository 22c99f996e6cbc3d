"""Settings, read from the environment once; `docs/operations.md` lists the variables.

Without any variable set, a checkout keeps its data in `var/` and serves only this machine.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.management.utils import get_random_secret_key

from samtun.config.sign_in import *  # noqa: F403  (settings are names in capitals)

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent


def _data_directory() -> Path:
    """`SAMTUN_DATA_DIR`, else `var/` of the checkout, else the user's own data folder."""
    if chosen := os.environ.get("SAMTUN_DATA_DIR"):
        return Path(chosen).resolve()
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "var"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "samtun"


def _secret_key(directory: Path) -> str:
    """`SAMTUN_SECRET_KEY`, else a key made once and kept readable by this user only."""
    if given := os.environ.get("SAMTUN_SECRET_KEY"):
        return given
    path = directory / "secret_key"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


def _words(name: str) -> list[str]:
    return os.environ.get(name, "").split()


def _database(directory: Path) -> dict[str, Any]:
    """`DATABASE_URL`, else one SQLite file: write-ahead log, every commit on disk."""
    url = os.environ.get("DATABASE_URL", f"sqlite:///{directory / 'samtun.sqlite3'}")
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["CONN_MAX_AGE"] = None
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-8000; PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;"
            ),
        }
    else:
        settings["OPTIONS"] = {
            **settings.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": 4},
        }
    return settings


DATA_DIR = _data_directory()
SECRET_KEY = _secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = _words("SAMTUN_OLD_SECRET_KEYS")  # still open what they signed and sealed
DEBUG = _flag("SAMTUN_DEBUG")
SHOW_COMPONENTS = _flag("SAMTUN_SHOW_COMPONENTS")  # the page of all components, for tests
# On in `samtun demo` only: letters are shown instead of sent, and whom to sign in as.
DEMO = _flag("SAMTUN_DEMO")
EXAMPLE_DIR = CHECKOUT / "examples" / "valdres"
ALLOWED_HOSTS = _words("SAMTUN_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
# Addresses in QR codes, sitemaps, share pictures and the open data; must not depend on a request.
PUBLIC_URL = os.environ.get("SAMTUN_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
SERVED_SECURELY = PUBLIC_URL.startswith("https://")
# Who runs the installation: for the accessibility statement and security.txt.
CONTACT_EMAIL = os.environ.get("SAMTUN_CONTACT_EMAIL", "")
# The server that takes our letters; without one they wait in the outbox. See samtun.mail.server.
MAIL_URL = os.environ.get("SAMTUN_MAIL_URL", "")
MAIL_FROM = os.environ.get("SAMTUN_MAIL_FROM", CONTACT_EMAIL)

DATABASES = {"default": _database(DATA_DIR)}
SEARCH_INDEX_DIR = DATA_DIR / "search"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "samtun.ui",
    "samtun.documents",  # for its catalogue only; it has no models
    "samtun.mail",
    "samtun.organisations",
    "samtun.people",
    "samtun.directory",
    "samtun.events",
    "samtun.learning",
    "samtun.editorial",
    "samtun.api",
    "samtun.desk",
    "samtun.front",
    # After ours, so that our templates come first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "samtun.editorial.words",  # its catalogues only, before Wagtail's
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "samtun.editorial.backend.EditorialBackend",  # signs nobody in
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
# How many proxies of ours stand in front: whose word about a visitor's address is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SAMTUN_PROXIES", "1" if SERVED_SECURELY else "0"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MIDDLEWARE = [
    "samtun.config.middleware.public_headers",
    "samtun.config.compression.compressed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "samtun.config.middleware.KindFailures",
]
ROOT_URLCONF = "samtun.config.urls"
WSGI_APPLICATION = "samtun.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "samtun.ui.templatetags.ui",
            ],
            "context_processors": [
                "samtun.ui.context.page",
                "django.template.context_processors.request",  # Wagtail's pages ask for it
                "django.contrib.auth.context_processors.auth",  # lazy: asks nothing, no cookie
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Where courses are written; see samtun.editorial.
WAGTAIL_SITE_NAME = "Samtun"
WAGTAIL_PAGE_MODEL = "editorial.EditorialPage"
WAGTAILIMAGES_IMAGE_MODEL = "editorial.EditorialImage"
WAGTAILDOCS_DOCUMENT_MODEL = "editorial.EditorialDocument"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
WAGTAIL_ENABLE_UPDATE_CHECK = False  # asks a stranger
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nor here
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from elsewhere
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]  # no SVG: it can run code
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # frames counted; a small file can be a huge picture
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "txt", "mp4", "webm", "mp3", "vtt"]
WAGTAILDOCS_SERVE_METHOD = "direct"
# Wagtail's own letters are not sent: ours go through samtun.mail. See docs/operations.md.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "samtun.config.static.GatheredStorage"},
}
# What is not gathered yet is served straight from the package.
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_AUTOREFRESH = DEBUG

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the proxy in front does it; see docs/operations.md
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_SECURELY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_SECURELY else None
X_FRAME_OPTIONS = "DENY"
# A visitor gets no cookie: the first comes with the sign-in page.
SESSION_COOKIE_NAME = "samtun_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = SERVED_SECURELY
CSRF_COOKIE_NAME = "samtun_form"
CSRF_COOKIE_AGE = None  # ends with the browser, as the session does
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SERVED_SECURELY
CSRF_FAILURE_VIEW = "samtun.front.views.errors.form_refused"
MESSAGE_TAGS = {40: "danger"}  # ERROR, in the words of the design
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a module with its lessons, blocks and answers is one form

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_personal_data": {"()": "samtun.config.logging.WithoutPersonalData"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["no_personal_data"],
        },
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("SAMTUN_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "wagtail": {"level": "WARNING"},  # who published what is in the trail
    },
}
