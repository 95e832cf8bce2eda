"""Writes what the catalogue's networks for maps compute and how many parameters they have, as golden numbers for MapNetworksTest.

Run: /usr/bin/python3 train/src/test/python/maps.py   (Debian: python3-torchvision; made with torch 1.13 and torchvision 0.14)

The networks are written out here a second time with PyTorch's modules and torchvision's backbones. Weights and pictures are the patterns
of networks.py.
"""

import json
import math
import pathlib
import zlib

import numpy
import torch
import torch.nn.functional as F
import torchvision.models as models
from torch import nn
from torchvision.models.segmentation.lraspp import LRASPPHead

TARGET = pathlib.Path(__file__).parent.parent / "resources/io/fovea/network/maps.json"
MASK = 0xFFFFFFFF


def pattern(name, count):
    bits = (numpy.arange(count, dtype=numpy.uint64) + zlib.crc32(name.encode())) & MASK
    for _ in range(2):
        bits = ((bits ^ (bits >> numpy.uint64(16))) * numpy.uint64(0x45D9F3B)) & MASK
    return (bits >> numpy.uint64(8)).astype(numpy.float64) / 2 ** 23 - 1


def values(name, shape):
    numbers = pattern(name, int(numpy.prod(shape)))
    if len(shape) > 1:
        numbers *= math.sqrt(6 / numpy.prod(shape[1:]))
    elif name.endswith(("weight", "running_var")):
        numbers = 1 + 0.25 * numbers
    else:
        numbers *= 0.1
    return torch.from_numpy(numbers.reshape(shape))


def larger(x, factor):
    return F.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=False)


class Twice(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))


class UNet(nn.Module):
    def __init__(self, stride, k, widths=(16, 32, 64, 128)):
        super().__init__()
        self.stride = stride
        self.encoder0, self.encoder1, self.encoder2, self.encoder3 = (
            Twice(before, width, stride if i == 0 else 1) for i, (before, width) in enumerate(zip((3,) + widths, widths)))
        self.decoder2 = Twice(widths[3] + widths[2], widths[2])
        self.decoder1 = Twice(widths[2] + widths[1], widths[1])
        self.decoder0 = Twice(widths[1] + widths[0], widths[0])
        self.head = nn.Conv2d(widths[0], k, 1)

    def forward(self, x):
        a = self.encoder0(x)
        b = self.encoder1(F.max_pool2d(a, 2))
        c = self.encoder2(F.max_pool2d(b, 2))
        y = self.encoder3(F.max_pool2d(c, 2))
        y = self.decoder2(torch.cat([larger(y, 2), c], 1))
        y = self.decoder1(torch.cat([larger(y, 2), b], 1))
        y = self.decoder0(torch.cat([larger(y, 2), a], 1))
        y = self.head(y)
        return larger(y, 2) if self.stride == 2 else y


class Fcn(models.ResNet):
    def __init__(self, k):
        super().__init__(models.resnet.BasicBlock, [2, 2, 2, 2])
        del self.fc
        self.head = nn.ModuleDict({"score32": nn.Conv2d(512, k, 1), "score16": nn.Conv2d(256, k, 1), "score8": nn.Conv2d(128, k, 1)})

    def forward(self, x):
        x = self.layer1(self.maxpool(F.relu(self.bn1(self.conv1(x)))))
        s8 = self.layer2(x)
        s16 = self.layer3(s8)
        y = larger(self.head["score32"](self.layer4(s16)), 2) + self.head["score16"](s16)
        return larger(larger(y, 2) + self.head["score8"](s8), 8)


class LrAspp(nn.Module):
    """torchvision's head on MobileNet v2, whose last stage is dilated as torchvision dilates a ResNet's."""

    def __init__(self, k):
        super().__init__()
        self.features = models.mobilenet_v2().features[:18]
        self.features[14].conv[1][0].stride = (1, 1)
        for i in (15, 16, 17):
            self.features[i].conv[1][0].dilation = (2, 2)
            self.features[i].conv[1][0].padding = (2, 2)
        self.head = LRASPPHead(32, 320, k, 128)

    def forward(self, x):
        low = self.features[:7](x)
        return larger(self.head({"low": low, "high": self.features[7:](low)}), 8)


