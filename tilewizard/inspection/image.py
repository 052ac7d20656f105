"""What a picture is: kind, size, colours. Headers are read by hand where that decides, else by Pillow."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tilewizard.errors import TilewizardError
from tilewizard.field.vocabulary import IMAGE_BYTES_MAX, IMAGE_WIDTHS
from tilewizard.language import _

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

PIXELS_MAX = 60_000_000
"""Pixels of a picture that is decoded; a carousel picture has at most some five million."""
HEAD = 65_536


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """A picture at a glance. ``format`` is by content: png, jpeg or another; ``profile`` is sRGB where none is said."""

    format: str = ""
    width: int = 0
    height: int = 0
    mode: str = ""
    profile: str = "sRGB"
    size: int = 0
    animated: bool = False
    fault: str = ""

    @property
    def ratio_is_16_9(self) -> bool:
        """Whether it is 16:9 to the pixel."""
        return self.width * 9 == self.height * 16 and self.width > 0


def quick_image_facts(head: bytes, size: int) -> ImageFacts | None:
    """The facts of a PNG or JPEG from the start of its bytes, or None when Pillow must be asked.

    Args:
        head: the first :data:`HEAD` bytes.
        size: bytes of the whole file.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(head, size)
    return _jpeg(head, size) if head.startswith(b"\xff\xd8") else None


def _png(head: bytes, size: int) -> ImageFacts | None:
    if len(head) < 33 or head[12:16] != b"IHDR":
        return ImageFacts("png", size=size, fault=_("is a PNG that is cut off"))
    width, height, depth, colour = struct.unpack(">IIBB", head[16:26])
    mode = {0: "L", 2: "RGB", 3: "P", 4: "LA", 6: "RGBA"}.get(colour, "?") + ("16" if depth == 16 else "")
    profile = "sRGB"
    at, animated = 8, False
    while at + 8 <= len(head):
        length, kind = struct.unpack(">I4s", head[at : at + 8])
        if kind == b"iCCP":
            name = head[at + 8 : at + 90].split(b"\0")[0].decode("latin-1")
            profile = "sRGB" if "srgb" in name.lower() else name or "unnamed"
        animated |= kind == b"acTL"
        if kind == b"IDAT":
            break
        at += 12 + length
    if profile not in ("sRGB",) and not profile.lower().startswith(("display", "adobe", "prophoto")):
        return None  # A profile's name may be anything: Pillow reads what the profile itself says.
    return ImageFacts("png", width, height, mode, profile, size, animated)


def _jpeg(head: bytes, size: int) -> ImageFacts | None:
    at = 2
    while at + 10 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        length = struct.unpack(">H", head[at + 2 : at + 4])[0]
        if marker == 0xE2 and head[at + 4 : at + 15] == b"ICC_PROFILE":
            return None
        if marker in (0xC0, 0xC1, 0xC2):
            height, width, parts = struct.unpack(">HHB", head[at + 5 : at + 10])
            return ImageFacts("jpeg", width, height, {1: "L", 3: "RGB", 4: "CMYK"}.get(parts, "?"), "sRGB", size)
        at += 2 + length
    return None


