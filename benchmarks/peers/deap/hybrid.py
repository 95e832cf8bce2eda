"""The talk's search as its slides tell it: DEAP's CMA-ES on one filter of the second convolution after the other, no backpropagation.

Prints one line of JSON: peer, version, algorithm, evaluationsPerSecond (whole generations: sampling, evaluation, update), evaluations, generations,
population, dimensions, filters, fitness, pictures, references, threads, seconds {evaluation, strategy}, bestFitness {first, last}.

The network is convolution 32 of 3x3, ReLU, max pooling 2, convolution 64 of 3x3, ReLU, max pooling 2: 1,600 numbers for a picture. A filter of the second
convolution is 32 x 3 x 3 weights and a bias, 289 numbers; the strategy starts at its present value, runs some generations, its mean is plugged in and the
next filter follows ("serial", slides 19 and 25). A candidate's fitness comes from forward passes of the whole network, as a user of a deep-learning
library beside DEAP has it; --keep-maps spares the frozen first layer, which a careful user would.

Fitness "ridge": mean square of (maps x head - targets) over the pictures of the generation, [N, 1600] x [1600, 10], at a head fitted once in closed form.
Fitness "neighbours": share of the pictures that 9-NN calls wrongly, in the maps of the candidate, so the references go through the network as well.

Why not all 18,816 numbers at once: cma.Strategy holds C, B and B*D, 3 x 2.8 GB in doubles, and takes the eigenvalues of C after every generation, 18,816^3 = 6.7e12
times a factor of up to 9: about half an hour, scaled up from n = 1,600, for 33 candidates. The rank-one learning rate there is 2 / 18,817^2 = 6e-9.
"""

import argparse
import gzip
import json
import os
import pathlib
import time

import deap
import numpy
import torch
from deap import base, cma, creator
from torch.nn import functional

CLASSES = 10
NEIGHBOURS = 9
FIRST, SECOND = 32, 64
SHRINKAGE = 0.01


def idx(path, magic, axes):
    data = gzip.decompress(path.read_bytes())
    header = numpy.frombuffer(data, ">i4", 1 + axes)
    if header[0] != magic:
        raise SystemExit(f"{path}: expected idx magic {magic}, found {header[0]}")
    return torch.from_numpy(numpy.frombuffer(data, numpy.uint8, offset=4 * (1 + axes)).reshape(*header[1:]).copy())


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, default=os.environ.get("FOVEA_DATA", "../shared/data"))
    parser.add_argument("--fitness", choices=["ridge", "neighbours"], default="ridge")
    parser.add_argument("--pictures", type=int, default=256, help="judged in each generation")
    parser.add_argument("--references", type=int, default=4000, help="the head is fitted to them, or they are the neighbours")
    parser.add_argument("--filters", type=int, default=2, help="searched one after the other")
    parser.add_argument("--generations", type=int, default=15, help="for each filter")
    parser.add_argument("--warm-up", type=int, default=2, help="generations that are not timed")
    parser.add_argument("--sigma", type=float, default=0.24, help="first step size, by the root mean square of the layer's weights")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="deap")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--keep-maps", action="store_true", help="compute the first layer once a generation")
    return parser.parse_args()


class Network:
    """Both convolutions; the second one's weights change in place."""

    def __init__(self, generator, layout):
        def he(*shape):
            spread = (2 / numpy.prod(shape[1:])) ** 0.5
            return (torch.randn(*shape, generator=generator) * spread).contiguous(memory_format=layout)

        self.layout = layout
        self.first, self.first_bias = he(FIRST, 1, 3, 3), torch.zeros(FIRST)
        self.second, self.second_bias = he(SECOND, FIRST, 3, 3), torch.zeros(SECOND)

    def lower(self, pictures):
        """Pictures [N, 1, 28, 28] to the maps of the first pooling, [N, 32, 13, 13]."""
        pictures = pictures.contiguous(memory_format=self.layout)
        return functional.relu(functional.max_pool2d(functional.conv2d(pictures, self.first, self.first_bias), 2))

    def upper(self, maps):
        """Maps of the first pooling to the numbers of a picture, [N, 1600]."""
        pooled = functional.max_pool2d(functional.conv2d(maps, self.second, self.second_bias), 2)
        return functional.relu(pooled).flatten(1)

    def filter(self, number):
        return numpy.append(self.second[number].numpy().reshape(-1), self.second_bias[number].item())

    def plug_in(self, number, values):
        values = torch.from_numpy(numpy.asarray(values, numpy.float32))
        self.second[number] = values[:-1].reshape(FIRST, 3, 3)
        self.second_bias[number] = values[-1]


def ridge_head(maps, targets):
    """Weights [1600, K] and the means of maps and targets: least squares with a little of the mean variance added."""
    mean, target_mean = maps.mean(0), targets.mean(0)
    centred = maps - mean
    gram = centred.T @ centred / len(maps)
    gram += SHRINKAGE * gram.diagonal().mean() * torch.eye(len(gram))
    return torch.linalg.solve(gram, centred.T @ (targets - target_mean) / len(maps)), mean, target_mean


