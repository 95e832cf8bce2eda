"""A U-Net of few channels trained by PyTorch, as a careful user would: whole steps, everything in memory, no per-picture Python.

Prints one line of JSON: peer, version, imagesPerSecond, steps, batchSize, threads, finalLoss, parameters.
A timed step gathers the shuffled pictures from their bytes, normalises, runs forward, backward and the update.
"""

import argparse
import json
import pathlib
import time

import numpy
import torch
from torch import nn

CHANNELS = (16, 32, 64, 128)
UNLABELLED = 255
LOSS_STEPS = 20  # at the end; their mean is reported, as a single batch says little


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
    for name in ("--count", "--height", "--width", "--channels", "--classes", "--steps", "--warm-up", "--batch", "--threads"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="pytorch")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--bfloat16", action="store_true")
    settings = parser.parse_args()

    torch.set_num_threads(settings.threads)
    generator = torch.Generator().manual_seed(settings.seed)
    torch.manual_seed(settings.seed)
    size = (settings.count, settings.height, settings.width)
    pictures = torch.from_numpy(numpy.fromfile(settings.data / "pictures.bin", numpy.uint8).reshape(*size, settings.channels))
    masks = torch.from_numpy(numpy.fromfile(settings.data / "masks.bin", numpy.uint8).reshape(size))

    layout = torch.channels_last if settings.channels_last else torch.contiguous_format
    network = UNet(settings.channels, settings.classes, 2 if settings.network == "unet-half" else 1)
    network = network.to(memory_format=layout).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.002, weight_decay=0.01, foreach=True)
    cross_entropy = nn.CrossEntropyLoss(ignore_index=UNLABELLED)
    supply = batches(pictures, masks, settings.batch, generator)

    def step():
        x, y = next(supply)
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=settings.bfloat16):
            logits = network(x.contiguous(memory_format=layout))
        loss = cross_entropy(logits.float(), y)
        loss.backward()
        optimizer.step()
        return loss

    for _ in range(settings.warm_up):
        step()
    losses = []
    start = time.perf_counter()
    for number in range(settings.steps):
        loss = step()
        if number >= settings.steps - LOSS_STEPS:
            losses.append(loss.item())
    seconds = time.perf_counter() - start
    print(json.dumps({
        "peer": settings.name,
        "version": "PyTorch " + torch.__version__,
        "imagesPerSecond": round(settings.steps * settings.batch / seconds, 1),
        "steps": settings.steps,
        "batchSize": settings.batch,
        "threads": settings.threads,
        "finalLoss": round(sum(losses) / len(losses), 5),
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
    }))


if __name__ == "__main__":
    main()