class Numbered(nn.Module):
    """Layers that Fovea numbers by kind: conv1, norm1 …"""

    def __init__(self, convolutions, norms):
        super().__init__()
        for name, layer in convolutions.items():
            self.add_module(name, layer)
        for i, width in enumerate(norms):
            self.add_module("norm%d" % (i + 1), nn.BatchNorm2d(width))


class Autoencoder(Numbered):
    def __init__(self, c):
        def conv(inputs, outputs, stride=1):
            return nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)

        super().__init__({"conv1": conv(c, 32, 2), "conv2": conv(32, 64, 2), "code": nn.Conv2d(64, 2, 3, 1, 1), "conv4": conv(2, 64),
                          "conv5": conv(64, 32), "conv6": conv(32, 16), "picture": nn.Conv2d(16, c, 3, 1, 1)}, (32, 64, 64, 32, 16))

    def forward(self, x):
        x = F.relu(self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x))))))
        x = F.relu(self.norm3(self.conv4(self.code(x))))
        x = F.relu(self.norm4(self.conv5(F.interpolate(x, scale_factor=2, mode="nearest"))))
        x = F.relu(self.norm5(self.conv6(F.interpolate(x, scale_factor=2, mode="nearest"))))
        return self.picture(x)


class Denoiser(Numbered):
    def __init__(self, c):
        convolutions = {"conv1": nn.Conv2d(c, 32, 3, 1, 1)}
        for i, d in enumerate((2, 3, 4, 3, 2)):
            convolutions["conv%d" % (i + 2)] = nn.Conv2d(32, 32, 3, 1, d, d, bias=False)
        convolutions["noise"] = nn.Conv2d(32, c, 3, 1, 1)
        super().__init__(convolutions, (32,) * 5)

    def forward(self, x):
        y = F.relu(self.conv1(x))
        for i in range(5):
            y = F.relu(getattr(self, "norm%d" % (i + 1))(getattr(self, "conv%d" % (i + 2))(y)))
        return x + self.noise(y)


CASES = [  # name, factory, height, width, outputs
    ("unet-half", lambda k: UNet(2, k), 32, 48, 11),
    ("unet-small", lambda k: UNet(1, k), 16, 24, 11),
    ("lraspp-mobilenet", LrAspp, 48, 64, 11),
    ("fcn-resnet18", Fcn, 64, 96, 11),
    ("autoencoder-small", Autoencoder, 12, 16, 3),
    ("denoiser-small", Denoiser, 13, 9, 3),
]


def entries(network):
    return [(name, tuple(tensor.shape)) for name, tensor in network.state_dict().items() if not name.endswith("num_batches_tracked")]


def main():
    lines = []
    for name, factory, height, width, k in CASES:
        network = factory(k).double().eval()
        network.load_state_dict({key: values(key, shape) for key, shape in entries(network)}, strict=False)
        picture = torch.from_numpy(pattern("picture", 3 * height * width).reshape(1, 3, height, width))
        with torch.no_grad():
            maps = network(picture).flatten()
        # some values of the maps, spread evenly, and what all of them sum up to
        step = max(1, len(maps) // 97)
        lines.append(json.dumps({
            "network": name, "height": height, "width": width, "outputs": k,
            "parameters": sum(parameter.numel() for parameter in network.parameters()),
            "tensors": ["%s %s" % (key, "x".join(map(str, shape))) for key, shape in sorted(entries(network))],
            "count": len(maps), "largest": float("%.7g" % maps.abs().max()), "sum": float("%.9g" % maps.sum()), "step": step,
            "values": [float("%.7g" % value) for value in maps[::step].tolist()]}))
        print(name, lines[-1][:150])
    TARGET.write_text("[\n" + ",\n".join(lines) + "\n]\n")


torch.set_num_threads(1)
main()