class Ridge:
    def __init__(self, network, pictures, labels):
        maps = torch.cat([network.upper(network.lower(part)) for part in pictures.split(500)])
        self.weights, self.mean, self.target_mean = ridge_head(maps, functional.one_hot(labels, CLASSES).float())

    def prepare(self, kept, labels):
        self.targets = functional.one_hot(labels, CLASSES).float() - self.target_mean

    def of(self, maps, forward):
        return ((maps - self.mean) @ self.weights - self.targets).square().mean().item()


class Neighbours:
    def __init__(self, network, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def prepare(self, kept, labels):
        self.truth = labels
        self.sources = kept(self.pictures)

    def of(self, maps, forward):
        references = torch.cat([forward(part) for part in self.sources.split(500)])
        distances = torch.addmm(references.square().sum(1), maps, references.T, alpha=-2)
        nearest = self.labels[distances.topk(NEIGHBOURS, largest=False).indices]
        found = functional.one_hot(nearest, CLASSES).sum(1).argmax(1)
        return (found != self.truth).float().mean().item()


def main():
    settings = arguments()
    torch.set_num_threads(settings.threads)
    torch.set_grad_enabled(False)
    generator = torch.Generator().manual_seed(settings.seed)
    numpy.random.seed(settings.seed)  # where DEAP draws from
    folder = settings.data / "mnist"
    pictures = idx(folder / "train-images-idx3-ubyte.gz", 2051, 3).unsqueeze(1).float().div_(255)
    labels = idx(folder / "train-labels-idx1-ubyte.gz", 2049, 1).long()

    network = Network(generator, torch.channels_last if settings.channels_last else torch.contiguous_format)
    count = settings.references
    judge = (Ridge if settings.fitness == "ridge" else Neighbours)(network, pictures[:count], labels[:count])
    creator.create("Fitness", base.Fitness, weights=(-1.0,))
    creator.create("Individual", numpy.ndarray, fitness=creator.Fitness)
    # What is computed once a generation, and what for every candidate.
    if settings.keep_maps:
        kept, forward = network.lower, network.upper
    else:
        kept, forward = lambda part: part, lambda part: network.upper(network.lower(part))
    spread = settings.sigma * network.second.square().mean().sqrt().item()
    seconds = {"evaluation": 0.0, "strategy": 0.0}
    evaluations, timed_generations, best = 0, 0, []

    def generation(strategy, number):
        """One round of ask, evaluate, tell; seconds of the evaluation and of DEAP's own part."""
        start = time.perf_counter()
        population = strategy.generate(creator.Individual)
        asked = time.perf_counter()
        chosen = torch.randperm(len(labels) - count, generator=generator)[: settings.pictures] + count
        batch = kept(pictures[chosen])  # the same for all candidates of a generation
        judge.prepare(kept, labels[chosen])
        for individual in population:
            network.plug_in(number, individual)
            individual.fitness.values = (judge.of(forward(batch), forward),)
        evaluated = time.perf_counter()
        best.append(min(individual.fitness.values[0] for individual in population))
        strategy.update(population)
        told = time.perf_counter()
        return evaluated - asked, asked - start + told - evaluated, len(population)

    warm_up = cma.Strategy(centroid=network.filter(SECOND - 1), sigma=spread)
    before = network.filter(SECOND - 1)
    for _ in range(settings.warm_up):
        generation(warm_up, SECOND - 1)
    network.plug_in(SECOND - 1, before)
    best.clear()

    for number in range(settings.filters):
        start = time.perf_counter()
        strategy = cma.Strategy(centroid=network.filter(number), sigma=spread)
        seconds["strategy"] += time.perf_counter() - start
        for _ in range(settings.generations):
            evaluation, own, size = generation(strategy, number)
            seconds["evaluation"] += evaluation
            seconds["strategy"] += own
            evaluations += size
            timed_generations += 1
        network.plug_in(number, strategy.centroid)

    print(json.dumps({
        "peer": settings.name,
        "version": f"DEAP {deap.__version__}, PyTorch {torch.__version__}",
        "algorithm": "cma-es",
        "evaluationsPerSecond": round(evaluations / sum(seconds.values()), 2),
        "evaluations": evaluations,
        "generations": timed_generations,
        "population": strategy.lambda_,
        "dimensions": strategy.dim,
        "filters": settings.filters,
        "fitness": settings.fitness,
        "pictures": settings.pictures,
        "references": settings.references,
        "threads": settings.threads,
        "seconds": {part: round(value, 3) for part, value in seconds.items()},
        "bestFitness": {"first": round(best[0], 5), "last": round(best[-1], 5)},
    }))


if __name__ == "__main__":
    main()
