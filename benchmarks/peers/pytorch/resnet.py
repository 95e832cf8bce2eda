"""A ResNet trained by PyTorch, as a careful user would: whole steps, everything in memory, no per-picture Python.

ResNet-20 of CIFAR-10 (He et al. 2015, shortcuts without parameters) learns from drawn weights by SGD; ResNet-18 of torchvision is fine-tuned by
AdamW, every layer, with its batch norms as they are and gradients no longer than 1.

Prints one line of JSON: peer, version, imagesPerSecond, steps, batchSize, threads, finalLoss, parameters.
A timed step gathers the shuffled pictures from their bytes, normalises, runs forward, backward and the update.
"""

import argparse
import pathlib

import numpy
import torch
from torch import nn
from torch.nn import functional

import steps


class Block(nn.Module):
    """Two 3x3 convolutions and a shortcut that drops every second pixel and adds channels of zeros where the size changes."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.stride = stride
        self.padding = (outputs - inputs) // 2

    def forward(self, x):
        y = functional.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        if self.padding:
            x = functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, self.padding, self.padding))
        return functional.relu(y + x, inplace=True)


def resnet20(classes):
    widths = (16, 16, 16, 32, 32, 32, 64, 64, 64)
    inputs = (16, *widths[:-1])
    blocks = [Block(i, o, 2 if o > i else 1) for i, o in zip(inputs, widths)]
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(inplace=True), *blocks,
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, classes),
    )


def resnet18(classes):
    from torchvision import models

    network = models.resnet18()
    network.fc = nn.Linear(network.fc.in_features, classes)
    return network


def keep_norms(network):
    """Batch norms say what they say, and do not learn."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()
            for parameter in module.parameters():
                parameter.requires_grad_(False)


def batches(pictures, labels, size, generator):
    """Endless shuffled batches [N, C, H, W] normalised, [N]; a last batch that is not full is left out."""
    sample = pictures[: min(len(pictures), 500)].float().div_(255)
    mean = sample.mean((0, 1, 2)).view(1, -1, 1, 1)
    deviation = sample.std((0, 1, 2)).view(1, -1, 1, 1)
    while True:
        order = torch.randperm(len(labels), generator=generator)
        for start in range(0, len(order) - size + 1, size):
            chosen = order[start : start + size]
            batch = pictures[chosen].permute(0, 3, 1, 2).float()
            yield batch.div_(255).sub_(mean).div_(deviation), labels[chosen]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True, help="with pictures.bin [N, S, S, 3] and labels.bin [N], bytes")
    parser.add_argument("--network", choices=("resnet20", "resnet18"), required=True)
    for name in ("--side", "--classes"):
        parser.add_argument(name, type=int, required=True)
    steps.add_options(parser)
    settings = parser.parse_args()

    generator, layout = steps.begin(settings)
    labels = torch.from_numpy(numpy.fromfile(settings.data / "labels.bin", numpy.uint8)).long()
    side = settings.side
    pictures = torch.from_numpy(numpy.fromfile(settings.data / "pictures.bin", numpy.uint8).reshape(len(labels), side, side, 3))

    tunes = settings.network == "resnet18"
    network = resnet18(settings.classes) if tunes else resnet20(settings.classes)
    network = network.to(memory_format=layout).train()
    if tunes:
        keep_norms(network)
    learned = [parameter for parameter in network.parameters() if parameter.requires_grad]
    if tunes:
        optimizer = torch.optim.AdamW(learned, lr=5e-5, weight_decay=0.01, foreach=True)
    else:
        optimizer = torch.optim.SGD(learned, lr=0.1, momentum=0.9, weight_decay=1e-4, foreach=True)
    cross_entropy = nn.CrossEntropyLoss()
    supply = batches(pictures, labels, settings.batch, generator)

    def clip():
        if tunes:
            nn.utils.clip_grad_norm_(learned, 1)

    steps.measure(settings, network, optimizer, supply, layout, cross_entropy, clip)


if __name__ == "__main__":
    main()
