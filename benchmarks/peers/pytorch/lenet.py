"""LeNet trained by PyTorch, as a careful user would: whole steps, everything in memory, no per-picture Python.

Prints one line of JSON: peer, version, imagesPerSecond, steps, batchSize, threads, finalLoss.
A timed step gathers the shuffled pictures from their bytes, normalises, runs forward, backward and the update.
"""

import argparse
import gzip
import json
import os
import pathlib
import time

import numpy
import torch
from torch import nn

MEAN, STANDARD_DEVIATION = 0.1307, 0.3081
LOSS_STEPS = 20  # at the end; their mean is reported, as a single batch says little


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
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--warm-up", type=int, default=100)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="pytorch")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--bfloat16", action="store_true")
    settings = parser.parse_args()

    torch.set_num_threads(settings.threads)
    generator = torch.Generator().manual_seed(settings.seed)
    torch.manual_seed(settings.seed)
    folder = pathlib.Path(settings.data) / "mnist"
    pictures = idx(folder / "train-images-idx3-ubyte.gz", 2051, 3)
    labels = idx(folder / "train-labels-idx1-ubyte.gz", 2049, 1).long()

    network = nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10),
    )
    layout = torch.channels_last if settings.channels_last else torch.contiguous_format
    network = network.to(memory_format=layout)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, foreach=True)
    cross_entropy = nn.CrossEntropyLoss()
    supply = batches(pictures, labels, settings.batch, generator)

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
    }))


if __name__ == "__main__":
    main()
