"""Writes src/test/resources/evaluation/golden.json: metrics of 200 random predictions by NumPy and SciPy.

Run in the folder train: python3 src/test/python/evaluation/write_golden.py
Nothing here shares a line with the Java code: precision and recall come from sets, ranks from a sort, the loss from SciPy's log_softmax,
Wilson's interval from the roots of the quadratic equation that defines it.
"""
import json

import numpy as np
from scipy.special import log_softmax
from scipy.stats import norm

N, K = 200, 7
random = np.random.default_rng(7)
labels = random.integers(0, K - 1, N)  # class 6 never occurs
logits = np.round(random.normal(0, 2, (N, K)), 2).astype(np.float32)
logits[np.arange(N), labels] += 1.5
logits[:, 5] = -9  # class 5 is never predicted
predicted = logits.argmax(axis=1)
loss = -log_softmax(logits.astype(np.float64), axis=1)[np.arange(N), labels]
order = np.argsort(-logits, axis=1, kind="stable")


def wilson(hits, count):
    """Ends of {p : |hits/count - p| <= z sqrt(p (1 - p) / count)}."""
    z2 = norm.ppf(0.975) ** 2
    share = hits / count
    low, high = sorted(np.roots([1 + z2 / count, -(2 * share + z2 / count), share * share]).real)
    return [float(low), float(high)]


confusion = np.zeros((K, K), int)
for label, prediction in zip(labels, predicted):
    confusion[label, prediction] += 1
classes = []
for k in range(K):
    truly, said = set(np.flatnonzero(labels == k)), set(np.flatnonzero(predicted == k))
    precision = len(truly & said) / len(said) if said else 0.0
    recall = len(truly & said) / len(truly) if truly else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    classes.append({"support": len(truly), "precision": precision, "recall": recall, "f1": f1})
present = [c for c in classes if c["support"]]
right = int((predicted == labels).sum())
top3 = int(sum(label in row[:3] for label, row in zip(labels, order)))
golden = {
    "labels": labels.tolist(),
    "logits": [float(str(v)) for v in logits.ravel()],
    "accuracy": right / N,
    "accuracyInterval": wilson(right, N),
    "top3Accuracy": top3 / N,
    "top3Interval": wilson(top3, N),
    "meanLoss": float(loss.mean()),
    "confusion": confusion.tolist(),
    "classes": classes,
    "macro": {name: float(np.mean([c[name] for c in present])) for name in ("precision", "recall", "f1")},
    "hardest": [int(i) for i in np.argsort(-loss, kind="stable")[:5]],
    "hardestLoss": float(loss.max()),
}
with open("src/test/resources/evaluation/golden.json", "w") as out:
    json.dump(golden, out)
