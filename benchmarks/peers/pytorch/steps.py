"""What the peers' trainings share: their common options, whole steps timed after a warm-up, and the line of JSON that tells what was measured."""

import json
import time

import torch

LOSS_STEPS = 20  # at the end; their mean is reported, as a single batch says little


def add_options(parser, steps=None, warm_up=None, batch=None, threads=None):
    """Adds the options of every training; one without a value here must be given."""
    for name, usual in (("--steps", steps), ("--warm-up", warm_up), ("--batch", batch), ("--threads", threads)):
        parser.add_argument(name, type=int, default=usual, required=usual is None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="pytorch")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--bfloat16", action="store_true")


def begin(settings):
    """Sets threads and seeds; returns the generator of the order of pictures, and the layout of maps in memory."""
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    layout = torch.channels_last if settings.channels_last else torch.contiguous_format
    return torch.Generator().manual_seed(settings.seed), layout


def measure(settings, network, optimizer, supply, layout, cross_entropy, before_update=lambda: None):
    """Trains and prints. A step takes the next batch, runs forward, backward and the update."""

    def step():
        x, y = next(supply)
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=settings.bfloat16):
            logits = network(x.contiguous(memory_format=layout))
        loss = cross_entropy(logits.float(), y)
        loss.backward()
        before_update()
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
