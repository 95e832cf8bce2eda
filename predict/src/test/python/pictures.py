"""Makes the small picture files of the decoder tests, and beside each what Pillow reads from it.

Run with Debian's python3-pil, python3-numpy and libtiff-tools:  python3 pictures.py TARGET_FOLDER

NAME        the picture file
../tiff-float.tif   a kind that is refused
NAME.rgb    what a reader should see: the line "H W C", then H*W*C bytes, orientation applied, alpha on white
"""

import io
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy
from PIL import Image, ImageOps

HEIGHT, WIDTH = 17, 23
ORIENTATION_TAG = 0x0112
target = Path(sys.argv[1])


def scene():
    """A smooth picture with one sharp corner, so that chroma upsampling and orientation both show."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    red = 255 * x / (WIDTH - 1)
    green = 255 * y / (HEIGHT - 1)
    blue = 128 + 127 * numpy.sin((x + 2 * y) / 5)
    picture = numpy.stack([red, green, blue], axis=2).round().astype(numpy.uint8)
    picture[:5, :7] = [250, 20, 30]
    return picture


def coverage():
    """Alpha from clear to opaque across the picture."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    return ((x * 255 // (WIDTH - 1) + y * 9) % 256).astype(numpy.uint8)


RGB = Image.fromarray(scene())
GREY = RGB.convert("L")
RGBA = Image.fromarray(numpy.dstack([scene(), coverage()]))
GREY_ALPHA = Image.merge("LA", [GREY, Image.fromarray(coverage())])
PALETTE = RGB.quantize(16)


def on_white(picture):
    if picture.mode == "P" and "transparency" in picture.info or picture.mode in ("LA", "PA"):
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        white = Image.new("RGB", picture.size, (255, 255, 255))
        white.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
        return white
    return picture


def reading(content):
    picture = Image.open(io.BytesIO(content))
    picture.load()
    if picture.format != "TIFF":  # which Pillow turns by itself
        picture = ImageOps.exif_transpose(picture)
    picture = on_white(picture)
    return numpy.asarray(picture if picture.mode == "L" else picture.convert("RGB"))


def keep(name, content, expected=None):
    expected = reading(content) if expected is None else expected
    if expected.ndim == 2:
        expected = expected[:, :, None]
    (target / name).write_bytes(content)
    header = ("%d %d %d\n" % expected.shape).encode()
    (target / (name + ".rgb")).write_bytes(header + numpy.ascontiguousarray(expected).tobytes())


def saved(picture, form, **settings):
    out = io.BytesIO()
    picture.save(out, form, **settings)
    return out.getvalue()


