"""The days that go by in a house of its own: drawn kills are repeatable, and what fires does not depend on them."""

from collections import Counter
from datetime import date

import pytest

from config.simulation.days import ROUNDS, SWEEPS, VICTIMS, kills_among, moments
from tests.commands.given import a_machine, manage


def test_each_day_has_its_rounds_and_they_begin_the_day_after():
    rounds = list(moments(date(2026, 7, 1), 2))

    assert len(rounds) == 2 * len(ROUNDS)
    assert (rounds[0].isoformat(), rounds[-1].isoformat()) == (
        "2026-07-02T08:40:00+08:00",
        "2026-07-03T17:40:00+08:00",
    )


def test_the_same_seed_draws_the_same_kills_and_another_one_others():
    drawn = kills_among(len(SWEEPS) * 60, 30, "3")

    assert drawn == kills_among(len(SWEEPS) * 60, 30, "3") != kills_among(len(SWEEPS) * 60, 30, "4")
    assert set(Counter(victim for victim, _after in drawn.values())) == set(VICTIMS)


def test_without_a_house_of_its_own_it_does_not_begin(tmp_path):
    done = manage(a_machine(tmp_path), "simulate", "--days", "1")

    assert done.returncode == 1
    assert "A simulation has a house of its own: ./start simulate" in done.stderr
    assert not (tmp_path / "postgres").exists()


@pytest.mark.kill
def test_twenty_days_with_five_kills_are_told_like_twenty_undisturbed_ones(tmp_path):
    machine = a_machine(tmp_path, SIMULATION="3")
    asked = ["--days", "20", "--kills", "5", "--seed", "3", "--petitions", "30", "--from", "2026-07-01"]

    done = manage(machine, "simulate", *asked, seconds=600)

    assert done.returncode == 0, done.stdout + done.stderr
    told = (tmp_path / "ledger-3.txt").read_text().splitlines()
    assert f"The same {len(told)} lines after killing" in done.stdout
    what = Counter(line.split(" ")[2] for line in told)
    assert what["digest"] > 0
    assert what["petition.remind"] > 0
    assert what["petition.open_slip"] > 0
