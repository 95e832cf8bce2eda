"""Evaluations that SciPy's differential evolution needs to 1e-8 on the sphere: the number in PopulationSearchTest.

    /usr/bin/python3 differential_evolution.py

Same strategy, members, first box and generations (all trials made before any is judged) as io.fovea.search's "de".
"""

import numpy as np
from scipy.optimize import differential_evolution

DIMENSIONS, CENTRE, STEP = 10, 0.2, 1.0
HALF_WIDTH = np.sqrt(3) * STEP


def evaluations(seed):
    told, reached = 0, None

    def sphere(x):
        nonlocal told, reached
        told += 1
        value = float(np.dot(x, x))
        if value <= 1e-8 and reached is None:
            reached = told
        return value

    differential_evolution(
        sphere,
        [(CENTRE - HALF_WIDTH, CENTRE + HALF_WIDTH)] * DIMENSIONS,
        strategy="rand1bin",
        mutation=0.5,
        recombination=0.9,
        popsize=10,
        init="random",
        updating="deferred",
        polish=False,
        tol=0,
        atol=0,
        maxiter=400,
        seed=seed,
    )
    return reached


counts = sorted(evaluations(seed) for seed in range(1, 8))
print(counts, "median", counts[3])
