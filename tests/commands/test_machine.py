"""Settings: read from a file, made by the machine itself, refused when they are wrong."""

import base64
import stat

import pytest

from config import machine
from config.services.programs import Obstacle
from tests.commands.given import a_machine, manage


def test_a_settings_file_is_names_and_values(tmp_path):
    file = tmp_path / ".env"
    file.write_text("# words\n\nWEB_PORT=8100\nexport DEMO='true'\nSECRET_KEY=a=b#c\n")

    assert machine.read_settings(file) == {"WEB_PORT": "8100", "DEMO": "true", "SECRET_KEY": "a=b#c"}


def test_a_line_that_is_no_setting_is_named(tmp_path):
    file = tmp_path / ".env"
    file.write_text("WEB_PORT=8100\nthis is not one\n")

    with pytest.raises(Obstacle, match=r"Line 2 of .* is not NAME=value"):
        machine.read_settings(file)


def test_keys_are_made_once_for_the_owner_alone(tmp_path):
    file = tmp_path / "var" / "keys.env"

    keys = machine.own_keys(file)

    assert keys == machine.own_keys(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(base64.b64decode(keys["FIELD_KEYS"].removeprefix("1:"))) == 32
    assert len({keys[name] for name in keys}) == 6


def test_without_debug_and_without_a_secret_it_does_not_start(tmp_path):
    elsewhere = a_machine(tmp_path, DATABASE_URL="postgresql://nobody@localhost:1/none")

    done = manage(elsewhere, "up")

    assert done.returncode == 1
    assert done.stderr == "SECRET_KEY is not set. See .env.example.\n"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEBUG", "yes", "DEBUG must be true or false, not 'yes'."),
        ("WEB_PORT", "http", "WEB_PORT must be a whole number, not 'http'."),
        ("FIELD_KEYS", "abc", "FIELD_KEYS must hold id:key pairs, each key 32 bytes in base64."),
    ],
)
def test_a_malformed_setting_is_named_in_one_sentence(tmp_path, name, value, words):
    done = manage(a_machine(tmp_path, **{name: value}), "up")

    assert done.returncode == 1
    assert done.stderr == f"{words}\n"
    assert not (tmp_path / "postgres").exists()
