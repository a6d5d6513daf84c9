"""What a request that htmx sent is told apart by."""

from django.http import HttpRequest


def wants_fragment(request: HttpRequest) -> bool:
    """Test if htmx asked for a piece of the page; boosted links still get the whole page."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers
