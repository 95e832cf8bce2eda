"""Prints the p-values that PairedComparisonTest expects: python3 mcnemar.py (SciPy)."""

from scipy.stats import binomtest

for first, second in [(1, 0), (6, 0), (3, 9), (10, 25), (400, 300)]:
    print(first, second, binomtest(min(first, second), first + second, 0.5).pvalue)
