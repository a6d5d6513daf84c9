"""常用语: the phrases that stand as buttons over an instruction, those of the house first."""

from accounts.hats import Hat
from leadership.models import Phrase

# what is written most often; they are the leader's words, so they stand in Chinese
OF_THE_HOUSE = (
    "同意。",
    "请抓紧办理，按期反馈。",
    "请依法依规办理，做好政策解释。",
    "限3日内回复。",
    "提请联席会议研究。",
)
# more buttons than these are slower than typing
MOST = 12


def phrases_of(hat: Hat) -> list[str]:
    """Return the phrases a hat is offered, in the order of its buttons."""
    own = Phrase.objects.filter(post=hat.post).order_by("kept_at", "pk").values_list("words", flat=True)
    return [*OF_THE_HOUSE, *own]
