"""Looks into small networks with PyTorch's hooks and gradients, as golden numbers for ExplainerTest.

Run: /usr/bin/python3 train/src/test/python/explain.py   (Debian: python3-torch; made with torch 1.13)

Weights and the picture are patterns that both sides compute from names and indices (networks.py), so that the file holds nothing but results:
what every layer gives, its statistics by NumPy, Grad-CAM by autograd on a hooked layer, and scores of covered pictures.
"""

import json
import math
import pathlib
import zlib

import numpy
import torch
import torch.nn.functional as F
from torch import nn

C, H, W = 3, 12, 10
TARGET = pathlib.Path(__file__).parent.parent / "resources/io/fovea/explain/explanations.json"
MASK = 0xFFFFFFFF


def values(name, shape):
    bits = (numpy.arange(int(numpy.prod(shape)), dtype=numpy.uint64) + zlib.crc32(name.encode())) & MASK
    for _ in range(2):
        bits = ((bits ^ (bits >> numpy.uint64(16))) * numpy.uint64(0x45D9F3B)) & MASK
    numbers = (bits >> numpy.uint64(8)).astype(numpy.float64) / 2 ** 23 - 1
    if len(shape) > 1:
        numbers *= math.sqrt(6 / numpy.prod(shape[1:]))
    elif name.endswith(("weight", "running_var")):
        numbers = 1 + 0.25 * numbers
    else:
        numbers *= 0.1
    return torch.from_numpy(numbers.reshape(shape))


def picture():
    """Bytes [H, W, C] (i * 73 + 19) mod 251, normalised by mean 0.5 and standard deviation 0.25, as [1, C, H, W]."""
    numbers = [((i * 73 + 19) % 251 / 255 - 0.5) / 0.25 for i in range(H * W * C)]
    return torch.tensor(numbers, dtype=torch.float64).reshape(1, H, W, C).permute(0, 3, 1, 2).contiguous()


class Residual(nn.Module):
    """Convolutions with batch norm, one of them grouped, a sum, and two activations."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(4, 6, (3, 2), stride=2, padding=1, groups=2)
        self.bn2 = nn.BatchNorm2d(6)
        self.conv3 = nn.Conv2d(4, 6, 1, stride=2)
        self.add = Sum()
        self.silu = nn.SiLU()
        self.flatten = nn.Flatten()
        self.dense = nn.Linear(54, 3)

    def forward(self, x):
        x = self.pool1(self.relu1(self.bn1(self.conv1(x))))
        return self.dense(self.flatten(self.silu(self.add(self.bn2(self.conv2(x)), self.conv3(x)))))


class Sum(nn.Module):
    def forward(self, a, b):
        return a + b


class Values(nn.Module):
    """Two numbers."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 5, 3)
        self.relu1 = nn.ReLU()
        self.flatten = nn.Flatten()
        self.dense = nn.Linear(400, 2)

    def forward(self, x):
        return self.dense(self.flatten(self.relu1(self.conv1(x))))


