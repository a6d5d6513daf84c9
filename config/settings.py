"""One file of settings. What differs between places comes from the environment, listed in .env.example."""

import base64
import hashlib
from datetime import timedelta
from pathlib import Path

import dj_database_url
import structlog
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env
from lib.logs import without_row_values

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("HUIYIN_VAR", str(BASE_DIR / "var")))

DEBUG = env.flag("DEBUG", False)
# The demo world: invented people, sign-in without a second factor.
DEMO = env.flag("DEMO", False)
# The seed of a simulation (`./start simulate`), in whose house alone a sweep is told what time it is.
SIMULATION = env.text("SIMULATION", "")

SECRET_KEY = env.text("SECRET_KEY", "a developer's machine only" if DEBUG else None)


def _developers_key(purpose: str) -> str | None:
    """Return a key that is no secret, on a developer's machine only."""
    if not DEBUG:
        return None
    return "dev:" + base64.b64encode(hashlib.sha256(purpose.encode()).digest()).decode()


# One purpose, one key (architecture, Crypto). The first of each writes, the others still read.
FIELD_KEYS = env.keys("FIELD_KEYS", _developers_key("field"))
REPORTER_KEYS = env.keys("REPORTER_KEYS", _developers_key("reporter"))
BLIND_INDEX_KEYS = env.keys("BLIND_INDEX_KEYS", _developers_key("blind index"))
QUERY_CODE_KEYS = env.keys("QUERY_CODE_KEYS", _developers_key("query code"))
AUDIT_KEYS = env.keys("AUDIT_KEYS", _developers_key("audit"))
CIPHER = env.text("CIPHER", "aes")

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# Where petitioners reach the public page; printed on the slip they take home, which names no address without it.
PUBLIC_PAGE_URL = env.text("PUBLIC_PAGE_URL", "")
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
# The machine itself may speak plain http; every other way in is https (Q34).
HTTPS_ONLY = env.flag("HTTPS_ONLY", not DEBUG)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "lib",
    "audit",
    "infra",
    "places",
    "accounts.apps.AccountsConfig",
    "deadlines",
    "notices",
    "assignments.apps.AssignmentsConfig",
    "documents",
    "grids.apps.GridsConfig",
    "cases.apps.CasesConfig",
    "hearings.apps.HearingsConfig",
    "scoring.apps.ScoringConfig",
    "leadership.apps.LeadershipConfig",
    "indicators.apps.IndicatorsConfig",
    "reports",
    "desk",
    "mobile.apps.MobileConfig",
    "portal",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.NothingKeptMiddleware",
    "accounts.middleware.HatMiddleware",
    "config.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "lib.widgets.PlainRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "desk.context.shell",
            ],
        },
    }
]

# ./start runs its own PostgreSQL on a socket in VAR and sets the address for its children.
_DATABASE_URL = env.text("DATABASE_URL", f"postgresql://huiyin@/huiyin?host={VAR / 'run'}")
DATABASES = {"default": dict(dj_database_url.parse(_DATABASE_URL, conn_max_age=60, conn_health_checks=True))}
# pgbouncer in transaction mode must stay possible: nothing that lives longer than a transaction.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
DATABASES["default"]["TEST"] = {"NAME": "test_huiyin"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where the district's text messages are handed over; named by who runs the machine, never on a page.
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL", "")

REDIS_URL = env.text("REDIS_URL", f"unix://{VAR / 'run' / 'valkey.sock'}")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
# kombu wants its own spelling of a unix socket
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_REDBEAT_REDIS_URL = REDIS_URL
CELERY_BEAT_SCHEDULER = "redbeat.RedBeatScheduler"
# The lock is drawn out at each round, so a round has to be much shorter than it lives.
CELERY_REDBEAT_LOCK_TIMEOUT = 60
CELERY_BEAT_MAX_LOOP_INTERVAL = 5

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
# Outside the demo world nobody works without a second factor (MLPS 8.1.4.1 d, Q34).
SECOND_FACTOR_REQUIRED = not DEMO

# The longest idle time a role can have; shorter ones are kept by the session itself (Q34).
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000 if HTTPS_ONLY else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
# One catalogue per room, as templates and tests have their rooms.
LOCALE_PATHS = [
    BASE_DIR / "locale" / room
    for room in (
        "config",
        "portal",
        "mobile",
        "desk",
        "reports",
        "scoring",
        "indicators",
        "hearings",
        "leadership",
        "cases",
        "grids",
        "documents",
        "assignments",
        "notices",
        "deadlines",
        "accounts",
        "places",
        "infra",
        "audit",
        "lib",
    )
]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
FILES_ROOT = Path(env.text("FILES_ROOT", str(VAR / "files")))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.TokenAuthentication",
        "accounts.api.HatSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.WearsAHat"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.api.say_no",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Huiyin",
    "DESCRIPTION": "Petitions of a district: read what one hat may see, act through the same deeds as the pages.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["accounts.api.WearsAHat"],
}

# Axes alone counts and locks (protection §6); allauth's own limits are off, so that there is one answer.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
# Trying on while locked must not lock the owner out for longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False

ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "accounts.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "回音"
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1

# The account is locked wherever the attempts come from: an address would lock a whole office.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        without_row_values,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
# One JSON object a line, constant messages, ids only: who did what is the audit's business, not the log's.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                without_row_values,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.stdlib.ExtraAdder(),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "propagate": False},
        # below a warning it writes down what it sends
        "apprise": {"level": "WARNING"},
    },
}
