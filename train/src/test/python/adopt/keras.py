"""Logits of the small Keras model of KerasNetworkTest, by PyTorch with TensorFlow's padding put in by hand.

Run: /usr/bin/python3 keras.py
"""
import math

import torch
import torch.nn.functional as F


def values(seed, *shape):
    count = math.prod(shape)
    return torch.tensor([0.3 * math.sin(seed + 0.7 * i) for i in range(count)], dtype=torch.float64).reshape(shape)


def norm(x, seed, channels):
    gamma, beta = 1 + values(seed, channels), values(seed + 1, channels)
    mean, variance = values(seed + 2, channels), 1 + values(seed + 3, channels).abs()
    view = (1, -1, 1, 1)
    return (x - mean.view(view)) / torch.sqrt(variance.view(view) + 1e-3) * gamma.view(view) + beta.view(view)


height, width = 9, 8
pixels = torch.tensor([(i * 37) % 256 for i in range(height * width * 3)], dtype=torch.float64)
x = (pixels / 127 - 1).reshape(1, height, width, 3).permute(0, 3, 1, 2)

# Conv1: 3x3, stride 2, same; of 9 rows one is added above and one below, of 8 columns one to the right
kernel = values(1, 3, 3, 3, 4).permute(3, 2, 0, 1)
x = F.conv2d(F.pad(x, (0, 1, 1, 1)), kernel, stride=2)
x = F.relu6(norm(x, 2, 4))
first = x
# depthwise 3x3, stride 1, same; then 1x1; then the sum with what went in
kernel = values(10, 3, 3, 4, 1).permute(2, 3, 0, 1)
x = F.conv2d(x, kernel, padding=1, groups=4)
x = F.relu6(norm(x, 11, 4))
kernel = values(20, 1, 1, 4, 4).permute(3, 2, 0, 1)
x = F.conv2d(x, kernel, values(21, 4)) + first
# padded below and to the right, then depthwise 3x3, stride 2, valid
kernel = values(30, 3, 3, 4, 1).permute(2, 3, 0, 1)
x = F.conv2d(F.pad(x, (0, 1, 0, 1)), kernel, stride=2, groups=4)
flat = x.permute(0, 2, 3, 1).reshape(1, -1)  # Keras's Flatten: [H, W, C]
print("flattened", flat.shape)
x = F.relu(flat @ values(40, flat.shape[1], 5) + values(41, 5))
x = x @ values(42, 5, 3)
print([round(v, 6) for v in x.flatten().tolist()])