class Maps(nn.Module):
    """A class for every pixel: down, and up again."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(4, 4, 3, padding=1)
        self.relu2 = nn.ReLU()
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)
        self.concat = Joined()
        self.head = nn.Conv2d(8, 3, 1)

    def forward(self, x):
        fine = self.relu1(self.conv1(x))
        return self.head(self.concat(self.up(self.relu2(self.conv2(self.pool1(fine)))), fine))


class Joined(nn.Module):
    def forward(self, a, b):
        return torch.cat([a, b], 1)


class Codes(nn.Module):
    """Four numbers, by which six references of three classes are searched."""

    LABELS = torch.tensor([0, 1, 2, 0, 1, 2])

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 5, 3, stride=2)
        self.relu1 = nn.ReLU()
        self.flatten = nn.Flatten()
        self.projection = nn.Linear(100, 4)

    def forward(self, x):
        return self.projection(self.flatten(self.relu1(self.conv1(x))))


def filled(network):
    network = network.double().eval()
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            if name.endswith("num_batches_tracked"):
                continue
            tensor.copy_(values(name, tuple(tensor.shape)))
    return network


def hooked(network, x):
    """Returns what each layer gives, by forward hooks."""
    given = {}
    handles = [layer.register_forward_hook(lambda _, __, output, name=name: given.__setitem__(name, output))
               for name, layer in network.named_children()]
    given["output"] = network(x)
    for handle in handles:
        handle.remove()
    return given


def grad_cam(network, x, layer, score, signed=False):
    given = hooked(network, x)
    maps = given[layer]
    gradient = torch.autograd.grad(score(given["output"]), maps)[0]
    heat = (gradient.mean((2, 3), keepdim=True) * maps).sum(1)[0]
    return heat if signed else F.relu(heat)


def occlusion(network, x, size, stride, certainty):
    def beginnings(side):
        return [*range(0, side - size, stride), side - size]

    whole = certainty(network(x)).item()
    drops = []
    for top in beginnings(H):
        for left in beginnings(W):
            covered = x.clone()
            covered[:, :, top:top + size, left:left + size] = 0
            drops.append(whole - certainty(network(covered)).item())
    return drops


def numbers(tensor):
    return [float("%.7g" % value) for value in torch.as_tensor(tensor).detach().flatten().tolist()]


def summary(tensor):
    flat = tensor.detach().numpy().flatten()
    counts, edges = numpy.histogram(flat, bins=20)
    return {
        "shape": list(tensor.shape[1:]),
        "values": numbers(tensor),
        "mean": float("%.7g" % flat.mean()),
        "standardDeviation": float("%.7g" % flat.std()),
        "minimum": float("%.7g" % flat.min()),
        "maximum": float("%.7g" % flat.max()),
        "zeroShare": float("%.7g" % (flat == 0).mean()),
        "counts": counts.tolist(),
        "firstEdge": float("%.7g" % edges[0]),
        "lastEdge": float("%.7g" % edges[-1]),
    }


def residual(x):
    network = filled(Residual())
    given = hooked(network, x)
    answered = int(given["output"].argmax())
    return {
        "layers": {name: summary(output) for name, output in given.items() if name != "output"},
        "answered": answered,
        "gradCam": numbers(grad_cam(network, x, "silu", lambda logits: logits[0, answered])),
        "gradCamOfClass2AtConv1": numbers(grad_cam(network, x, "conv1", lambda logits: logits[0, 2])),
        "occlusionOfClass1": occlusion(network, x, 4, 3, lambda logits: logits.softmax(1)[0, 1]),
    }


def regression(x):
    network = filled(Values())
    return {
        "gradCamOfSecond": numbers(grad_cam(network, x, "relu1", lambda output: 7 * output[0, 1], signed=True)),
        "occlusionOfSecond": occlusion(network, x, 5, 5, lambda output: 7 * output[0, 1]),
    }


def segmentation(x):
    network = filled(Maps())
    labels = network(x)[0].argmax(0)
    counts = [int((labels == c).sum()) for c in range(3)]
    answered = counts.index(max(counts))

    def total(maps):
        return maps[0, answered][labels == answered].sum()

    def certainty(maps):
        return maps.softmax(1)[0, answered][labels == answered].mean()

    return {
        "answered": answered,
        "counts": counts,
        "gradCam": numbers(grad_cam(network, x, "relu2", total)),
        "occlusion": occlusion(network, x, 6, 3, certainty),
    }


def neighbours(x):
    network = filled(Codes())
    references = values("neighbours.references", (6, 4))

    def margin(codes):
        squared = ((codes - references) ** 2).sum(1)
        return squared[Codes.LABELS != 1].min() - squared[Codes.LABELS == 1].min()

    return {
        "margin": float("%.7g" % margin(network(x)).item()),
        "gradCamOfClass1": numbers(grad_cam(network, x, "relu1", margin)),
    }


def main():
    x = picture()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps({
        "residual": residual(x),
        "regression": regression(x),
        "segmentation": segmentation(x),
        "neighbours": neighbours(x),
    }, indent=None, separators=(",", ":")).replace("]},", "]},\n") + "\n")


main()
