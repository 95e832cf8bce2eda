"""Logits of the small Caffe network of CaffeNetworkTest, by PyTorch: colours blue first, bytes less a mean, sizes of pooling rounded up.

Run: /usr/bin/python3 caffe.py
"""
import math

import torch
import torch.nn.functional as F


def values(seed, *shape):
    count = math.prod(shape)
    return torch.tensor([0.3 * math.sin(seed + 0.7 * i) for i in range(count)], dtype=torch.float64).reshape(shape)


height, width = 10, 9
pixels = torch.tensor([(i * 37) % 256 for i in range(height * width * 3)], dtype=torch.float64)
x = pixels.reshape(1, height, width, 3).permute(0, 3, 1, 2)[:, [2, 1, 0]]  # blue, green, red
x = x - torch.tensor([104.0, 117.0, 123.0], dtype=torch.float64).view(1, 3, 1, 1)
x = x * 0.0125
x = F.conv2d(x, values(1, 4, 3, 3, 3), values(2, 4), stride=1, padding=1)
x = F.relu(x)
x = F.max_pool2d(x, 3, 2, ceil_mode=True)
x = F.local_response_norm(x, 5, alpha=0.5, beta=0.75, k=1)
x = F.conv2d(x, values(3, 4, 2, 3, 3), values(4, 4), groups=2)
flat = x.reshape(1, -1)
print("flattened", flat.shape, x.shape)
x = F.relu(flat @ values(5, 6, flat.shape[1]).T + values(6, 6))
x = x @ values(7, 3, 6).T + values(8, 3)
print([round(v, 6) for v in x.flatten().tolist()])
