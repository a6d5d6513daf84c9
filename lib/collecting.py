"""Making many rows at once without Python looking through all it holds again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Of a thousand petitions some eighty thousand objects are left, which go when the next thousand come.
_BETWEEN_LOOKS = 50_000


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Look for rings of rows that nothing holds any more a hundred times less often than usual.

    What points at each other goes a good deal later; all else goes at once as ever.
    """
    before = gc.get_threshold()
    gc.set_threshold(_BETWEEN_LOOKS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
