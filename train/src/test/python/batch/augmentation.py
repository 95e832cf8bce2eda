"""Pictures changed by torchvision, PyTorch and NumPy as augmentation should change them, and quantiles of SciPy's Beta distribution.

Run with Debian's python3-torchvision and python3-scipy; writes src/test/resources/io/fovea/batch/augmentation.json.
"""
import json
import math
import pathlib

import numpy
import torch
from PIL import Image
from scipy import stats
from torchvision.transforms import functional

HEIGHT, WIDTH = 6, 8
values = numpy.random.default_rng(7).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=numpy.uint8)
colour = Image.fromarray(values)
grey = Image.fromarray(values[:, :, 0])


def flat(picture):
    return numpy.asarray(picture).flatten().tolist()


def turned(hue):
    """The colours turned in the plane (U, V), by the matrix of YUV and its inverse."""
    y = numpy.array([0.299, 0.587, 0.114])
    yuv = numpy.array([y, 0.492 * (numpy.array([0, 0, 1]) - y), 0.877 * (numpy.array([1, 0, 0]) - y)])
    cos, sin = math.cos(2 * math.pi * hue), math.sin(2 * math.pi * hue)
    turn = numpy.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]])
    matrix = numpy.linalg.inv(yuv) @ turn @ yuv
    result = values.reshape(-1, 3) @ matrix.T
    return numpy.clip(numpy.rint(result), 0, 255).astype(int).flatten().tolist()


def sampled(matrix):
    """The picture at places input = matrix · (output, 1), in pixels along the edges; PyTorch counts from -1 to 1."""
    theta = torch.tensor(matrix, dtype=torch.float64)
    to_pixels = torch.tensor([[WIDTH / 2, 0, WIDTH / 2], [0, HEIGHT / 2, HEIGHT / 2], [0, 0, 1]], dtype=torch.float64)
    whole = torch.cat([theta, torch.tensor([[0, 0, 1.0]], dtype=torch.float64)])
    theta = (torch.linalg.inv(to_pixels) @ whole @ to_pixels)[:2]
    picture = torch.from_numpy(values).permute(2, 0, 1)[None].double()
    grid = torch.nn.functional.affine_grid(theta[None], picture.shape, align_corners=False)
    result = torch.nn.functional.grid_sample(picture, grid, padding_mode="border", align_corners=False)
    return result[0].permute(1, 2, 0).round().int().flatten().tolist()


def turn_about_centre(degrees, scale):
    """Output to input for a turn counter-clockwise, as seen, and a magnification."""
    cos, sin = math.cos(math.radians(degrees)) / scale, math.sin(math.radians(degrees)) / scale
    a = [[cos, -sin], [sin, cos]]
    centre = [WIDTH / 2, HEIGHT / 2]
    return [row + [centre[i] - row[0] * centre[0] - row[1] * centre[1]] for i, row in enumerate(a)]


golden = {
    "height": HEIGHT,
    "width": WIDTH,
    "colour": flat(colour),
    "grey": flat(grey),
    "saturation": {str(f): flat(functional.adjust_saturation(colour, f)) for f in (0.0, 0.3, 1.6)},
    "contrast": {str(f): flat(functional.adjust_contrast(colour, f)) for f in (0.0, 0.4, 1.7)},
    "greyContrast": {str(f): flat(functional.adjust_contrast(grey, f)) for f in (0.4, 1.7)},
    "hue": {str(h): turned(h) for h in (-0.3, 0.1, 0.5)},
    "window": sampled([[5 / WIDTH, 0, 2], [0, 3 / HEIGHT, 1]]),
    "turn": sampled(turn_about_centre(30, 1.5)),
    "beta": {str(a): {str(x): stats.beta.cdf(x, a, a) for x in (0.01, 0.1, 0.3, 0.5, 0.9)} for a in (0.1, 0.4, 1.0, 3.0)},
}
target = pathlib.Path(__file__).parents[2] / "resources/io/fovea/batch/augmentation.json"
target.write_text(json.dumps(golden, indent=None) + "\n")
