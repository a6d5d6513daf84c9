"""Chinese surnames: which have two characters, and which are read otherwise than the character alone."""

from typing import NamedTuple

COMPOUND = frozenset(
    """
    欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶
    太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良
    漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 南荣
    第五 完颜 纳兰 爱新觉罗
    """.split()  # noqa: SIM905 - sixty quoted words read worse
)

READINGS = {
    "单": ("shan",),
    "仇": ("qiu",),
    "解": ("xie",),
    "盖": ("ge",),
    "区": ("ou",),
    "查": ("zha",),
    "朴": ("piao",),
    "曾": ("zeng",),
    "乐": ("yue",),
    "员": ("yun",),
    "缪": ("miao",),
    "洗": ("xian",),
    "折": ("she",),
    "繁": ("po",),
    "秘": ("bi",),
    "种": ("chong",),
    "重": ("chong",),
    "召": ("shao",),
    "黑": ("he",),
    "翟": ("zhai",),
    "覃": ("qin",),
    "佴": ("nai",),
    "郇": ("xun",),
    "牟": ("mu",),
    "祭": ("zhai",),
    "隗": ("wei",),
    "薄": ("bo",),
    "卜": ("bu",),
    "阚": ("kan",),
    "乜": ("nie",),
    "库": ("she",),
    "能": ("nai",),
    "都": ("du",),
    "藏": ("zang",),
}


class SplitName(NamedTuple):
    surname: str
    given: str


def split_name(name: str) -> SplitName:
    """Return surname and given name of a Chinese name; a single character is all surname."""
    for length in (4, 2):
        if len(name) > length and name[:length] in COMPOUND:
            return SplitName(name[:length], name[length:])
    return SplitName(name[:1], name[1:])
