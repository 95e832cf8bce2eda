"""Makes the small picture files of the decoder tests, and beside each what Pillow reads from it.

Run with Debian's python3-pil and python3-numpy:  python3 pictures.py TARGET_FOLDER

NAME        the picture file
../tiff-float.tif   a kind that is refused
NAME.rgb    what a reader should see: the line "H W C", then H*W*C bytes, orientation applied, alpha on white
"""

import io
import struct
import sys
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
for family in (jpegs, pngs, bmps, gifs, webps, tiffs, portables):
    family()
