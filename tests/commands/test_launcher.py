"""The embedded PostgreSQL: made whole or not at all, one server a folder, nothing lost by a kill."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer

import pytest

from config.services import programs
from config.services.postgres import Cluster, binaries, socket_folder
from config.services.programs import Obstacle
from tests.commands.given import descendants_of, words_of


def a_cluster(folder: Path) -> Cluster:
    return Cluster(folder / "数据 库", socket_folder(folder / "run"), binaries())


@contextmanager
def running(cluster: Cluster) -> Iterator[subprocess.Popen[bytes]]:
    log = cluster.sockets.parent / "postgres.log"
    program = cluster.program()
    process = programs.start(program, log)
    try:
        programs.wait_until_ready(program, process, log, seconds=20)
        yield process
    finally:
        programs.stop([(program, process)])


def ask(cluster: Cluster, statement: str) -> list[tuple[object, ...]]:
    with closing(cluster.connect("huiyin")) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_a_new_cluster_speaks_utf_8_counts_checksums_and_finds_chinese(tmp_path):
    cluster = a_cluster(tmp_path)

    assert cluster.make()

    with running(cluster):
        cluster.create_database()
        ask(cluster, "CREATE EXTENSION pg_trgm")
        assert ask(cluster, "SHOW server_encoding") == [("UTF8",)]
        assert ask(cluster, "SHOW data_checksums") == [("on",)]
        assert ask(cluster, "SELECT cardinality(show_trgm('信访')) > 0") == [(True,)]


def test_a_cluster_is_made_once_and_keeps_its_rows(tmp_path):
    cluster = a_cluster(tmp_path)
    cluster.make()
    with running(cluster):
        cluster.create_database()
        ask(cluster, "CREATE TABLE kept AS SELECT 7 AS number")

    assert not cluster.make()

    with running(cluster):
        assert cluster.has_database()
        assert ask(cluster, "SELECT number FROM kept") == [(7,)]


def test_half_a_cluster_is_thrown_away_and_made_anew(tmp_path):
    cluster = a_cluster(tmp_path)
    unfinished = cluster.folder.with_name(cluster.folder.name + ".tmp")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("half")

    assert cluster.make()

    assert not unfinished.exists()
    with running(cluster):
        assert cluster.answers()


def test_a_cluster_of_another_version_is_refused_with_a_way_on(tmp_path):
    cluster = a_cluster(tmp_path)
    cluster.make()
    (cluster.folder / "PG_VERSION").write_text("12\n")

    with pytest.raises(Obstacle, match=r"made by PostgreSQL 12.*\./start backup.*\./start restore"):
        cluster.make()

    assert (cluster.folder / "PG_VERSION").read_text() == "12\n"


def test_a_second_server_on_the_same_folder_is_refused(tmp_path):
    cluster = a_cluster(tmp_path)
    cluster.make()
    with running(cluster):
        second = programs.start(cluster.program(), tmp_path / "second.log")

        assert second.wait(10) != 0

        assert cluster.answers()


def test_a_folder_too_long_for_a_socket_gets_a_short_one(tmp_path):
    long = tmp_path / ("很长的名字" * 10)

    folder = socket_folder(long / "run")

    assert len(os.fsencode(folder)) < 90
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder == socket_folder(long / "run")
    folder.rmdir()


def test_pg_bin_without_a_server_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(tmp_path))

    with pytest.raises(Obstacle, match="no postgres in it"):
        binaries()


@pytest.mark.kill
def test_a_killed_server_comes_back_with_every_committed_row(tmp_path):
    cluster = a_cluster(tmp_path)
    cluster.make()
    with running(cluster) as process:
        cluster.create_database()
        ask(cluster, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")

        os.kill(process.pid, signal.SIGKILL)
        process.wait()

        with running(cluster):
            assert ask(cluster, "SELECT count(*), max(number) FROM kept") == [(1000, 1000)]


@pytest.mark.kill
def test_a_server_whose_killed_predecessor_still_writes_waits_for_it(tmp_path):
    cluster = a_cluster(tmp_path)
    cluster.make()
    with running(cluster) as process:
        cluster.create_database()
        writer = next(pid for pid in descendants_of(process.pid) if "checkpointer" in " ".join(words_of(pid)))
        os.kill(writer, signal.SIGSTOP)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        Timer(1, os.kill, (writer, signal.SIGCONT)).start()

        with running(cluster):
            assert cluster.has_database()
