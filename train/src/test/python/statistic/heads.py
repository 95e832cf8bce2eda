"""Closed-form heads by NumPy and SciPy, for HeadsTest: prints the rows of heads.csv.

Features are a formula of picture and feature that the test repeats; the ridge is solved as normal equations, the
discriminants as the generalised eigenproblem of the scatter matrices, each scaled so that its variance within groups is 1.
"""

import numpy as np
from scipy.linalg import eigh

N, D, K, PARTS, SHRINKAGE = 60, 7, 3, 2, 0.05
n, d = np.arange(N)[:, None], np.arange(D)[None, :]
labels = np.arange(N) * 5 % 7 % K
X = (np.sin((n + 1) * (d + 1) * 0.7) + 0.8 * np.cos(labels[:, None] * (d + 2)) + 0.1 * d).astype(np.float32).astype(float)
parts = labels * PARTS + np.arange(N) % PARTS

mean = X.mean(0)
C = (X - mean).T @ (X - mean) / N


def line(name, values):
    print(name + "," + ",".join(f"{value:.9g}" for value in np.ravel(values)))


T = np.eye(K)[labels]
W = np.linalg.solve(C + SHRINKAGE * np.trace(C) / D * np.eye(D), (X - mean).T @ (T - T.mean(0)) / N)
line("ridge", W.T)
line("ridgeBias", T.mean(0) - mean @ W)


def discriminants(name, groups, count):
    within, between = np.zeros((D, D)), np.zeros((D, D))
    for g in range(groups.max() + 1):
        own = X[groups == g]
        share = len(own) / N
        within += share * np.cov(own.T, bias=True)
        between += share * np.outer(own.mean(0) - mean, own.mean(0) - mean)
    raised = within + SHRINKAGE * np.trace(within) / D * np.eye(D)
    values, vectors = eigh(between, raised)
    weight = vectors[:, ::-1][:, :count].T
    line(name, weight * np.sign(weight[:, :1]))  # a direction has no sign: the first number of each is made positive
    line(name + "Strength", values[::-1][:count])


discriminants("classes", labels, K - 1)
discriminants("parts", parts, 4)
