"""Parameters after each of five steps of PyTorch's optimizers, and learning rates of its schedules.

Run with Debian's python3-torch; writes src/test/resources/io/fovea/optimize/optimizers.json.
"""
import json
import pathlib

import torch

START = [0.5, -1.0, 2.0, 0.0]
GRADIENTS = [
    [0.1, -0.2, 0.3, 0.0],
    [0.5, 0.25, -1.0, 0.01],
    [-0.3, 0.0, 0.0, 0.02],
    [0.2, -0.1, 2.0, -0.5],
    [0.0, 0.7, -0.6, 0.4],
]

RULES = {
    "gradientDescent": lambda p: torch.optim.SGD(p, lr=0.1),
    "gradientDescentL2": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.9, 0.999), eps=1e-8),
    "adamW": lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.02),
    "rmsProp": lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.99, eps=1e-8),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1, eps=1e-10),
    "adaDelta": lambda p: torch.optim.Adadelta(p, lr=1.0, rho=0.9, eps=1e-6),
}


def run(make):
    parameter = torch.tensor(START, requires_grad=True)
    optimizer = make([parameter])
    steps = []
    for gradient in GRADIENTS:
        parameter.grad = torch.tensor(gradient)
        optimizer.step()
        steps.append([float(value) for value in parameter.detach()])
    return steps


def loss(smoothing):
    logits = torch.tensor([[2.0, -1.0, 0.5], [0.0, 0.0, 0.0], [-3.0, 4.0, 1.0]], requires_grad=True)
    value = torch.nn.functional.cross_entropy(logits, torch.tensor([0, 2, 2]), label_smoothing=smoothing)
    value.backward()
    return {"value": float(value), "gradient": [float(g) for row in logits.grad for g in row]}


document = {
    "start": START,
    "gradients": GRADIENTS,
    "steps": {name: run(make) for name, make in RULES.items()},
    "crossEntropy": loss(0.0),
    "smoothed": loss(0.1),
}
target = pathlib.Path(__file__).parent.parent / "resources/io/fovea/optimize/optimizers.json"
target.write_text(json.dumps(document, indent=1) + "\n")
