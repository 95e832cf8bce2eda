"""Percentiles of durations as NumPy has them, for DurationsTest: python3 percentiles.py"""
import numpy

print(numpy.__version__)


def durations(count):
    """Nanoseconds of a little generator that a test repeats: x <- 1103515245 x + 12345 mod 2^31."""
    x, found = 1, []
    for _ in range(count):
        x = (1103515245 * x + 12345) % 2**31
        found.append(100_000 + x % 5_000_000)
    return numpy.array(found, dtype=numpy.float64)


for count in [1, 2, 7, 10, 100, 1000, 4321]:
    values = durations(count) / 1e6
    wanted = [0, 50, 90, 99, 99.9, 100]
    print(count, repr(float(values.mean())), [repr(float(numpy.percentile(values, each))) for each in wanted])
