"""The files the pages are made of: nothing unrecorded, nothing the policy blocks, nothing missing."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from config import vendor
from desk.context import SECTIONS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OWN_CSS = re.sub(r"/\*.*?\*/", "", (ROOT / "static" / "css" / "petition.css").read_text(), flags=re.S)
MODERN = ("light-dark(", "oklch(", "color-mix(")
# What the strict policy would block, and where a template would write it.
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "code for htmx to run": re.compile(r"\bhx-on|\bhx-vals\s*=\s*[\"']js:"),
    "code in an address": re.compile(r"javascript:"),
    "a foreign address": re.compile(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//"""),
}
TAGS = re.compile(r"{[%#].*?[%#]}|{{.*?}}", re.S)


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix()
)
def test_no_template_holds_what_the_policy_blocks(template):
    page = TAGS.sub("", template.read_text())

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(page)] == []


def test_every_file_a_page_asks_for_is_there():
    asked = {
        name for path in TEMPLATES for name in re.findall(r'{% static ["\']([^"\']+)["\']', path.read_text())
    }
    asked |= {name for path in TEMPLATES for name in re.findall(r"{{ files }}([^\"]+)", path.read_text())}

    assert "css/petition.css" in asked
    assert sorted(name for name in asked if finders.find(name) is None) == []


def test_every_icon_a_page_draws_is_in_the_sprite():
    drawn = {
        name for path in TEMPLATES for name in re.findall(r'{% icon ["\']([^"\']+)["\']', path.read_text())
    }
    drawn |= {name for path in TEMPLATES for name in re.findall(r'\bicon="([^"]+)"', path.read_text())}
    drawn |= {door.icon for _label, doors in SECTIONS for door in doors}
    there = set(re.findall(r'<symbol id="([^"]+)"', vendor.SPRITE.read_text()))

    assert "bell" in drawn
    assert sorted(drawn - there) == []
    assert there == set(vendor.icon_names())


def test_the_foreign_files_are_the_ones_that_were_recorded():
    assert vendor.faults(vendor.manifest()) == []


def test_a_changed_an_unrecorded_and_an_outdated_file_are_noticed():
    recorded = vendor.manifest()
    htmx = next(entry for entry in recorded if entry["file"].endswith("htmx.min.js"))
    others = [entry for entry in recorded if entry is not htmx]

    assert vendor.faults([*others, {**htmx, "sha256": "0" * 64}]) == [
        f"{htmx['file']}: not the file that was recorded"
    ]
    assert vendor.faults([*others, {**htmx, "version": "4.0.0"}]) == [
        f"{htmx['file']}: version 4.0.0 is not the locked one"
    ]
    assert vendor.faults(others) == [f"{htmx['file']}: not in the manifest"]
    assert "static/vendor/gone.js: missing" in vendor.faults(
        [*recorded, {**htmx, "file": "static/vendor/gone.js"}]
    )


def test_the_lock_names_no_host():
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert [name for name, package in locked.items() if "resolved" in package] == []
    assert [name for name, package in locked.items() if name and "integrity" not in package] == []


def test_own_styles_use_no_colour_an_office_browser_may_not_know():
    """Design §2: the Chromium kernels common in offices lack these functions."""
    assert [function for function in MODERN if function in OWN_CSS] == []
    assert "@import" not in OWN_CSS
    assert "//" not in OWN_CSS


@pytest.mark.parametrize(
    "token",
    [
        "body-color",
        "body-bg",
        "bg-surface",
        "bg-forms",
        "border-color",
        "primary",
        "link-color",
        "heading-color",
        "secondary-color",
        "danger",
        "hover-bg",
        "disabled-bg",
        "disabled-color",
    ],
)
def test_the_colours_pages_are_read_by_are_pinned_to_plain_ones(token):
    """Design §2: Tabler's own values are not plain everywhere; ours stand when those are dropped."""
    roots = " ".join(re.findall(r":root \{(.*?)\}", OWN_CSS, re.S))
    plain = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", roots))

    value = plain[f"--tblr-{token}"]
    while value.startswith("var("):
        value = plain[value[4:-1]]

    assert re.fullmatch(r"#[0-9a-f]{3,6}", value)


def test_what_is_wide_by_data_is_drawn_without_styles():
    scripts = [
        path
        for path in (ROOT / "static" / "js").glob("*.js")
        if re.search(r"\.style\b|setAttribute\(\"style", path.read_text())
    ]

    assert scripts == []
