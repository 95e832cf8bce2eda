"""Computes every kind of layer with PyTorch, as golden numbers for LayerSpecificationTest.

Run: /usr/bin/python3 train/src/test/python/layers.py   (Debian: python3-torch; made with torch 1.13)

Each network begins with a 1x1 convolution from 3 to 3 channels, so that gradients flow through the layer in question, and ends flat.
Pictures and tensors are patterns that both sides compute, so that the file holds nothing but results.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

N, C, H, W = 2, 3, 7, 5
TARGET = pathlib.Path(__file__).parent.parent / "resources/io/fovea/network/layers.json"


def pictures():
    """Bytes [N, H, W, C] (i * 73 + 19) mod 256, normalised by mean 0.5 and standard deviation 0.25, as [N, C, H, W]."""
    values = [((i * 73 + 19) % 256 / 255 - 0.5) / 0.25 for i in range(N * H * W * C)]
    return torch.tensor(values, dtype=torch.float64).reshape(N, H, W, C).permute(0, 3, 1, 2).contiguous()


def tensor(index, name, shape):
    """The tensor that comes at this index in the network: values from -1 to 1; variances from 0.5 to 1.5; labels 0 1 2 3 0 1 ..."""
    count = int(torch.Size(shape).numel())
    values = [((i * 37 + index * 17 + 5) % 101 - 50) / 50 for i in range(count)]
    if name.endswith("running_var"):
        values = [0.5 + abs(value) for value in values]
    if name.endswith("labels"):
        values = [float(i % 4) for i in range(count)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


CASES = []


def case(name, layers, shapes, compute):
    CASES.append((name, [layers] if isinstance(layers, str) else layers, shapes, compute))


conv = {"conv2.weight": (4, 3, 3, 3), "conv2.bias": (4,)}
case("convolution", "convolution: {outputs: 4, kernel: 3}", conv, lambda x, p: F.conv2d(x, p["conv2.weight"], p["conv2.bias"]))
case("convolution, stride 2, padding 1, kernel 3x2", "convolution: {outputs: 4, kernel: [3, 2], stride: 2, padding: 1}",
     {"conv2.weight": (4, 3, 3, 2), "conv2.bias": (4,)}, lambda x, p: F.conv2d(x, p["conv2.weight"], p["conv2.bias"], stride=2, padding=1))
case("convolution, padding that differs by side", "convolution: {outputs: 4, kernel: 3, padding: {top: 1, left: 1, right: 2}}", conv,
     lambda x, p: F.conv2d(F.pad(x, (1, 2, 1, 0)), p["conv2.weight"], p["conv2.bias"]))
case("convolution, dilated", "convolution: {outputs: 4, kernel: 3, padding: 2, dilation: 2}", conv,
     lambda x, p: F.conv2d(x, p["conv2.weight"], p["conv2.bias"], padding=2, dilation=2))
case("convolution, depthwise, without bias", "convolution: {outputs: 6, kernel: 3, groups: 3, bias: false}", {"conv2.weight": (6, 1, 3, 3)},
     lambda x, p: F.conv2d(x, p["conv2.weight"], groups=3))

for word, function in (("max-pooling", F.max_pool2d), ("average-pooling", F.avg_pool2d)):
    case(word, word + ": {kernel: 2}", {}, lambda x, p, f=function: f(x, 2))
    case(word + ", overlapping, padded", word + ": {kernel: 3, stride: 2, padding: 1}", {}, lambda x, p, f=function: f(x, 3, 2, 1))
    case(word + ", rounded up", word + ": {kernel: 2, rounding: ceiling}", {}, lambda x, p, f=function: f(x, 2, 2, ceil_mode=True))
    case(word + ", padded, rounded up", word + ": {kernel: 4, stride: 3, padding: 1, rounding: ceiling}", {},
         lambda x, p, f=function: f(x, 4, 3, 1, ceil_mode=True))
    case(word + ", padded, last window left out", word + ": {kernel: 2, padding: 1, rounding: ceiling}", {},
         lambda x, p, f=function: f(x, 2, 2, 1, ceil_mode=True))
    case(word + ", window wider than the map, rounded up", word + ": {kernel: 6, stride: 2, rounding: ceiling}", {},
         lambda x, p, f=function: f(x, 6, 2, ceil_mode=True))

case("global-max-pooling", "global-max-pooling", {}, lambda x, p: x.amax((2, 3)))
case("global-average-pooling", "global-average-pooling", {}, lambda x, p: x.mean((2, 3)))
case("adaptive-average-pooling, bins that overlap", "adaptive-average-pooling: {size: [3, 2]}", {}, lambda x, p: F.adaptive_avg_pool2d(x, (3, 2)))
case("adaptive-average-pooling, larger than the map", "adaptive-average-pooling: {size: [4, 8]}", {}, lambda x, p: F.adaptive_avg_pool2d(x, (4, 8)))
case("adaptive-average-pooling to a pixel", "adaptive-average-pooling: {size: 1}", {}, lambda x, p: F.adaptive_avg_pool2d(x, 1))
case("dense", ["flatten", "dense: {outputs: 4}"], {"dense1.weight": (4, 105), "dense1.bias": (4,)},
     lambda x, p: F.linear(x.flatten(1), p["dense1.weight"], p["dense1.bias"]))
case("dense without bias", ["flatten", "dense: {outputs: 4, bias: false}"], {"dense1.weight": (4, 105)},
     lambda x, p: F.linear(x.flatten(1), p["dense1.weight"]))

for word, function in (("relu", F.relu), ("relu6", F.relu6), ("leaky-relu", lambda x: F.leaky_relu(x, 0.01)), ("elu", F.elu),
                       ("sigmoid", torch.sigmoid), ("tanh", torch.tanh), ("gelu", F.gelu), ("silu", F.silu), ("softplus", F.softplus)):
    # six times the value, so that both ends of every function are reached
    case(word, ["scale: {factor: 6}", word], {}, lambda x, p, f=function: f(x * 6))

case("dropout", "dropout", {}, lambda x, p: x)
norm = ("norm1.weight", "norm1.bias", "norm1.running_mean", "norm1.running_var")
case("batch-norm", "batch-norm: {epsilon: 0.001}", {name: (3,) for name in norm},
     lambda x, p: F.batch_norm(x, p[norm[2]], p[norm[3]], p[norm[0]], p[norm[1]], eps=0.001))
case("batch-norm of features", ["flatten", "batch-norm"], {name: (105,) for name in norm},
     lambda x, p: F.batch_norm(x.flatten(1), p[norm[2]], p[norm[3]], p[norm[0]], p[norm[1]], eps=1e-5))
case("local-response-norm", "local-response-norm: {size: 3, alpha: 0.3, beta: 0.6, k: 2}", {}, lambda x, p: F.local_response_norm(x, 3, 0.3, 0.6, 2))
case("local-response-norm, wider than the channels", "local-response-norm: {size: 5, alpha: 0.1}", {},
     lambda x, p: F.local_response_norm(x, 5, 0.1, 0.75, 1))
case("scale", "scale: {factor: -0.0125}", {}, lambda x, p: x * -0.0125)
case("flatten", "flatten", {}, lambda x, p: x)
case("add", ["sigmoid", "add: {inputs: [conv1, sigmoid1]}"], {}, lambda x, p: x + torch.sigmoid(x))
case("add, three inputs", ["sigmoid", "tanh", "add: {inputs: [conv1, sigmoid1, tanh1]}"], {},
     lambda x, p: x + torch.sigmoid(x) + torch.tanh(torch.sigmoid(x)))
case("multiply", ["sigmoid", "multiply: {inputs: [conv1, sigmoid1]}"], {}, lambda x, p: x * torch.sigmoid(x))
case("multiply by a gate", ["global-average-pooling", "sigmoid", "multiply: {inputs: [conv1, sigmoid1]}"], {},
     lambda x, p: x * torch.sigmoid(x.mean((2, 3), keepdim=True)))
case("multiply, gate first", ["global-max-pooling", "tanh", "multiply: {inputs: [tanh1, conv1]}"], {},
     lambda x, p: x * torch.tanh(x.amax((2, 3), keepdim=True)))
for factor in (1, 2, 3, 8):
    case("upsample %d times, bilinear" % factor, "upsample: {factor: %d}" % factor, {},
         lambda x, p, f=factor: F.interpolate(x, scale_factor=f, mode="bilinear", align_corners=False))
    case("upsample %d times, nearest" % factor, "upsample: {factor: %d, interpolation: nearest}" % factor, {},
         lambda x, p, f=factor: F.interpolate(x, scale_factor=f, mode="nearest"))
case("upsample of a pixel", ["global-average-pooling", "upsample: {factor: 2}"], {}, lambda x, p: x.mean((2, 3), keepdim=True).expand(-1, -1, 2, 2))
case("concat", ["max-pooling: {kernel: 3, stride: 1, padding: 1}", "concat: {inputs: [pool1, conv1]}"], {},
     lambda x, p: torch.cat([F.max_pool2d(x, 3, 1, 1), x], 1))
case("concat of features", ["global-max-pooling", "flatten", "flatten: {inputs: conv1}", "concat: {inputs: [flatten1, flatten2]}"], {},
     lambda x, p: torch.cat([x.amax((2, 3)), x.flatten(1)], 1))
case("identity-shortcut", "identity-shortcut: {outputs: 8, stride: 2}", {}, lambda x, p: F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 2, 3)))


def nearest_neighbours(x, references, labels, k, outputs):
    """Distances one by one and a Python sort, which is stable."""
    rows = []
    for row in x.flatten(1):
        nearest = sorted(range(len(references)), key=lambda r: float((row - references[r]).square().sum()))[:k]
        votes = [sum(1 + 1e-3 * 0.5 ** rank for rank, r in enumerate(nearest) if int(labels[r]) == c) for c in range(outputs)]
        total = sum(1 + 1e-3 * 0.5 ** rank for rank in range(k)) + outputs * 1e-6
        rows.append([math.log((vote + 1e-6) / total) for vote in votes])
    return torch.tensor(rows, dtype=torch.float64)


# beside a dense layer, through which gradients flow
case("nearest-neighbours", ["flatten", "nearest-neighbours: {k: 5, references: 12, outputs: 4}", "dense: {outputs: 4, inputs: flatten1}",
                            "add: {inputs: [neighbours1, dense1]}"],
     {"neighbours1.references": (12, 105), "neighbours1.labels": (12,), "dense1.weight": (4, 105), "dense1.bias": (4,)},
     lambda x, p: nearest_neighbours(x, p["neighbours1.references"], p["neighbours1.labels"], 5, 4)
     + F.linear(x.flatten(1), p["dense1.weight"], p["dense1.bias"]))
case("softmax", ["flatten", "dense: {outputs: 4}", "softmax"], {"dense1.weight": (4, 105), "dense1.bias": (4,)},
     lambda x, p: F.linear(x.flatten(1), p["dense1.weight"], p["dense1.bias"]))


def main():
    lines = []
    for name, layers, shapes, compute in CASES:
        shapes = {"conv1.weight": (3, 3, 1, 1), "conv1.bias": (3,), **shapes}
        parameters = {key: tensor(index, key, shape) for index, (key, shape) in enumerate(shapes.items())}
        stem = F.conv2d(pictures(), parameters["conv1.weight"], parameters["conv1.bias"])
        logits = compute(stem, parameters).flatten(1)
        probabilities = torch.softmax(logits, 1)
        lines.append(json.dumps({
            "name": name,
            "layers": layers,
            "logits": [float("%.7g" % value) for value in logits.flatten().tolist()],
            "firstProbabilities": [float("%.7g" % value) for value in probabilities[:, 0].tolist()],
        }))
    TARGET.write_text("[\n" + ",\n".join(lines) + "\n]\n")


main()
