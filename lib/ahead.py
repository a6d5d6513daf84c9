"""Reading the next piece while the last one is being written: the database works meanwhile, and Python waits for it."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def read_ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """Yield items in their order, each made in another thread while the one before it is in use.

    What making one raises is raised here, in its place. Whoever stops early closes the generator before what the
    items are read from: it waits for the one that is being made. Making them must not ask the database, whose
    connection belongs to its thread.
    """
    nothing = object()
    with ThreadPoolExecutor(max_workers=1) as beside:
        coming = beside.submit(next, items, nothing)
        while (item := coming.result()) is not nothing:
            coming = beside.submit(next, items, nothing)
            yield item  # type: ignore[misc]  # everything but `nothing` is an item
