"""A picture of somebody else made small: decoded within bounds, cut to a square, encoded anew."""

from __future__ import annotations

from io import BytesIO
from threading import BoundedSemaphore
from typing import Literal, TypeAlias

from PIL import Image, ImageOps, UnidentifiedImageError

Size: TypeAlias = Literal["small", "large"]
#: The sides of the squares, in pixels: about three times what pages show at the width of a phone.
SIDES: dict[Size, int] = {"large": 320, "small": 128}
#: Of the original. Apple asks for covers of 3000 x 3000 at most.
MOST_PIXELS = 4_096 * 4_096
#: What covers come in. Others, such as SVG, are programs or have decoders of their own faults.
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_QUALITY = 78
#: A large picture has 50 MB while it is worked on.
_AT_ONCE = BoundedSemaphore(2)
# Pillow only warns of too many pixels, where our bound refuses them.
Image.MAX_IMAGE_PIXELS = None


def thumbnails(data: bytes) -> dict[Size, bytes] | None:
    """``data`` as WebP in each size; ``None`` if it is no picture, or too large a one."""
    with _AT_ONCE:
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                # JPEGs are decoded at a half, a quarter or an eighth if that is enough.
                picture.draft("RGB", (2 * SIDES["large"], 2 * SIDES["large"]))
                return _squares(_flat(picture))
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError):
            # All of these come of files that are broken: https://pillow.readthedocs.io/en/stable/handbook/security.html
            return None


def _squares(picture: Image.Image) -> dict[Size, bytes]:
    found: dict[Size, bytes] = {}
    for size, side in SIDES.items():
        picture = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
        out = BytesIO()
        picture.save(out, "WEBP", quality=_QUALITY)
        found[size] = out.getvalue()
    return found


def _flat(picture: Image.Image) -> Image.Image:
    """Upright, and on white where it can be seen through."""
    upright = ImageOps.exif_transpose(picture)
    if "A" not in upright.getbands() and "transparency" not in upright.info:
        return upright.convert("RGB")
    clear = upright.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper
