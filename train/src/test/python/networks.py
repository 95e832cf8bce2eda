"""Writes torchvision's parameter names and shapes, and what its networks compute, as golden numbers for CatalogueParametersTest and
CatalogueForwardTest.

Run: /usr/bin/python3 train/src/test/python/networks.py   (Debian: python3-torchvision; made with torch 1.13 and torchvision 0.14)

Weights and pictures are patterns that both sides compute from names and indices, so that the files hold nothing but results. The CIFAR
ResNets, which torchvision has not, and TensorFlow's padding for MobileNet v2 are written out below.
"""

import hashlib
import json
import math
import pathlib
import zlib

import numpy
import torch
import torch.nn.functional as F
import torchvision.models as models
from torch import nn

TARGET = pathlib.Path(__file__).parent.parent / "resources/io/fovea/network"
MASK = 0xFFFFFFFF


def pattern(name, count):
    """Numbers from -1 to 1: the upper 24 of 32 mixed bits of index and name."""
    bits = (numpy.arange(count, dtype=numpy.uint64) + zlib.crc32(name.encode())) & MASK
    for _ in range(2):
        bits = ((bits ^ (bits >> numpy.uint64(16))) * numpy.uint64(0x45D9F3B)) & MASK
    return (bits >> numpy.uint64(8)).astype(numpy.float64) / 2 ** 23 - 1


def values(name, shape):
    """Weights within the square root of 6 / inputs; batch norms near the identity; biases and means small."""
    numbers = pattern(name, int(numpy.prod(shape)))
    if len(shape) > 1:
        numbers *= math.sqrt(6 / numpy.prod(shape[1:]))
    elif name.endswith(("weight", "running_var")):
        numbers = 1 + 0.25 * numbers
    else:
        numbers *= 0.1
    return torch.from_numpy(numbers.reshape(shape))


class Shortcut(nn.Module):
    def __init__(self, planes):
        super().__init__()
        self.planes = planes

    def forward(self, x):
        zeros = (self.planes - x.shape[1]) // 2
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, zeros, zeros))


class Block(nn.Module):
    def __init__(self, inputs, planes, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, planes, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.shortcut = Shortcut(planes) if stride > 1 else nn.Identity()

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.shortcut(x))


class CifarResNet(nn.Module):
    def __init__(self, blocks, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        inputs = 16
        for stage, planes in enumerate((16, 32, 64)):
            layers = []
            for i in range(blocks):
                layers.append(Block(inputs, planes, 2 if stage and not i else 1))
                inputs = planes
            setattr(self, "layer%d" % (stage + 1), nn.Sequential(*layers))
        self.linear = nn.Linear(64, num_classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.linear(x.mean((2, 3)))


def same_padding(**options):
    """MobileNet v2 whose 3x3 windows are padded as TensorFlow does."""
    network = models.mobilenet_v2(**options)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eps = 1e-3
        if isinstance(module, nn.Conv2d) and module.kernel_size == (3, 3):
            module.padding = (0, 0)
            module.register_forward_pre_hook(pad_same)
    return network


def pad_same(module, inputs):
    x = inputs[0]
    missing = [max(0, (-(-size // stride) - 1) * stride + 3 - size) for size, stride in zip(x.shape[2:], module.stride)]
    top, left = missing[0] // 2, missing[1] // 2
    return (F.pad(x, (left, missing[1] - left, top, missing[0] - top)),)


def googlenet(num_classes=1000):
    return models.googlenet(num_classes=num_classes, aux_logits=True, init_weights=False)


def narrow_vgg(factory, num_classes):
    """With 16 hidden outputs instead of 4096, so that the weights stay small."""
    network = factory(num_classes=num_classes)
    network.classifier[0] = nn.Linear(512 * 49, 16)
    network.classifier[3] = nn.Linear(16, 16)
    network.classifier[6] = nn.Linear(16, num_classes)
    return network


def narrow_alexnet(num_classes):
    network = models.alexnet(num_classes=num_classes)
    network.classifier[1] = nn.Linear(256 * 36, 16)
    network.classifier[4] = nn.Linear(16, 16)
    network.classifier[6] = nn.Linear(16, num_classes)
    return network


PARAMETERS = {
    "squeezenet1_1": models.squeezenet1_1, "squeezenet1_0": models.squeezenet1_0, "mobilenet_v2": models.mobilenet_v2,
    "resnet18": models.resnet18, "resnet34": models.resnet34, "resnet50": models.resnet50, "resnet101": models.resnet101,
    "resnet152": models.resnet152, "googlenet": googlenet, "alexnet": models.alexnet, "vgg16": models.vgg16,
    "vgg16_bn": models.vgg16_bn, "vgg19": models.vgg19, "vgg19_bn": models.vgg19_bn,
    "resnet20": lambda: CifarResNet(3), "resnet32": lambda: CifarResNet(5), "resnet44": lambda: CifarResNet(7),
    "resnet56": lambda: CifarResNet(9), "resnet110": lambda: CifarResNet(18),
}
IN_FULL = ("squeezenet1_1", "mobilenet_v2", "resnet18", "googlenet", "vgg16_bn", "resnet20")

FORWARD = [  # name, factory, height, width
    ("alexnet", lambda: narrow_alexnet(5), 67, 95),
    ("vgg16", lambda: narrow_vgg(models.vgg16, 5), 33, 64),
    ("vgg16_bn", lambda: narrow_vgg(models.vgg16_bn, 5), 64, 33),
    ("googlenet", lambda: googlenet(5), 65, 80),
    ("resnet18", lambda: models.resnet18(num_classes=5), 65, 80),
    ("resnet50", lambda: models.resnet50(num_classes=5), 33, 64),
    ("resnet20", lambda: CifarResNet(3, 5), 33, 30),
    ("squeezenet1_0", lambda: models.squeezenet1_0(num_classes=5), 65, 80),
    ("squeezenet1_1", lambda: models.squeezenet1_1(num_classes=5), 65, 80),
    ("mobilenet_v2", lambda: models.mobilenet_v2(num_classes=5), 65, 80),
    ("mobilenet_v2_same", lambda: same_padding(num_classes=5), 65, 80),
]


def entries(network):
    return [(name, tuple(tensor.shape)) for name, tensor in network.state_dict().items() if not name.endswith("num_batches_tracked")]


def write_parameters():
    lines = ["# name, trained numbers, tensors, sha256 of the lines \"tensor shape\"; for some networks these lines follow"]
    for name, factory in PARAMETERS.items():
        network = factory()
        tensors = ["%s %s" % (key, "x".join(map(str, shape))) for key, shape in entries(network)]
        count = sum(parameter.numel() for parameter in network.parameters())
        digest = hashlib.sha256("".join(line + "\n" for line in tensors).encode()).hexdigest()
        lines.append("%s %d %d %s" % (name, count, len(tensors), digest))
        if name in IN_FULL:
            lines += ["  " + line for line in tensors]
    (TARGET / "parameters.txt").write_text("\n".join(lines) + "\n")


def write_forward():
    lines = []
    for name, factory, height, width in FORWARD:
        network = factory().double().eval()
        network.load_state_dict({key: values(key, shape) for key, shape in entries(network)}, strict=False)
        picture = torch.from_numpy(pattern("picture", 3 * height * width).reshape(1, 3, height, width))
        captured = {}
        if name == "googlenet":
            network.inception4a.register_forward_hook(lambda _, __, output: captured.update(aux1=output))
            network.inception4d.register_forward_hook(lambda _, __, output: captured.update(aux2=output))
        with torch.no_grad():
            outputs = {"": network(picture)}
            for head in sorted(captured):
                outputs[head + ".fc2"] = getattr(network, head)(captured[head])
        for node, logits in outputs.items():
            lines.append(json.dumps({"network": name, "node": node, "height": height, "width": width,
                                     "logits": [float("%.7g" % value) for value in logits.flatten().tolist()]}))
            print(lines[-1])
    (TARGET / "networks.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


torch.set_num_threads(1)
write_parameters()
write_forward()