def save(name, picture, form, **settings):
    keep(name, saved(picture, form, **settings))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(color_type, depth, rows, extra=b""):
    """A PNG written by hand, for the kinds that Pillow does not write. rows: bytes of one scan line each."""

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, color_type, 0, 0, 0)
    lines = b"".join(b"\0" + bytes(row) for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def white_under(colors, alpha):
    """round(colour * alpha + white * (1 - alpha)), in whole numbers."""
    alpha = alpha[:, :, None].astype(int)
    return ((colors * alpha + 255 * (255 - alpha)) * 2 + 255) // 510


def jpegs():
    for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
        save(f"jpeg-{name}.jpg", RGB, "JPEG", quality=90, subsampling=sampling)
    save("jpeg-progressive.jpg", RGB, "JPEG", quality=90, progressive=True)
    save("jpeg-grey.jpg", GREY, "JPEG", quality=90)
    save("jpeg-cmyk.jpg", RGB.convert("CMYK"), "JPEG", quality=95)
    keep("jpeg-ycck.jpg", ycck(saved(RGB.convert("CMYK"), "JPEG", quality=95)))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[ORIENTATION_TAG] = orientation
        save(f"jpeg-orientation-{orientation}.jpg", RGB, "JPEG", quality=95, subsampling=0, exif=exif)
    little = bytearray(saved(RGB, "JPEG", quality=95, subsampling=0))
    tiff = b"II*\0\x08\0\0\0" + b"\x01\0" + struct.pack("<HHII", ORIENTATION_TAG, 3, 1, 6) + b"\0\0\0\0"
    segment = b"Exif\0\0" + tiff
    little[2:2] = b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment
    keep("jpeg-orientation-6-little-endian.jpg", bytes(little))
    keep("jpeg-trailing-bytes.jpg", saved(RGB, "JPEG", quality=95, subsampling=0) + b"\0" * 100 + b"more")
    save("jpeg-one-pixel.jpg", RGB.crop((0, 0, 1, 1)), "JPEG", quality=95)


def ycck(adobe):
    """The same four planes, declared as YCCK: Adobe transform 2. Pillow is the judge of what they mean."""
    at = adobe.index(b"Adobe")
    changed = bytearray(adobe)
    changed[at + 11] = 2
    return bytes(changed)


def pngs():
    save("png-rgb.png", RGB, "PNG")
    save("png-grey.png", GREY, "PNG")
    save("png-rgba.png", RGBA, "PNG")
    save("png-grey-alpha.png", GREY_ALPHA, "PNG")
    save("png-palette.png", PALETTE, "PNG")
    save("png-palette-2-bit.png", RGB.quantize(4), "PNG", bits=2)
    save("png-palette-transparent.png", PALETTE, "PNG", transparency=bytes([0, 60, 128, 200] + [255] * 12))
    save("png-palette-one-clear.png", PALETTE, "PNG", transparency=3)
    save("png-one-bit.png", GREY.convert("1"), "PNG")
    levels = numpy.asarray(GREY).astype(int) * 257 - numpy.mgrid[0:HEIGHT, 0:WIDTH][1]
    levels = levels.clip(0, 65535).astype(">u2")
    keep("png-grey-16.png", png(0, 16, [row.tobytes() for row in levels]), (levels >> 8).astype(numpy.uint8))
    deep = (scene().astype(int) * 257 - 3).clip(0, 65535).astype(">u2")
    keep("png-rgb-16.png", png(2, 16, [row.tobytes() for row in deep]), (deep >> 8).astype(numpy.uint8))
    clear = (coverage().astype(int) * 257).astype(">u2")
    both = numpy.dstack([deep, clear]).astype(">u2")
    expected = white_under((deep >> 8).astype(int), coverage()).astype(numpy.uint8)
    keep("png-rgba-16.png", png(6, 16, [row.tobytes() for row in both]), expected)
    grey_both = numpy.dstack([levels, clear]).astype(">u2")
    grey_expected = white_under((levels >> 8).astype(int)[:, :, None], coverage()).astype(numpy.uint8)
    keep("png-grey-alpha-16.png", png(4, 16, [row.tobytes() for row in grey_both]), grey_expected)
    keyed = scene()
    key = chunk(b"tRNS", struct.pack(">HHH", 250, 20, 30))
    shown = keyed.copy()
    shown[(keyed == [250, 20, 30]).all(axis=2)] = 255
    keep("png-rgb-one-clear.png", png(2, 8, [row.tobytes() for row in keyed], key), shown)
    save("png-animated.png", RGB, "PNG", save_all=True, append_images=[RGB.rotate(180)])
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = 6
    save("png-orientation-6.png", RGB, "PNG", exif=exif)


def turned(picture, orientation):
    """The picture upright, as an orientation asks; 6 and 8 are quarter turns, 3 is half of one."""
    return numpy.ascontiguousarray(numpy.rot90(picture, {3: 2, 6: 3, 8: 1}[orientation]))


def profile(name, content):
    digits = content.hex()
    lines = "\n".join(digits[i:i + 72] for i in range(0, len(digits), 72))
    return f"\n{name}\n{len(content):8d}\n{lines}\n".encode()


def orientations():
    """Orientation wherever readers look for it. Pillow is asked where it looks there, too."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = 6
    exif = exif.tobytes()
    attribute = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="8"/></x:xmpmeta>'
    element = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><tiff:Orientation>3</tiff:Orientation></x:xmpmeta>"
    packed = zlib.compress(profile("exif", exif))
    text = {
        "exif-text": (6, chunk(b"tEXt", b"Raw profile type exif\0" + profile("exif", exif))),
        "exif-packed-text": (6, chunk(b"zTXt", b"Raw profile type exif\0\0" + packed)),
        "exif-international-text": (6, chunk(b"iTXt", b"Raw profile type exif\0\0\0en\0Profil\0" + profile("exif", exif))),
        "exif-international-packed-text": (6, chunk(b"iTXt", b"Raw profile type exif\0\1\0\0\0" + packed)),
        "app1-text": (6, chunk(b"tEXt", b"Raw profile type APP1\0" + profile("generic", exif))),
        "app1-xmp-text": (8, chunk(b"tEXt", b"Raw profile type APP1\0" + profile("generic", b"http://ns.adobe.com/xap/1.0/\0" + attribute))),
        "xmp-text": (8, chunk(b"zTXt", b"Raw profile type xmp\0\0" + zlib.compress(profile("xmp", attribute)))),
        "xmp": (8, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + attribute)),
        "xmp-element": (3, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + element)),
        "xmp-packed": (8, chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(attribute))),
        "exif-before-xmp": (6, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + attribute) + chunk(b"eXIf", exif[6:])),
    }
    plain = saved(RGB, "PNG")
    unknown_to_pillow = {"app1-text", "app1-xmp-text", "xmp-text"}
    for name, (orientation, chunks) in text.items():
        for place, at in (("", plain.index(b"IDAT") - 4), ("-behind", len(plain) - 12)):
            content = plain[:at] + chunks + plain[at:]
            expected = turned(scene(), orientation)
            if name not in unknown_to_pillow:
                assert (reading(content) == expected).all(), name + place
            keep(f"png-orientation-{name}{place}.png", content, expected)
    jpeg = saved(RGB, "JPEG", quality=95, subsampling=0)
    segment = b"http://ns.adobe.com/xap/1.0/\0" + attribute
    content = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]
    keep("jpeg-orientation-xmp.jpg", content, turned(reading(jpeg), 8))
    keep("webp-orientation-xmp.webp", saved(RGB, "WEBP", lossless=True, xmp=attribute), turned(scene(), 8))
    keep("tiff-orientation-xmp.tif", saved(RGB, "TIFF", tiffinfo={700: attribute}), turned(scene(), 8))


def interlaced_pngs():
    """All kinds of PNG in seven passes, which Pillow reads but does not write."""
    levels = numpy.asarray(GREY).astype(int)
    indices = numpy.asarray(RGB.quantize(4)).astype(int)
    colors = numpy.asarray(RGB.quantize(4).getpalette()[:12], numpy.uint8)
    deep = scene().astype(int) * 257
    for name, kind, depth, samples, extra in (
        ("grey-1", 0, 1, levels[:, :, None] >> 7, b""), ("grey-4", 0, 4, levels[:, :, None] >> 4, b""), ("grey-8", 0, 8, levels[:, :, None], b""),
        ("grey-2-one-clear", 0, 2, levels[:, :, None] >> 6, chunk(b"tRNS", b"\0\2")),
        ("rgb-8", 2, 8, scene().astype(int), b""), ("rgb-16", 2, 16, deep, b""),
        ("palette-2", 3, 2, indices[:, :, None], chunk(b"PLTE", colors.tobytes()) + chunk(b"tRNS", b"\xff\x80")),
        ("grey-alpha-8", 4, 8, numpy.dstack([levels, coverage()]), b""), ("rgb-alpha-8", 6, 8, numpy.dstack([scene(), coverage()]).astype(int), b""),
    ):
        body = b""
        for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
            for row in samples[y0::dy, x0::dx]:
                bits = (row.reshape(-1, 1) >> numpy.arange(depth - 1, -1, -1) & 1).astype(numpy.uint8).ravel()
                body += b"\0" + numpy.packbits(bits).tobytes()
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, 1)
        content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")
        if name == "grey-2-one-clear":
            expected = numpy.where(samples[:, :, 0] == 2, 255, samples[:, :, 0] * 85).astype(numpy.uint8)
        else:
            expected = (deep >> 8).astype(numpy.uint8) if depth == 16 else None
        keep(f"png-interlaced-{name}.png", content, expected)


def bmps():
    save("bmp-24.bmp", RGB, "BMP")
    save("bmp-8-grey.bmp", GREY, "BMP")
    save("bmp-8-palette.bmp", PALETTE, "BMP")
    save("bmp-1.bmp", GREY.convert("1"), "BMP")
    blue_first = scene()[:, :, ::-1]
    padded = numpy.dstack([blue_first, numpy.zeros((HEIGHT, WIDTH), numpy.uint8)])
    info = struct.pack("<IiiHHIIiiII", 40, WIDTH, -HEIGHT, 1, 32, 0, padded.nbytes, 2835, 2835, 0, 0)
    start = struct.pack("<2sIHHI", b"BM", 54 + padded.nbytes, 0, 0, 54)
    keep("bmp-32-top-down.bmp", start + info + padded.tobytes(), scene())
    masks = struct.pack("<IiiHHIIiiII", 108, WIDTH, -HEIGHT, 1, 32, 3, padded.nbytes, 2835, 2835, 0, 0)
    masks += struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + bytes(36 + 12)
    body = numpy.dstack([blue_first, coverage()]).tobytes()
    start = struct.pack("<2sIHHI", b"BM", 122 + len(body), 0, 0, 122)
    keep("bmp-32-alpha.bmp", start + masks + body, white_under(scene().astype(int), coverage()).astype(numpy.uint8))


def bitmap(info_length, bits, rows, storage=0, masks=(), table=b"", top_down=False):
    """A bitmap written by hand. rows: bytes of each row from the top, not padded; or all bytes if run-length encoded."""
    body = rows if isinstance(rows, bytes) else b"".join(
        row + bytes(-len(row) % 4) for row in (rows if top_down else rows[::-1]))
    if info_length == 12:
        info = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", info_length, WIDTH, -HEIGHT if top_down else HEIGHT, 1, bits, storage, len(body), 0, 0, 0, 0)
        behind = struct.pack(f"<{len(masks)}I", *masks)
        info = (info + behind).ljust(info_length, b"\0") if info_length != 40 else info + behind
        info = info[:info_length] if info_length < 40 else info
    start = struct.pack("<2sIHHI", b"BM", 14 + len(info) + len(table) + len(body), 0, 0, 14 + len(info) + len(table))
    return start + info + table + body


def by_masks(masks, bits):
    """The scene, and its coverage if there is a fourth mask, as pixels of these masks; and what they show."""
    channels = numpy.dstack([scene(), coverage()]).astype(numpy.int64)
    pixels = numpy.full((HEIGHT, WIDTH), 0, numpy.int64)
    shown = []
    for c, mask in enumerate(masks):
        count, shift = bin(mask).count("1"), (mask & -mask).bit_length() - 1
        if count == 0:
            continue
        value = channels[:, :, c] >> 8 - count if count <= 8 else channels[:, :, c] << count - 8 | 1
        pixels |= value << shift
        shown.append(value * 255 // (2**count - 1) if count <= 8 else value >> count - 8)
    # What no mask names holds anything.
    pixels |= 0x5A5A5A5A & (2**bits - 1) & ~sum(masks)
    rows = [b"".join(int(p).to_bytes(bits // 8, "little") for p in row) for row in pixels]
    colors = numpy.stack(shown[:3], axis=2)
    return rows, (white_under(colors, shown[3]) if len(shown) == 4 else colors).astype(numpy.uint8)


def masked(name, info_length, bits, masks, storage=3, top_down=False, pillow=True):
    rows, expected = by_masks(masks, bits)
    content = bitmap(info_length, bits, rows, storage, masks, b"", top_down)
    if pillow:
        assert (reading(content) == expected).all(), name
    keep(f"bmp-{name}.bmp", content, expected)


def masked_bmps():
    for info_length in (40, 64, 108, 124):
        opaque = (0xFF0000, 0xFF00, 0xFF) + (0,) * (info_length > 40)
        masked(f"masks-32-header-{info_length}", info_length, 32, opaque)
    for info_length in (52, 56):
        masked(f"masks-32-header-{info_length}", info_length, 32, (0xFF0000, 0xFF00, 0xFF, 0)[: info_length // 4 - 10], pillow=False)
    masked("masks-alpha-header-56", 56, 32, (0xFF0000, 0xFF00, 0xFF, 0xFF000000), pillow=False)
    masked("masks-alpha-header-124", 124, 32, (0xFF0000, 0xFF00, 0xFF, 0xFF000000), top_down=True)
    masked("masks-alpha-red-first", 124, 32, (0xFF, 0xFF00, 0xFF0000, 0xFF000000))
    masked("masks-alpha-last", 108, 32, (0xFF000000, 0xFF0000, 0xFF00, 0xFF))
    masked("masks-alpha-behind-header", 40, 32, (0xFF0000, 0xFF00, 0xFF, 0xFF000000), storage=6, pillow=False)
    masked("masks-565", 40, 16, (0xF800, 0x7E0, 0x1F))
    masked("masks-565-top-down", 108, 16, (0xF800, 0x7E0, 0x1F, 0), top_down=True)
    masked("masks-555", 40, 16, (0x7C00, 0x3E0, 0x1F))
    masked("masks-1555", 108, 16, (0x7C00, 0x3E0, 0x1F, 0x8000), pillow=False)
    masked("masks-4444", 56, 16, (0xF00, 0xF0, 0xF, 0xF000), pillow=False)
    masked("masks-bgr-565", 40, 16, (0x1F, 0x7E0, 0xF800), pillow=False)
    masked("masks-24", 40, 24, (0xFF0000, 0xFF00, 0xFF))
    masked("masks-10-bits", 108, 32, (0x3FF00000, 0xFFC00, 0x3FF, 0xC0000000), pillow=False)
    for bits, masks in ((16, (0x7C00, 0x3E0, 0x1F)), (24, (0xFF0000, 0xFF00, 0xFF)), (32, (0xFF0000, 0xFF00, 0xFF))):
        for info_length in (12, 16, 40, 64, 124):
            rows, expected = by_masks(masks, bits)
            # Masks that a plain bitmap's header holds have no meaning.
            content = bitmap(info_length, bits, rows, 0, (0xFF, 0xFF00, 0xFF0000, 0xFF000000) if info_length == 124 else ())
            if info_length != 16:
                assert (reading(content) == expected).all(), (bits, info_length)
            if bits != 24 or info_length in (12, 16):
                keep(f"bmp-plain-{bits}-header-{info_length}.bmp", content, expected)


def indexed_bmps():
    for bits in (1, 2, 4, 8):
        picture = RGB.quantize(2**bits)
        indices = numpy.asarray(picture)
        palette = (picture.getpalette() + [0] * 768)[: 3 * 2**bits]
        colors = numpy.asarray(palette, numpy.uint8).reshape(-1, 3)
        lines = [bytes(numpy.packbits((row[:, None] >> numpy.arange(bits - 1, -1, -1) & 1).astype(numpy.uint8).ravel())) for row in indices]
        for info_length in (12, 16, 40, 124):
            table = b"".join(bytes(color[::-1]) + b"\0" * (info_length > 12) for color in colors)
            content = bitmap(info_length, bits, lines, 0, (), table, top_down=info_length == 40)
            if info_length != 16 and bits != 2 and info_length != 12:
                assert (reading(content) == colors[indices]).all(), (bits, info_length)
            keep(f"bmp-palette-{bits}-header-{info_length}.bmp", content, colors[indices])


def run_length_bmps():
    picture = RGB.quantize(8)
    indices = numpy.asarray(picture)
    colors = numpy.asarray(picture.getpalette()[:24], numpy.uint8).reshape(-1, 3)
    table = b"".join(bytes(color[::-1]) + b"\0" for color in colors)
    table = table.ljust(4 * 16, b"\0")
    body = b""
    for row in indices[::-1]:
        x = 0
        while x < WIDTH:
            end = x + 1
            while end < WIDTH and row[end] == row[x]:
                end += 1
            body += bytes([end - x, row[x]])
            x = end
        body += b"\0\0"
    content = bitmap(40, 8, body + b"\0\1", 1, (), table.ljust(1024, b"\0"))
    assert (reading(content) == colors[indices]).all()
    keep("bmp-runs-8.bmp", content, colors[indices])
    # All as it is, an odd number of pixels in each row; then 4 bits each.
    body = b"".join(b"\0" + bytes([WIDTH]) + row.tobytes() + bytes(WIDTH % 2) + b"\0\0" for row in indices[::-1])
    content = bitmap(40, 8, body + b"\0\1", 1, (), table.ljust(1024, b"\0"))
    assert (reading(content) == colors[indices]).all()
    keep("bmp-runs-8-as-they-are.bmp", content, colors[indices])
    body = b""
    for row in indices[::-1]:
        pairs = numpy.append(row, 0).reshape(-1, 2)
        packed = bytes((pairs[:, 0] << 4 | pairs[:, 1]).astype(numpy.uint8))
        body += b"\0" + bytes([WIDTH]) + packed + bytes(len(packed) % 2) + b"\0\0"
    content = bitmap(40, 4, body + b"\0\1", 2, (), table)
    keep("bmp-runs-4-as-they-are.bmp", content, colors[indices])
    # Pairs repeat; a step leaves the rest of the bitmap in the first colour.
    body = bytes([WIDTH, 0x12]) + b"\0\0" + b"\0\2\3\1" + bytes([4, 0x33]) + b"\0\1"
    shown = numpy.zeros((HEIGHT, WIDTH), int)
    shown[HEIGHT - 1] = [1 + x % 2 for x in range(WIDTH)]
    shown[HEIGHT - 3, 3:7] = 3
    keep("bmp-runs-4.bmp", bitmap(40, 4, body, 2, (), table), colors[shown])


def gifs():
    save("gif-palette.gif", PALETTE, "GIF")
    save("gif-grey.gif", GREY, "GIF", interlace=0)
    save("gif-interlaced.gif", PALETTE, "GIF", interlace=1)
    save("gif-animated.gif", PALETTE, "GIF", save_all=True, append_images=[RGB.rotate(180).quantize(16)])
    save("gif-one-clear.gif", PALETTE, "GIF", transparency=3)
    keep("gif-smaller-first-frame.gif", *small_frame())


def small_frame():
    """A first frame of half the size, at (4, 3) on the screen; the rest of the screen is clear."""
    content = bytearray(saved(PALETTE.crop((0, 0, 11, 8)), "GIF"))
    content[6:10] = struct.pack("<HH", WIDTH, HEIGHT)
    at = content.index(b"," + struct.pack("<HHHH", 0, 0, 11, 8))
    content[at + 1:at + 5] = struct.pack("<HH", 4, 3)
    expected = numpy.full((HEIGHT, WIDTH, 3), 255, numpy.uint8)
    expected[3:11, 4:15] = numpy.asarray(PALETTE.crop((0, 0, 11, 8)).convert("RGB"))
    return bytes(content), expected


def webps():
    save("webp-lossless.webp", RGB, "WEBP", lossless=True)
    save("webp-lossy.webp", RGB, "WEBP", quality=80)
    save("webp-alpha.webp", RGBA, "WEBP", lossless=True, exact=True)
    save("webp-animated.webp", RGB, "WEBP", lossless=True, save_all=True, append_images=[RGB.rotate(180)])
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = 8
    save("webp-orientation-8.webp", RGB, "WEBP", lossless=True, exif=exif)


def tiffs():
    for name, compression in (("raw", None), ("lzw", "tiff_lzw"), ("deflate", "tiff_adobe_deflate"), ("packbits", "packbits")):
        save(f"tiff-{name}.tif", RGB, "TIFF", compression=compression)
        save(f"tiff-{name}-grey.tif", GREY, "TIFF", compression=compression)
    save("tiff-palette.tif", PALETTE, "TIFF")
    save("tiff-alpha.tif", RGBA, "TIFF")
    save("tiff-one-bit.tif", GREY.convert("1"), "TIFF")
    levels = (numpy.asarray(GREY).astype(int) * 257 - 2).clip(0, 65535).astype(numpy.uint16)
    keep("tiff-grey-16.tif", saved(Image.fromarray(levels), "TIFF"), (levels >> 8).astype(numpy.uint8))
    save("tiff-cmyk.tif", RGB.convert("CMYK"), "TIFF")
    deep = (scene().astype(int) * 257 - 3).clip(0, 65535).astype("<u2")
    keep("tiff-rgb-16.tif", tiff_by_hand(deep), (deep >> 8).astype(numpy.uint8))
    (target.parent / "tiff-float.tif").write_bytes(saved(GREY.convert("F"), "TIFF"))
    for orientation in range(1, 9):
        save(f"tiff-orientation-{orientation}.tif", RGB, "TIFF", tiffinfo={ORIENTATION_TAG: orientation})


def tool(name, content, *settings):
    """What a tool of libtiff makes of a TIFF file."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "source.tif"), Path(folder, "made.tif")
        source.write_bytes(content)
        subprocess.run([name, *settings, source, made], check=True, capture_output=True)
        return made.read_bytes()


def as_libtiff(content):
    """The colours that libtiff's tiff2rgba shows."""
    return numpy.asarray(Image.open(io.BytesIO(tool("tiff2rgba", content, "-c", "none"))))[:, :, :3]


def copied_tiffs():
    """The same pictures in other compressions and orders; what is kept without loss shows the same."""
    tiles, strips = ["-t", "-w", "16", "-l", "16"], ["-s", "-r", "5"]
    black = GREY.convert("1")
    cmyk = RGB.convert("CMYK")
    for name, picture, settings in (
        ("lzw-differences-tiles", RGB, ["-c", "lzw:2", *tiles]),
        ("deflate-differences-planes", RGB, ["-c", "zip:2", "-p", "separate", *strips]),
        ("packbits-planes-tiles-big", RGB, ["-B", "-c", "packbits", "-p", "separate", *tiles]),
        ("palette-lzw-tiles", PALETTE, ["-c", "lzw", *tiles]),
        ("cmyk-deflate-planes", cmyk, ["-c", "zip", "-p", "separate", *strips]),
        ("lowest-bit-first", black, ["-c", "none", "-f", "lsb2msb", *strips]),
        ("lzw-lowest-bit-first", RGB, ["-c", "lzw", "-f", "lsb2msb", *strips]),
        ("fax-3", black, ["-c", "g3:1d", *strips]),
        ("fax-3-two-dimensions", black, ["-c", "g3:2d", *strips]),
        ("fax-4-tiles", black, ["-c", "g4", *tiles]),
        ("fax-4-lowest-bit-first", black, ["-c", "g4", "-f", "lsb2msb", *strips]),
    ):
        content = saved(picture, "TIFF")
        keep(f"tiff-{name}.tif", tool("tiffcp", content, *settings), reading(content))
    levels = (numpy.asarray(GREY).astype(int) * 257 - 2).clip(0, 65535).astype(numpy.uint16)
    for name, settings in (("little", ["-L"]), ("big", ["-B"])):
        content = tool("tiffcp", saved(Image.fromarray(levels), "TIFF"), *settings, "-c", "lzw:2", *tiles)
        keep(f"tiff-grey-16-differences-{name}.tif", content, (levels >> 8).astype(numpy.uint8))
    for name, picture, settings in (("jpeg", RGB, ["-c", "jpeg:95", "-s", "-r", "16"]), ("jpeg-tiles", RGB, ["-c", "jpeg:95", *tiles]),
                                    ("jpeg-rgb-planes", RGB, ["-c", "jpeg:r:95", "-p", "separate", *tiles]),
                                    ("jpeg-grey", GREY, ["-c", "jpeg:95", "-s", "-r", "16"])):
        content = tool("tiffcp", saved(picture, "TIFF"), *settings)
        keep(f"tiff-{name}.tif", content, as_libtiff(content))
    white = numpy.asarray(GREY)
    content = bytearray(saved(GREY, "TIFF"))
    at = content.index(struct.pack("<HHI", 262, 3, 1))
    content[at + 8] = 0
    keep("tiff-white-is-zero.tif", bytes(content), 255 - white)


def luma_tiffs():
    """YCbCr, not compressed: pixels of a block share their differences of colour."""
    planes = numpy.asarray(RGB.convert("YCbCr"))
    for across, down in ((1, 1), (2, 1), (2, 2), (4, 2), (4, 4)):
        body = b""
        for y in range(0, HEIGHT, down):
            for x in range(0, WIDTH, across):
                rows, columns = numpy.minimum(numpy.arange(y, y + down), HEIGHT - 1), numpy.minimum(numpy.arange(x, x + across), WIDTH - 1)
                body += planes[numpy.ix_(rows, columns)][:, :, 0].tobytes() + planes[y, x, 1:].tobytes()
        body += bytes(len(body) % 2)
        at = 8 + len(body)
        entries = [(256, 3, 1, WIDTH), (257, 3, 1, HEIGHT), (258, 3, 3, at), (259, 3, 1, 1), (262, 3, 1, 6), (273, 4, 1, 8), (277, 3, 1, 3),
                   (278, 3, 1, HEIGHT), (279, 4, 1, len(body)), (284, 3, 1, 1), (530, 3, 2, across | down << 16), (532, 5, 6, at + 8)]
        directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
        black_white = struct.pack("<12I", 0, 1, 255, 1, 128, 1, 255, 1, 128, 1, 255, 1)
        content = b"II*\0" + struct.pack("<I", at + 56) + body + struct.pack("<HHHH", 8, 8, 8, 0) + black_white + directory
        keep(f"tiff-luma-{across}x{down}.tif", content, as_libtiff(content))


def tiff_by_hand(deep):
    body = deep.tobytes()
    entries = [(256, 3, 1, WIDTH), (257, 3, 1, HEIGHT), (258, 3, 3, 8 + len(body)), (259, 3, 1, 1), (262, 3, 1, 2),
               (273, 4, 1, 8), (277, 3, 1, 3), (278, 3, 1, HEIGHT), (279, 4, 1, len(body)), (284, 3, 1, 1)]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    bits = struct.pack("<HHH", 16, 16, 16) + bytes(2)
    return b"II*\0" + struct.pack("<I", 8 + len(body) + len(bits)) + body + bits + directory


def portables():
    save("portable.ppm", RGB, "PPM")
    save("portable.pgm", GREY, "PPM")
    rows = "\n".join(" ".join(str(v) for v in row) for row in numpy.asarray(GREY))
    keep("portable-text.pgm", f"P2\n# a comment\n{WIDTH} {HEIGHT}\n255\n{rows}\n".encode(), numpy.asarray(GREY))
    rows = "\n".join(" ".join(str(v) for v in row.ravel()) for row in scene())
    keep("portable-text.ppm", f"P3 {WIDTH} {HEIGHT} 255\n{rows}\n".encode(), scene())
    levels = (numpy.asarray(GREY).astype(int) * 257 - 2).clip(0, 65535).astype(">u2")
    rounded = ((levels.astype(int) * 255 + 32767) // 65535).astype(numpy.uint8)
    keep("portable-16.pgm", f"P5 {WIDTH} {HEIGHT} 65535\n".encode() + levels.tobytes(), rounded)
    black = numpy.asarray(GREY) < 128
    bitmap = numpy.where(black, 0, 255).astype(numpy.uint8)
    keep("portable-bitmap.pbm", f"P4\n{WIDTH} {HEIGHT}\n".encode() + numpy.packbits(black, axis=1).tobytes(), bitmap)
    rows = "\n".join("".join(str(int(v)) for v in row) for row in black)
    keep("portable-text.pbm", f"P1\n{WIDTH} {HEIGHT}\n{rows}\n".encode(), bitmap)
    few = (numpy.asarray(GREY) // 16).astype(numpy.uint8)
    keep("portable-15-levels.pgm", f"P5 {WIDTH} {HEIGHT} 15\n".encode() + few.tobytes(), few * 17)


target.mkdir(parents=True, exist_ok=True)
for family in (jpegs, pngs, orientations, interlaced_pngs, bmps, masked_bmps, indexed_bmps, run_length_bmps, gifs, webps, tiffs, copied_tiffs, luma_tiffs, portables):
    family()
