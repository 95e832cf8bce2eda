"""Statistics of pictures and their distances by NumPy, for PictureStatisticsTest: writes ../../resources/io/fovea/export/picture-statistics.json."""

import json
import pathlib

import numpy as np

FLOOR, SHRINKAGE, LEAST_VARIANCE = 1e-5, 0.02, 1e-3
HEIGHT, WIDTH, COUNT = 9, 7, 30


def pictures(count, channels, phase):
    """Bytes [N, H, W, C] drawn by a formula."""
    n, y, x, c = np.ogrid[:count, :HEIGHT, :WIDTH, :channels]
    n = n + phase
    wave = np.sin(0.9 * n + 0.7 * y * np.cos(n) + 0.4 * x) + 0.5 * np.cos(1.7 * n * (c + 1) + x * y)
    return np.rint(np.clip(120 + 60 * wave, 0, 255)).astype(np.uint8)


def statistics(pixels):
    """[N, H, W, C] -> [N, F], by slices in place of filters."""
    values = pixels.astype(np.float64) / 255
    rows, columns = (HEIGHT - 4) // 2 + 1, (WIDTH - 4) // 2 + 1

    def at(picture, y, x):
        return picture[:, y : y + 2 * rows : 2, x : x + 2 * columns : 2][:, :rows, :columns]

    grey = values.mean(3)
    maps = []
    for side in (1, 2):
        box = lambda top, left: sum(at(grey, top + i, left + j) for i in range(side) for j in range(side)) / side**2
        a, b, c, d = box(0, 0), box(0, side), box(side, 0), box(side, side)
        maps += [(a - b + c - d) / 2, (a + b - c - d) / 2, (a - b - c + d) / 2]
    maps += [at(grey, 1, 1), 1 - at(grey, 1, 1)]
    if values.shape[3] == 3:
        red, green, blue = (at(values[..., i], 1, 1) for i in range(3))
        for colour in (red - blue, green - (red + blue) / 2):
            maps += [colour, 1 + colour]
    energies = np.stack([(each**2).sum((1, 2)) for each in maps], 1)
    return np.log(energies + FLOOR * rows * columns)


def distances(training, probes):
    mean = training.mean(0)
    covariance = np.cov(training.T, bias=True)
    covariance += np.diag(SHRINKAGE * np.diag(covariance) + LEAST_VARIANCE)
    z = probes - mean
    return np.sqrt(np.einsum("ni,ij,nj->n", z, np.linalg.inv(covariance), z))


cases = []
for channels in (1, 3):
    training = pictures(COUNT, channels, 0)
    flat = np.stack([np.full((HEIGHT, WIDTH, channels), value, np.uint8) for value in (0, 128, 255)])
    probes = np.concatenate([pictures(3, channels, 100.5), flat])
    cases.append(
        {
            "channels": channels,
            "training": training.ravel().tolist(),
            "probes": probes.ravel().tolist(),
            "statistics": statistics(probes).ravel().tolist(),
            "distances": distances(statistics(training), statistics(probes)).tolist(),
        }
    )
target = pathlib.Path(__file__).parents[2] / "resources/io/fovea/export/picture-statistics.json"
target.write_text(json.dumps({"height": HEIGHT, "width": WIDTH, "cases": cases}) + "\n")
