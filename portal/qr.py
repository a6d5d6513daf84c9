"""A public address as a QR code: a picture in the page itself, so that it is drawn without a script."""

import base64
import io

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_picture(address: str) -> str:
    """Return the picture of an address as a data address that an `img` may show."""
    out = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(out)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()
