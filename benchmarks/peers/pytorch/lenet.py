"""LeNet trained by PyTorch, as a careful user would: whole steps, everything in memory, no per-picture Python.

Prints one line of JSON: peer, version, imagesPerSecond, steps, batchSize, threads, finalLoss, parameters.
A timed step gathers the shuffled pictures from their bytes, normalises, runs forward, backward and the update.
"""

import argparse
import gzip
import os
import pathlib

import numpy
import torch
from torch import nn

import steps

MEAN, STANDARD_DEVIATION = 0.1307, 0.3081


def idx(path, magic, axes):
    data = gzip.decompress(path.read_bytes())
    header = numpy.frombuffer(data, ">i4", 1 + axes)
    if header[0] != magic:
        raise SystemExit(f"{path}: expected idx magic {magic}, found {header[0]}")
    return torch.from_numpy(numpy.frombuffer(data, numpy.uint8, offset=4 * (1 + axes)).reshape(*header[1:]).copy())


def batches(pictures, labels, size, generator):
    """Endless shuffled batches [N, 1, H, W] normalised, [N]; a last batch that is not full is left out."""
    while True:
        order = torch.randperm(len(labels), generator=generator)
        for start in range(0, len(order) - size + 1, size):
            chosen = order[start : start + size]
            batch = pictures[chosen].unsqueeze(1).float()
            yield batch.div_(255).sub_(MEAN).div_(STANDARD_DEVIATION), labels[chosen]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, default=os.environ.get("FOVEA_DATA", "../shared/data"))
    steps.add_options(parser, steps=400, warm_up=100, batch=64, threads=2)
    settings = parser.parse_args()

    generator, layout = steps.begin(settings)
    folder = pathlib.Path(settings.data) / "mnist"
    pictures = idx(folder / "train-images-idx3-ubyte.gz", 2051, 3)
    labels = idx(folder / "train-labels-idx1-ubyte.gz", 2049, 1).long()

    network = nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10),
    )
    network = network.to(memory_format=layout)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, foreach=True)
    cross_entropy = nn.CrossEntropyLoss()
    supply = batches(pictures, labels, settings.batch, generator)

    steps.measure(settings, network, optimizer, supply, layout, cross_entropy)


if __name__ == "__main__":
    main()
