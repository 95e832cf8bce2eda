"""Losses with their gradients, bounded gradients, rates per group and mean weights, as PyTorch computes them.

Run with Debian's python3-torch; writes src/test/resources/io/fovea/optimize/losses.json.
"""
import copy
import json
import pathlib

import torch
from torch.nn import functional

LOGITS = [[2.0, -1.0, 0.5], [0.0, 0.0, 0.0], [-3.0, 4.0, 1.0], [1.0, 2.0, -2.0]]
FIRST = [0, 2, 2, 1]
SECOND = [1, 2, 0, 0]
SHARES = [0.75, 0.5, 0.25, 1.0]
WEIGHTS = [1.0, 2.0, 0.5]
OUTPUTS = [[0.5, -1.0], [2.0, 0.25], [0.0, 3.0]]
VALUES = [[0.5, -1.5], [0.0, 0.0], [0.125, -1.0]]
MAPS = [  # [N, K, H, W]
    [[[2.0, -1.0], [0.5, 0.0]], [[0.0, 0.0], [-3.0, 4.0]], [[1.0, 1.0], [2.0, -2.0]]],
    [[[0.25, 3.0], [-1.0, 1.5]], [[-0.5, 0.5], [2.0, -1.5]], [[1.0, 0.0], [0.0, 0.75]]],
]
MASKS = [[[0, 255], [2, 1]], [[1, 0], [255, 255]]]  # 255: nothing known


def numbers(tensor):
    return [float(value) for value in tensor.detach().flatten()]


def judged(start, loss):
    x = torch.tensor(start, requires_grad=True)
    value = loss(x)
    value.backward()
    return {"value": float(value), "gradient": numbers(x.grad)}


def labels(weights, smoothing):
    weight = None if weights is None else torch.tensor(weights)
    return lambda x: functional.cross_entropy(x, torch.tensor(FIRST), weight=weight, label_smoothing=smoothing)


def probabilities():
    shares = torch.tensor(SHARES)[:, None]
    return shares * functional.one_hot(torch.tensor(FIRST), 3) + (1 - shares) * functional.one_hot(torch.tensor(SECOND), 3)


def mixed(smoothing):
    return lambda x: functional.cross_entropy(x, probabilities(), label_smoothing=smoothing)


def mixed_weighted(x):
    """PyTorch divides by N here; the mean over what the pictures weigh is the same rule as for plain labels."""
    total = functional.cross_entropy(x, probabilities(), weight=torch.tensor(WEIGHTS), reduction="sum")
    return total / (probabilities() * torch.tensor(WEIGHTS)).sum()


def pixels(weights, smoothing):
    weight = None if weights is None else torch.tensor(weights)
    masks = torch.tensor(MASKS)
    return lambda x: functional.cross_entropy(x, masks, weight=weight, ignore_index=255, label_smoothing=smoothing)


def clipped(clip):
    parameters = [torch.zeros(2, requires_grad=True), torch.zeros(3, requires_grad=True)]
    parameters[0].grad = torch.tensor([3.0, -4.0])
    parameters[1].grad = torch.tensor([12.0, 0.5, -0.25])
    clip(parameters)
    return numbers(torch.cat([parameter.grad for parameter in parameters]))


def groups():
    first = torch.tensor([1.0, -1.0], requires_grad=True)
    second = torch.tensor([0.5], requires_grad=True)
    optimizer = torch.optim.AdamW(
        [{"params": [first], "lr": 0.1}, {"params": [second], "lr": 0.01}], betas=(0.9, 0.999), eps=1e-8, weight_decay=0.02
    )
    for gradient in ([0.3, -0.2, 0.7], [0.1, 0.4, -0.6], [0.0, 1.0, 0.2]):
        first.grad = torch.tensor(gradient[:2])
        second.grad = torch.tensor(gradient[2:])
        optimizer.step()
    return numbers(torch.cat([first, second]))


def averaged(decay):
    model = torch.nn.Linear(3, 1, bias=False)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[1.0, -2.0, 0.5]]))
    mean = copy.deepcopy(model)
    steps = []
    for t, change in enumerate(([0.5, 0.0, -1.0], [0.25, 1.0, 0.0], [-2.0, 0.5, 0.125]), start=1):
        share = min(decay, (1 + t) / (10 + t))
        with torch.no_grad():
            model.weight.add_(torch.tensor([change]))
            for average, weight in zip(mean.parameters(), model.parameters()):
                average.lerp_(weight, 1 - share)
        steps.append(numbers(mean.weight))
    return steps


document = {
    "weighted": judged(LOGITS, labels(WEIGHTS, 0.0)),
    "weightedSmoothed": judged(LOGITS, labels(WEIGHTS, 0.1)),
    "mixed": judged(LOGITS, mixed(0.0)),
    "mixedSmoothed": judged(LOGITS, mixed(0.1)),
    "mixedWeighted": judged(LOGITS, mixed_weighted),
    "pixels": judged(MAPS, pixels(None, 0.0)),
    "pixelsSmoothed": judged(MAPS, pixels(None, 0.1)),
    "pixelsWeighted": judged(MAPS, pixels(WEIGHTS, 0.0)),
    "pixelsWeightedSmoothed": judged(MAPS, pixels(WEIGHTS, 0.1)),
    "meanSquaredError": judged(OUTPUTS, lambda x: functional.mse_loss(x, torch.tensor(VALUES))),
    "meanAbsoluteError": judged(OUTPUTS, lambda x: functional.l1_loss(x, torch.tensor(VALUES))),
    "smoothL1": judged(OUTPUTS, lambda x: functional.smooth_l1_loss(x, torch.tensor(VALUES), beta=0.5)),
    "clippedByNorm": clipped(lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 2.0)),
    "clippedByLargeNorm": clipped(lambda parameters: torch.nn.utils.clip_grad_norm_(parameters, 20.0)),
    "clippedByValue": clipped(lambda parameters: torch.nn.utils.clip_grad_value_(parameters, 1.0)),
    "groups": groups(),
    "averaged": averaged(0.2),
}
target = pathlib.Path(__file__).parent.parent / "resources/io/fovea/optimize/losses.json"
target.write_text(json.dumps(document, indent=1) + "\n")
