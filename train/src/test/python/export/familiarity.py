"""Distances of vectors to training vectors by NumPy, for FeatureDistanceTest: writes ../../resources/io/fovea/export/familiarity.json."""

import json
import pathlib

import numpy as np

N, D, DIRECTIONS, SHRINKAGE = 40, 6, 2, 0.05


def vectors(count, phase, width=D):
    """Drawn by a formula: two strong directions, others weak."""
    n, d = np.arange(count)[:, None] + phase, np.arange(width)[None, :]
    strong = np.sin(1.3 * n) * np.cos(d) + 0.6 * np.cos(2.1 * n) * np.sin(0.7 * d + 1)
    return (3 + strong + 0.1 * np.sin(5.7 * n * (d + 1))).astype(np.float32)


def direction(x):
    x = x.astype(np.float64)
    length = np.sqrt((x**2).sum(1, keepdims=True))
    return x / np.where(length == 0, 1, length)


def distances(training, probes, directions):
    v = direction(training)
    mean = v.mean(0)
    centred = v - mean
    width = training.shape[1]
    values, axes = np.linalg.eigh(centred.T @ centred / len(v))
    values, axes = values[::-1], axes[:, ::-1]
    floor = SHRINKAGE * values.sum() / width
    others = values[directions:].sum() / (width - directions)
    basis = axes[:, :directions]
    scales = (np.abs(basis).max(0) / 127).astype(np.float32)
    basis = np.rint(basis / scales) * scales  # 8 bits
    factors = 1 / (values[:directions] + floor) - 1 / (others + floor)
    z = direction(probes) - mean
    squared = (z**2).sum(1) / (others + floor) + ((z @ basis) ** 2 * factors).sum(1)
    return np.sqrt(np.maximum(squared, 0))


cases = []
for name, count, width in (("more pictures than numbers", N, D), ("fewer pictures than numbers", 9, 12)):
    training = vectors(count, 0, width)
    probes = np.concatenate([vectors(4, 1000.5, width), -vectors(2, 7, width), np.zeros((1, width), np.float32)])
    cases.append(
        {
            "name": name,
            "width": width,
            "training": training.ravel().tolist(),
            "probes": probes.ravel().tolist(),
            "distances": distances(training, probes, DIRECTIONS).tolist(),
        }
    )
target = pathlib.Path(__file__).parents[2] / "resources/io/fovea/export/familiarity.json"
target.write_text(json.dumps({"directions": DIRECTIONS, "cases": cases}, indent=1) + "\n")
