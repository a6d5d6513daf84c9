"""The shipped list of divisions, and lists that come later."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from places.models import Level, Place
from places.names import short_name

pytestmark = pytest.mark.django_db


def load(*options: str | Path) -> str:
    out = StringIO()
    call_command("load_places", *map(str, options), stdout=out, stderr=out)
    return out.getvalue()


def a_list(folder: Path, *rows: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\ufeffname,code,more\r\n" + "\r\n".join(rows) + "\r\n", encoding="utf-8")
    return path


def below(county: str, level: Level) -> list[Place]:
    return list(Place.objects.current().inside(f"14/1411/{county}/").filter(level=level))


def test_lishi_has_its_streets_towns_townships_and_villages() -> None:
    townships = below("141102", Level.TOWNSHIP)

    kinds = Counter("街道" if place.name.endswith("街道") else place.name[-1] for place in townships)
    assert kinds == {"街道": 7, "镇": 2, "乡": 2}
    assert len(below("141102", Level.VILLAGE)) == 190


def test_jiaokou_has_its_villages() -> None:
    assert len(below("141130", Level.VILLAGE)) == 94


def test_the_city_has_its_thirteen_counties_and_all_its_townships() -> None:
    inside = Place.objects.current().inside("14/1411/")

    assert inside.filter(level=Level.COUNTY).count() == 13
    assert inside.filter(level=Level.TOWNSHIP).count() == 154


def test_every_division_lies_where_its_code_says() -> None:
    for place in Place.objects.select_related("parent"):
        above = place.parent.path if place.parent else ""
        assert place.path == f"{above}{place.code}/"
        assert place.code.startswith(place.parent.code if place.parent else "")


def test_loading_again_changes_nothing_and_says_so() -> None:
    before = list(Place.objects.order_by("pk").values())
    entries = Entry.objects.count()

    said = load()

    assert "nothing to add, 453 unchanged" in said
    assert list(Place.objects.order_by("pk").values()) == before
    assert Entry.objects.count() == entries


def test_a_later_list_adds_what_is_new_and_leaves_the_rest(tmp_path: Path) -> None:
    kept = Place.objects.current().count()

    said = load("--file", a_list(tmp_path, "新苑社区居委会,141102001999"), "--valid-from", "2026-01-01")

    new = Place.objects.get(code="141102001999")
    assert "1 divisions added" in said
    assert (new.short_name, new.pinyin_initials, new.path) == (
        "新苑社区",
        "xysq",
        "14/1411/141102/141102001/141102001999/",
    )
    assert new.valid_from.isoformat() == "2026-01-01"
    assert Place.objects.current().count() == kept + 1
    assert Entry.objects.filter(verb="place.load_list").latest("seq").facts["added"] == 1


def test_a_list_with_another_name_renames_nothing_and_says_so(tmp_path: Path) -> None:
    said = load("--file", a_list(tmp_path, "东关新社区居委会,141102001001"))

    assert Place.objects.get(code="141102001001").name == "东关社区居委会"
    assert "141102001001 is 东关新社区居委会 in the list" in said


def test_a_village_whose_township_is_unknown_is_named_and_not_loaded(tmp_path: Path) -> None:
    said = load("--file", a_list(tmp_path, "某村委会,990101100001"))

    assert not Place.objects.filter(code="990101100001").exists()
    assert "990101100001 not loaded" in said


@pytest.mark.parametrize("code", ["1411020010", "14110200100X"])
def test_a_list_with_a_strange_code_is_refused_as_a_whole(tmp_path: Path, code: str) -> None:
    count = Place.objects.count()

    with pytest.raises(CommandError):
        load("--file", a_list(tmp_path, "新苑社区居委会,141102001999", f"某,{code}"))

    assert Place.objects.count() == count


def test_a_list_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("代码,名称\n", encoding="utf-8")
    (tmp_path / "row.csv").write_text("代码,名称\n14,山西省\n", encoding="utf-8")

    with pytest.raises(CommandError, match="no column 'code'"):
        load("--file", tmp_path / "row.csv")


@pytest.mark.parametrize(
    ("official", "said"),
    [
        ("东关社区居委会", "东关社区"),
        ("恒大社区居民委员会", "恒大社区"),
        ("大中局村委会", "大中局村"),
        ("上楼桥村村委会", "上楼桥村"),
        ("严村委会", "严村"),
        ("赵村村民委员会", "赵村"),
        ("苏家崖居委会", "苏家崖"),
        ("滨河街道办事处", "滨河街道"),
        ("吴城镇", "吴城镇"),
        ("居委会", "居委会"),
    ],
)
def test_people_are_shown_the_place_and_not_its_committee(official: str, said: str) -> None:
    assert short_name(official) == said


@pytest.mark.shared
@pytest.mark.wide
def test_the_whole_province_loads_and_loses_no_village(tmp_path: Path, shared_data: Path) -> None:
    province = shared_data / "divisions/14-山西省-villages.csv"
    villages = [line.split(",")[0] for line in province.read_text(encoding="utf-8-sig").splitlines()[1:]]
    # the list has villages only: what lies above them goes by its code here
    above = sorted({code[:length] for code in villages for length in (4, 6, 9)})
    known = set(Place.objects.values_list("code", flat=True))
    upper = a_list(tmp_path, *(f"{code},{code}" for code in above if code not in known))

    load("--file", upper, "--file", province)

    assert len(villages) == 21_895
    assert Place.objects.current().filter(code__in=villages).count() == len(set(villages))
