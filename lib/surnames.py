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

# The surnames of one character that people here have, the commonest and the 百家姓.
SINGLE = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦"
    "向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴"
    "华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝"
    "都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠桑荆谌银扬明沙伏岑习胥保和蔺肖闫付代尚蒲赫贡杭洛苍厉丰支干帅母幸归慕揣撒曼朴权湛"
    "滑皮种粟索缪羊翦肇芮茅荀莘蓬虎衡诸谯赏逄逯邝邰郗郦钮闻阚隆雍雒靖香鱼麦麻黑亓乜乌亢仝伊伦佘侍储元公况卯双召员咸哈坚墨奉奇妙孝宓密"
    "寇寻寿尧居展山岱巢师广庆延弓弥律德忻恒悦惠愚扈折拓敬斛昌昝晁普智暴暨松杞束果楼欣步殳汝沃泉浦浩涉渠满澹濮灵烟爱牧独狄玉生甫百睢矫"
    "矿穰端笪籍羿聊能腾舟芒苌茂茹莱菅萨葆蓟"
)


class SplitName(NamedTuple):
    surname: str
    given: str


def split_name(name: str) -> SplitName:
    """Return surname and given name of a Chinese name; a single character is all surname."""
    for length in (4, 2):
        if len(name) > length and name[:length] in COMPOUND:
            return SplitName(name[:length], name[length:])
    return SplitName(name[:1], name[1:])


def may_be_name(word: str) -> bool:
    """Test if a word looks like a person's full name: a surname and one or two characters, or two parts with a dot."""
    parts = word.split("·")
    if len(parts) > 1:
        return all(part and all(map(_is_han, part)) for part in parts)
    if not all(map(_is_han, word)):
        return False
    surname, given = split_name(word)
    return 1 <= len(given) <= 2 and (surname in SINGLE or surname in COMPOUND)


def _is_han(sign: str) -> bool:
    return "㐀" <= sign <= "鿿" or sign >= "\U00020000" or sign == "〇"
