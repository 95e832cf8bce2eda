"""Makes the table of checksums of what Pillow's bilinear resizing gives, for the resize tests.

Run with Debian's python3-pil and python3-numpy:  python3 resizes.py > TABLE.csv

Each line: mode, height, width, channels of the picture, height, width of the target, CRC-32 of the H*W*C result bytes.
The pictures are noise that the test makes by the same formula: byte i is the upper byte of i * 2654435761 mod 2^32.
"""

import zlib

import numpy
from PIL import Image


def noise(height, width, channels):
    index = numpy.arange(height * width * channels, dtype=numpy.uint64)
    values = ((index * 2654435761 % 2**32) >> 24).astype(numpy.uint8).reshape(height, width, channels)
    return Image.fromarray(values[:, :, 0] if channels == 1 else values)


def scaled(picture, height, width):
    return picture.resize((width, height), Image.Resampling.BILINEAR)


def squash(picture, height, width):
    return scaled(picture, height, width)


def covering(picture, height, width):
    """torchvision: the shorter side is met, the longer one rounded down."""
    if picture.width * height > picture.height * width:
        return height, int(picture.width * height / picture.height)
    return int(picture.height * width / picture.width), width


def centre(scaled_side, side):
    return int(round((scaled_side - side) / 2.0))  # Python rounds halves to even, as torchvision's CenterCrop


def crop(picture, height, width):
    whole = scaled(picture, *covering(picture, height, width))
    left, top = centre(whole.width, width), centre(whole.height, height)
    return whole.crop((left, top, left + width, top + height))


def nearest(value):
    return max(1, int(value + 0.5))


def fill(picture, height, width):
    ratio = max(picture.width / width, picture.height / height)
    return on_black(picture, nearest(picture.height / ratio), nearest(picture.width / ratio), height, width)


def half_crop(picture, height, width):
    ratio = (picture.width / width + picture.height / height) / 2
    return on_black(picture, nearest(picture.height / ratio), nearest(picture.width / ratio), height, width)


def on_black(picture, scaled_height, scaled_width, height, width):
    whole = scaled(picture, scaled_height, scaled_width)
    left = centre(scaled_width, width) if scaled_width > width else -((width - scaled_width) // 2)
    top = centre(scaled_height, height) if scaled_height > height else -((height - scaled_height) // 2)
    return whole.crop((left, top, left + width, top + height))  # black where there is nothing


def line(mode, picture, height, width):
    channels = len(picture.getbands())
    checksum = zlib.crc32(mode(picture, height, width).tobytes())
    name = mode.__name__.upper()
    print(f"{name},{picture.height},{picture.width},{channels},{height},{width},{checksum:08x}")


sources = [(1, 1), (1, 7), (7, 1), (2, 3), (5, 5), (17, 23), (28, 28), (64, 48), (101, 67), (375, 500)]
targets = [(1, 1), (1, 5), (3, 1), (2, 2), (8, 8), (23, 17), (28, 28), (32, 32), (40, 56), (224, 224)]
for mode in (squash, crop, fill, half_crop):
    for source in sources:
        for channels in (1, 3):
            for target in targets:
                line(mode, noise(*source, channels), *target)
