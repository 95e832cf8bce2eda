package io.fovea.search;

/**
 * How fast a covariance learns: from its path (c_c, c_1) and from a generation's steps (c_μ).
 *
 * <p>Source: Hansen 2016, arXiv:1604.00772, equations 56 to 58 with α_cov = 2.
 */
record CovarianceRates(double path, double one, double all) {

    static CovarianceRates of(double n, double mass) {
        double path = (4 + mass / n) / (n + 4 + 2 * mass / n);
        double one = 2 / ((n + 1.3) * (n + 1.3) + mass);
        double all = Math.min(1 - one, 2 * (0.25 + mass + 1 / mass - 2) / ((n + 2) * (n + 2) + mass));
        return new CovarianceRates(path, one, all);
    }

    /** Returns the rates of a covariance that has only its diagonal to learn: (n + 2)/3 times as fast. Source: Ros and Hansen 2008. */
    CovarianceRates diagonal(double n) {
        double faster = (n + 2) / 3;
        double quickOne = Math.min(0.5, one * faster);
        return new CovarianceRates(path, quickOne, Math.min(1 - quickOne, all * faster));
    }
}
