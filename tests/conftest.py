"""What every test stands on: a database with the shipped reference data, and loud words about skips."""

import gc
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import chinese_calendar
import pytest
from _pytest.terminal import TerminalReporter
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from config.catalogues import compile_all
from tests.chromium import chromium
from tests.services import PREPARED
from tests.shared import SHARED

NO_CHROMIUM = "no chromium found"
NO_SHARED_DATA = "shared data is absent"
WAY_ON = {
    NO_CHROMIUM: "BROWSER TESTS DID NOT RUN: apt-get install chromium, or set CHROMIUM",
    NO_SHARED_DATA: "TESTS OF THE REAL DATA DID NOT RUN: set HUIYIN_SHARED",
}

# The newest year of working days that the product ships.
LAST_SHIPPED_YEAR = max(chinese_calendar.holidays).year

# What a test with real commits leaves standing.
REFERENCE_TABLES = re.compile(
    r"django_migrations|django_content_type|auth_permission"
    r"|places_.*|deadlines_(calendar|rule).*|cases_contentcategory|notices_reminder|leadership_(meetingkind|teamrole)|grids_eventtype|hearings_procedureset"
)


def pytest_configure() -> None:
    # Tests read the pages in Chinese, as people do.
    compile_all()
    # A password costs a tenth of a second with the real one.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The workers of a parallel run share one broker.
    settings.CACHES["default"]["KEY_PREFIX"] = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    TransactionTestCase._fixture_teardown = empty_all_but_reference
    TransactionTestCase._should_reload_connections = is_broken


def pytest_collection_finish() -> None:
    # What is imported and collected by now stays to the end. Walked through again and again by the collector of
    # unreachable objects, it would cost a fifth of all the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = {}
    if chromium() is None:
        missing["browser"] = NO_CHROMIUM
    if not SHARED.is_dir():
        missing["shared"] = NO_SHARED_DATA
    for item in items:
        for mark in item.iter_markers():
            if mark.name in missing:
                item.add_marker(pytest.mark.skip(reason=missing[mark.name]))


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    reports = terminalreporter.stats.get("skipped", [])
    words = [str(report.longrepr[2]) for report in reports if isinstance(report.longrepr, tuple)]
    skipped = Counter(reason for said in words for reason in WAY_ON if reason in said)
    for reason, count in skipped.items():
        terminalreporter.section(f"{count} {WAY_ON[reason]}", sep="!", red=True, bold=True)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A migrated database is taken as it is; one on a server of someone else's is made anew."""
    return PREPARED in os.environ


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """Workers that share a server have a database each."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker and PREPARED not in os.environ:
        settings.DATABASES["default"]["TEST"]["NAME"] += f"_{worker}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database with the shipped reference data, loaded once."""
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)
        empty_all_but_reference()


@pytest.fixture
def shared_data() -> Path:
    """The folder of real data that is not in this repository; the test that wants it is marked `shared`."""
    return SHARED


def is_broken(case: TransactionTestCase) -> bool:
    """Test if a test left the connection unfit for the next, as those do that kill the database.

    Django opens a new one for each test; the database then reads all it knows of its tables anew, which takes longer
    than most tests.
    """
    return connection.connection is not None and not connection.is_usable()


@cache
def _emptying() -> str:
    """Return the deletions of all tables in one string: one by one they take longer on the way than in the database."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    emptied = [table for table in tables if not REFERENCE_TABLES.fullmatch(table)]
    return "; ".join(f"DELETE FROM {connection.ops.quote_name(table)}" for table in emptied)


def empty_all_but_reference(case: TransactionTestCase | None = None) -> None:
    """Take away what a test with real commits wrote (or the loading itself), in place of Django's flush.

    As a replica the session fires no triggers: those that keep the audit and the history from being
    emptied, and those of foreign keys, which makes the order of tables indifferent.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = replica; {_emptying()}")
        # A year that a test entered would be known to every test behind it.
        cursor.execute(
            "DELETE FROM deadlines_calendarday WHERE extract(year FROM day) > %s", [LAST_SHIPPED_YEAR]
        )
        cursor.execute("DELETE FROM deadlines_calendaryear WHERE year > %s", [LAST_SHIPPED_YEAR])