def inspect_image(data: bytes) -> ImageFacts:
    """The facts of any picture, by Pillow, without decoding its pixels. Never raises."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS_MAX
    try:
        with Image.open(io.BytesIO(data)) as image:
            name = (image.format or "").lower()
            if image.width * image.height > PIXELS_MAX:
                return ImageFacts(size=len(data), fault=_("unpacks to far too many pixels"))
            animated = bool(getattr(image, "is_animated", False))
            profile = _profile(image.info.get("icc_profile"))
            return ImageFacts(name, image.width, image.height, image.mode, profile, len(data), animated)
    except Image.DecompressionBombError:
        return ImageFacts(size=len(data), fault=_("unpacks to far too many pixels"))
    except Exception as error:  # Pillow raises whatever a broken file makes it stumble over.
        return ImageFacts(size=len(data), fault=_("is no picture that can be read ({name})", name=type(error).__name__))


def _profile(data: object) -> str:
    if not isinstance(data, bytes) or not data:
        return "sRGB"
    from PIL import ImageCms

    try:
        name = ImageCms.getProfileDescription(ImageCms.getOpenProfile(io.BytesIO(data))).strip()
    except Exception:  # A broken profile is as good as none that is known.
        return "unreadable"
    return "sRGB" if "srgb" in name.lower() else name or "unnamed"


def facts_of(data: bytes) -> ImageFacts:
    """The facts of a picture: quickly where its header decides, else by Pillow."""
    return quick_image_facts(data[:HEAD], len(data)) or inspect_image(data)


def prepared_image(data: bytes, how: str, *, background: str = "#ffffff") -> bytes:
    """A picture as Datadog asks for it: RGB, sRGB, at most 1 MB, no metadata; the same bytes for the same picture.

    Args:
        data: any picture that Pillow opens.
        how: ``crop`` or ``pad`` make it 16:9 and 1440 to 2880 pixels wide, ``keep`` leaves its size.
        background: what ``pad`` and transparent pictures are filled with.

    Raises:
        TilewizardError: it can't be read.
    """
    from PIL import Image, ImageOps

    facts = inspect_image(data)
    if facts.fault:
        raise TilewizardError(_("the picture {fault}", fault=facts.fault), remedy=_("export it again as PNG"))
    try:
        with Image.open(io.BytesIO(data)) as opened:
            image = in_srgb(ImageOps.exif_transpose(opened), background)
    except Exception as error:  # A header tells nothing of the pixels: those may be cut off.
        raise TilewizardError(_("the picture is broken"), remedy=_("export it again as PNG")) from error
    if how != "keep":
        size = fitted_size(image.width, image.height, how)
        image = ImageOps.fit(image, size) if how == "crop" else ImageOps.pad(image, size, color=background)
    return _packed(image, facts.format)


def fitted_size(width: int, height: int, how: str) -> tuple[int, int]:
    """The width and height, in pixels, that :func:`prepared_image` gives a picture."""
    if how == "keep":
        return width, height
    least, most = IMAGE_WIDTHS
    wide = min(max(width if how == "crop" else max(width, height * 16 // 9), least), most)
    return wide // 16 * 16, wide // 16 * 9


def in_srgb(image: Picture, background: str) -> Picture:
    """A picture as RGB with the sRGB profile; what is transparent shows the background."""
    from PIL import Image, ImageCms

    profile = image.info.get("icc_profile")
    if profile and _profile(profile) != "sRGB" and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.getOpenProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            base = image if image.mode != "RGBA" else image.convert("RGB")
            changed = ImageCms.profileToProfile(base, source, target, outputMode="RGB")
            image = changed if changed is not None else image
        except ImageCms.PyCMSError:
            pass
    if image.mode in ("RGBA", "LA", "P"):
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, background)
        image = Image.alpha_composite(ground, layer)
    return image.convert("RGB")


def _packed(image: Picture, kind: str) -> bytes:
    from PIL import Image

    clean = Image.new("RGB", image.size)
    clean.paste(image)
    if kind != "jpeg":
        stream = io.BytesIO()
        clean.save(stream, "PNG", optimize=True)
        if stream.tell() <= IMAGE_BYTES_MAX:
            return stream.getvalue()
        stream = io.BytesIO()
        # Fewer colours, still written as RGB: what Datadog asks for.
        clean.quantize(256, dither=Image.Dither.NONE).convert("RGB").save(stream, "PNG", optimize=True)
        if stream.tell() <= IMAGE_BYTES_MAX:
            return stream.getvalue()
        raise TilewizardError(
            _("the picture stays above 1 MB as PNG"), remedy=_("save it as JPEG, or make it narrower")
        )
    for quality in (90, 80, 70, 60):
        stream = io.BytesIO()
        clean.save(stream, "JPEG", quality=quality, optimize=True, progressive=True)
        if stream.tell() <= IMAGE_BYTES_MAX:
            break
    return stream.getvalue()
