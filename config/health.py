"""What the house says about itself to whoever watches it: it lives, it is ready, this is its certificate."""

from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer while the process lives; asks nothing of anybody else."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when database, broker and tables are there, 503 naming what is missing otherwise."""
    state = {"database": _database_answers(), "broker": _broker_answers()}
    state["migrations"] = state["database"] and _migrations_applied()
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _migrations_applied() -> bool:
    return _newest_migrations() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """Return each app's last migration in the code, which does not change while the process lives."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


@never_cache
@require_safe
def authority(request: HttpRequest) -> FileResponse:
    """Give out the certificate a phone has to trust, where this machine made one for itself (Q34)."""
    file = settings.VAR / "tls" / "authority.crt"
    if not file.exists():
        raise Http404
    return FileResponse(file.open("rb"), as_attachment=True, content_type="application/x-x509-ca-cert")
