"""A U-Net of few channels trained by PyTorch, as a careful user would: whole steps, everything in memory, no per-picture Python.

Prints one line of JSON: peer, version, imagesPerSecond, steps, batchSize, threads, finalLoss, parameters.
A timed step gathers the shuffled pictures from their bytes, normalises, runs forward, backward and the update.
"""

import argparse
import pathlib

import numpy
import torch
from torch import nn

import steps

CHANNELS = (16, 32, 64, 128)
UNLABELLED = 255


class Twice(nn.Sequential):
    """Two convolutions, each with batch norm and ReLU."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
        )


class UNet(nn.Module):
    """As "unet-half" and "unet-small" of Fovea's catalogue: the first works at half the picture's size."""

    def __init__(self, channels, classes, stem):
        super().__init__()
        inputs = (channels, *CHANNELS[:-1])
        self.encoders = nn.ModuleList(
            Twice(i, o, stem if level == 0 else 1) for level, (i, o) in enumerate(zip(inputs, CHANNELS)))
        self.decoders = nn.ModuleList(Twice(deep + flat, flat) for flat, deep in zip(CHANNELS, CHANNELS[1:]))
        self.pool = nn.MaxPool2d(2)
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)
        self.head = nn.Conv2d(CHANNELS[0], classes, 1)
        self.stem = stem

    def forward(self, x):
        levels = []
        for encoder in self.encoders:
            x = encoder(self.pool(x) if levels else x)
            levels.append(x)
        for decoder, level in zip(reversed(self.decoders), reversed(levels[:-1])):
            x = decoder(torch.cat((self.up(x), level), 1))
        x = self.head(x)
        return self.up(x) if self.stem == 2 else x


def batches(pictures, masks, size, generator):
    """Endless shuffled batches [N, C, H, W] normalised, [N, H, W]; a last batch that is not full is left out."""
    sample = pictures[: min(len(pictures), 50)].float().div_(255)
    mean = sample.mean((0, 1, 2)).view(1, -1, 1, 1)
    deviation = sample.std((0, 1, 2)).view(1, -1, 1, 1)
    while True:
        order = torch.randperm(len(masks), generator=generator)
        for start in range(0, len(order) - size + 1, size):
            chosen = order[start : start + size]
            batch = pictures[chosen].permute(0, 3, 1, 2).float()
            yield batch.div_(255).sub_(mean).div_(deviation), masks[chosen].long()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--network", choices=("unet-half", "unet-small"), required=True)
    for name in ("--count", "--height", "--width", "--channels", "--classes"):
        parser.add_argument(name, type=int, required=True)
    steps.add_options(parser)
    settings = parser.parse_args()

    generator, layout = steps.begin(settings)
    size = (settings.count, settings.height, settings.width)
    pictures = torch.from_numpy(numpy.fromfile(settings.data / "pictures.bin", numpy.uint8).reshape(*size, settings.channels))
    masks = torch.from_numpy(numpy.fromfile(settings.data / "masks.bin", numpy.uint8).reshape(size))

    network = UNet(settings.channels, settings.classes, 2 if settings.network == "unet-half" else 1)
    network = network.to(memory_format=layout).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.002, weight_decay=0.01, foreach=True)
    cross_entropy = nn.CrossEntropyLoss(ignore_index=UNLABELLED)
    supply = batches(pictures, masks, settings.batch, generator)

    steps.measure(settings, network, optimizer, supply, layout, cross_entropy)


if __name__ == "__main__":
    main()
