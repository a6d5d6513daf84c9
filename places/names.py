"""Official names and what people make of them."""

import re

# 村民委员会 and 居民委员会 govern a village or community; people name the place, not the committee.
_COMMITTEE = re.compile(r"(?P<village>村?村民委员会|村?村委会|村委)$|(?:居民委员会|居委会)$")


# The words for the kind of a division that people leave out or confuse.
KINDS = ("社区", "村", "街道", "镇", "乡", "区", "县", "市")


def short_name(official: str) -> str:
    """Return what people say: 东关社区居委会 is 东关社区, 大中局村委会 and 上楼桥村村委会 are villages."""
    found = _COMMITTEE.search(official)
    if found and found.start():
        return official[: found.start()] + ("村" if found["village"] else "")
    return official.removesuffix("办事处") if official.endswith("街道办事处") else official


def stem(name: str) -> str:
    """Return a name without the word for its kind, so that 界峁村 and 界峁社区 are compared as 界峁.

    A single character keeps its kind: 王村 is not 王.
    """
    return re.sub(rf"(?<=..)(?:{'|'.join(KINDS)})$", "", short_name(name))
