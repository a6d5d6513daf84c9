"""Pictures inside a page, which its content policy allows as data."""

import base64


def data_uri(svg: str) -> str:
    """Return an SVG as an address an `img` can show."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
