"""The expected calibration error that CalibrationTest expects: NumPy's histogram over bins (low, high]."""

import numpy as np

i = np.arange(1, 1001)
probability = (i * 37 % 101) / 101.0
right = i * 53 % 97 < 60
edges = np.linspace(0, 1, 16)
bins = np.clip(np.digitize(probability, edges, right=True) - 1, 0, 14)
error = sum(
    (bins == b).mean() * abs(right[bins == b].mean() - probability[bins == b].mean())
    for b in range(15)
    if (bins == b).any()
)
print(repr(float(error)))
