package io.fovea.transfer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Minimises a smooth function with all of its data in every step; for a convex one the minimum does not depend on the start.
 *
 * <p>The inverse Hessian is built from the last {@value #MEMORY} steps (two-loop recursion), started at (sᵀy / yᵀy)·I. Step lengths are halved from 1
 * until the function falls by at least 10⁻⁴ of what its slope promises; a step whose curvature sᵀy is not above 0 is not remembered.
 *
 * <p>Symbols: s difference of points, y difference of gradients.
 * <p>Source: Nocedal and Wright 2006, Numerical Optimization, 2nd edition, algorithms 7.4 and 7.5, equations 7.20 and 3.4.
 */
final class LimitedMemoryBfgs {

    private static final int MEMORY = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int MOST_HALVINGS = 30;

    /** One remembered step. */
    private record Pair(double[] s, double[] y, double rho) {}

    private LimitedMemoryBfgs() {}

    /**
     * Moves {@code point} to a minimum.
     *
     * @param tolerance relative fall of the function over one step, and size of the largest slope, below which it stops
     * @return the value there
     */
    static double minimise(Objective objective, double[] point, int mostSteps, double tolerance) {
        int n = objective.dimension();
        double[] gradient = new double[n];
        double[] next = new double[n];
        double[] nextGradient = new double[n];
        Deque<Pair> memory = new ArrayDeque<>();
        double value = objective.at(point, gradient);
        for (int step = 0; step < mostSteps && largest(gradient) > tolerance; step++) {
            double[] direction = direction(gradient, memory);
            double slope = dot(direction, gradient);
            if (!(slope < 0)) { // numerical noise has spoilt the memory
                memory.clear();
                direction = direction(gradient, memory);
                slope = dot(direction, gradient);
            }
            double length = memory.isEmpty() ? Math.min(1, 1 / largest(gradient)) : 1;
            double nextValue = Double.NaN;
            int halvings = 0;
            for (; halvings < MOST_HALVINGS; halvings++, length /= 2) {
                for (int i = 0; i < n; i++) next[i] = point[i] + length * direction[i];
                nextValue = objective.at(next, nextGradient);
                if (nextValue <= value + SUFFICIENT_DECREASE * length * slope) break;
            }
            if (halvings == MOST_HALVINGS) return value;
            remember(memory, point, gradient, next, nextGradient);
            boolean settled = value - nextValue <= tolerance * Math.abs(value);
            System.arraycopy(next, 0, point, 0, n);
            System.arraycopy(nextGradient, 0, gradient, 0, n);
            value = nextValue;
            if (settled) return value;
        }
        return value;
    }

    private static void remember(Deque<Pair> memory, double[] from, double[] gradient, double[] to, double[] next) {
        double[] s = new double[from.length];
        double[] y = new double[from.length];
        for (int i = 0; i < s.length; i++) {
            s[i] = to[i] - from[i];
            y[i] = next[i] - gradient[i];
        }
        double curvature = dot(s, y);
        if (!(curvature > 1e-12 * dot(y, y))) return;
        if (memory.size() == MEMORY) memory.removeFirst();
        memory.addLast(new Pair(s, y, 1 / curvature));
    }

    private static double[] direction(double[] gradient, Deque<Pair> memory) {
        double[] q = new double[gradient.length];
        for (int i = 0; i < q.length; i++) q[i] = -gradient[i];
        double[] alphas = new double[memory.size()];
        int at = alphas.length;
        for (Pair pair : (Iterable<Pair>) memory::descendingIterator) {
            double alpha = pair.rho * dot(pair.s, q);
            alphas[--at] = alpha;
            for (int i = 0; i < q.length; i++) q[i] -= alpha * pair.y[i];
        }
        if (!memory.isEmpty()) {
            Pair last = memory.getLast();
            double scale = 1 / (last.rho * dot(last.y, last.y));
            for (int i = 0; i < q.length; i++) q[i] *= scale;
        }
        for (Pair pair : memory) {
            double weight = alphas[at++] - pair.rho * dot(pair.y, q);
            for (int i = 0; i < q.length; i++) q[i] += weight * pair.s[i];
        }
        return q;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) largest = Math.max(largest, Math.abs(value));
        return largest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }
}
