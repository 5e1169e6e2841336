"""Pictures of others made small, and what is refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from castabout.engine.thumbnail import thumbnails


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (600, 400), **options: object) -> bytes:
    """A red one."""
    out = BytesIO()
    red = Image.new("RGB", size, (200, 0, 0)).convert(mode)
    red.save(out, kind, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """The beginning of a PNG that says that it has this size; https://www.w3.org/TR/png-3/#5DataRep"""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "P"), ("PNG", "1"), ("PNG", "RGBA"),
     ("GIF", "P"), ("WEBP", "RGB")],
)  # fmt: skip
def test_squares_of_two_sizes(kind: str, mode: str) -> None:
    found = thumbnails(picture(kind, mode))
    assert found is not None
    for size, side in (("small", 128), ("large", 320)):
        with Image.open(BytesIO(found[size])) as made:  # type: ignore[index]
            assert (made.format, made.mode, made.size) == ("WEBP", "RGB", (side, side))
            red, green, blue = made.getpixel((side // 2, side // 2))  # type: ignore[misc]
            # In black and white it is a grey, or white or black.
            assert mode in ("L", "1") or (red > 170 and green < 60 and blue < 60)


def test_what_can_be_seen_through_is_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    found = thumbnails(out.getvalue())
    assert found is not None
    with Image.open(BytesIO(found["small"])) as made:
        assert made.getpixel((5, 5)) == (255, 255, 255)


def test_a_photograph_is_upright() -> None:
    lying = Image.new("RGB", (320, 320), "blue")
    lying.paste("red", (0, 0, 320, 160))
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down: https://www.loc.gov/preservation/digital/formats/content/tiff_tags.shtml
    out = BytesIO()
    lying.save(out, "JPEG", exif=exif)
    found = thumbnails(out.getvalue())
    assert found is not None
    with Image.open(BytesIO(found["large"])) as made:
        red, _, blue = made.getpixel((160, 300))  # type: ignore[misc]
        assert red > blue


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>no cover here</html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>hacked()</script></svg>',
        picture("JPEG")[:500],
        picture("PNG")[:60],
        picture("TIFF"),
        picture("ICO", size=(32, 32)),
        png_of(4_097, 4_096),
        png_of(2**31 - 1, 2**31 - 1),
        png_of(3_000, 3_000),
        b"GIF89a" + b"\xff" * 500,
        b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"\xff" * 100,
    ],
)
def test_what_is_no_picture_or_too_large(data: bytes) -> None:
    assert thumbnails(data) is None
