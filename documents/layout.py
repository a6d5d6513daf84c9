"""Printing a paper as PDF in the one official layout, in a few hundredths of a second and without anything outside.

A paper is printed once, when it is issued; afterwards its file is handed out and never made anew.
"""

import json
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from documents.paper import Paper, day_in_print

_OFFICIAL = Path(__file__).parent / "layouts" / "official.typ"
# The families that the layout names.
_FAMILIES = {"Noto Serif SC", "Noto Sans SC"}


def render(paper: Paper) -> bytes:
    """Return the paper as PDF (A4, fonts inside, PDF/A-2b so that an archive can keep it).

    The texts go in as data, so that `#` and `$` in them are printed and not obeyed.
    """
    words = paper.as_parts() | {"number": paper.number, "day": day_in_print(paper.dated_on)}
    return typst.compile(
        str(_OFFICIAL),
        format="pdf",
        font_paths=fonts_of_papers(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(words, ensure_ascii=False)},
        pdf_standards="a-2b",
    )


@cache
def fonts_of_papers() -> typst.Fonts:
    """Return the fonts that come along; those of the machine are left out, so that a paper looks the same anywhere.

    :raises RuntimeError: if they are not there, for without them every paper would be printed blank
    """
    folder = str(pylopdf_fonts_zh_cn.serif_path().parent)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    if not set(fonts.families()) >= _FAMILIES:
        message = f"{folder} has not the fonts of the layout"
        raise RuntimeError(message)
    return fonts
