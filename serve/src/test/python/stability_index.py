"""The index that DriftTest expects: Jeffreys' divergence as two Kullback-Leibler divergences of SciPy."""
import numpy
from scipy.stats import entropy

reference = numpy.array([700, 200, 90, 10, 0]) + 0.5
latest = numpy.array([120, 60, 15, 0, 5]) + 0.5
print(repr(float(entropy(latest, reference) + entropy(reference, latest))))

# what it is by chance: the mean over draws from one distribution, with counts of 1,000 and of 200 pictures
shares = numpy.array([0.5, 0.2, 0.15, 0.1, 0.05])
random = numpy.random.default_rng(1)
draws = [
    entropy(a, b) + entropy(b, a)
    for a, b in ((random.multinomial(200, shares) + 0.5, random.multinomial(1000, shares) + 0.5) for _ in range(4000))
]
print(numpy.mean(draws), "beside", 4 * (1 / 200 + 1 / 1000))
