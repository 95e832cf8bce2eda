package io.fovea.kernel;

import static io.fovea.kernel.Lanes.COUNT;
import static io.fovea.kernel.Lanes.SPECIES;

import java.util.concurrent.CountDownLatch;
import jdk.incubator.vector.FloatVector;

/**
 * What the processor reaches at best from Java, to judge by it what a program reaches.
 *
 * @param operationsPerSecond multiplications and additions of 32-bit numbers by all threads, in registers alone; a multiply-add counts two
 * @param bytesPerSecond      read by all threads together from arrays that fit into no cache
 */
public record PeakRate(double operationsPerSecond, double bytesPerSecond) {

    private static final int ROUNDS = 12;
    private static final int STEPS = 4_000_000;
    private static final int SUMS = 12;
    /** Numbers of all threads' arrays: 128 MiB, where the heap has room for eight times as much. */
    private static final int NUMBERS = 1 << 25;

    /** Measures for about a second, by the best of some rounds; the first ones are for the compiler. */
    public static PeakRate of(int threads) {
        double operations = best(threads, _ -> {
            float rest = multiplyAdd(STEPS);
            if (Float.isNaN(rest)) throw new ArithmeticException("A sum of finite numbers is none");
            return 2.0 * STEPS * SUMS * COUNT;
        });
        long room = Runtime.getRuntime().maxMemory() / (8 * Float.BYTES);
        float[][] arrays = new float[threads][(int) Math.min(NUMBERS, room) / threads / COUNT * COUNT];
        double bytes = best(threads, thread -> {
            if (sum(arrays[thread]) != 0) throw new ArithmeticException("A sum of zeros is none");
            return (double) Float.BYTES * arrays[thread].length;
        });
        return new PeakRate(operations, bytes);
    }

    /** Does some work and says how much. */
    private interface Work {
        double of(int thread);
    }

    private static double best(int threads, Work work) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double[] done = new double[threads];
            CountDownLatch start = new CountDownLatch(threads);
            Thread[] team = new Thread[threads];
            long[] seconds = new long[threads];
            for (int t = 0; t < threads; t++) {
                int thread = t;
                team[t] = Thread.ofPlatform().start(() -> {
                    start.countDown();
                    while (start.getCount() > 0) Thread.onSpinWait();
                    long begin = System.nanoTime();
                    done[thread] = work.of(thread);
                    seconds[thread] = System.nanoTime() - begin;
                });
            }
            double rate = 0;
            for (int t = 0; t < threads; t++) {
                try {
                    team[t].join();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return best;
                }
                rate += done[t] / (seconds[t] / 1e9);
            }
            best = Math.max(best, rate);
        }
        return best;
    }

    private static float multiplyAdd(int steps) {
        FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f), summand = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector s0 = summand, s1 = summand, s2 = summand, s3 = summand, s4 = summand, s5 = summand;
        FloatVector s6 = summand, s7 = summand, s8 = summand, s9 = summand, s10 = summand, s11 = summand;
        for (int i = 0; i < steps; i++) {
            s0 = s0.fma(factor, summand);
            s1 = s1.fma(factor, summand);
            s2 = s2.fma(factor, summand);
            s3 = s3.fma(factor, summand);
            s4 = s4.fma(factor, summand);
            s5 = s5.fma(factor, summand);
            s6 = s6.fma(factor, summand);
            s7 = s7.fma(factor, summand);
            s8 = s8.fma(factor, summand);
            s9 = s9.fma(factor, summand);
            s10 = s10.fma(factor, summand);
            s11 = s11.fma(factor, summand);
        }
        return s0.add(s1)
                .add(s2)
                .add(s3)
                .add(s4)
                .add(s5)
                .add(s6)
                .add(s7)
                .add(s8)
                .add(s9)
                .add(s10)
                .add(s11)
                .lane(0);
    }

    private static float sum(float[] values) {
        FloatVector s0 = FloatVector.zero(SPECIES), s1 = s0, s2 = s0, s3 = s0;
        int end = values.length - 4 * COUNT;
        for (int i = 0; i <= end; i += 4 * COUNT) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, values, i));
            s1 = s1.add(FloatVector.fromArray(SPECIES, values, i + COUNT));
            s2 = s2.add(FloatVector.fromArray(SPECIES, values, i + 2 * COUNT));
            s3 = s3.add(FloatVector.fromArray(SPECIES, values, i + 3 * COUNT));
        }
        return s0.add(s1).add(s2).add(s3).lane(0);
    }
}
