/**
 * Measures Fovea, and its peers beside it in the same run, and records what came out.
 *
 * <p>Main types: {@link io.fovea.benchmark.Main} (the command line of {@code benchmarks/run}); one class per benchmark:
 * {@link io.fovea.benchmark.TrainingBenchmark}, {@link io.fovea.benchmark.LabBenchmark}, {@link io.fovea.benchmark.HybridModelsBenchmark},
 * {@link io.fovea.benchmark.HybridDeapBenchmark}, {@link io.fovea.benchmark.ImportBenchmark}, {@link io.fovea.benchmark.ClassifierBenchmark}; and the programs that they start and time.
 * <p>Flow: {@link io.fovea.benchmark.Side}s → {@link io.fovea.benchmark.Rounds} (A B C A B C …, each in a process of its own, one line of JSON
 * each) → medians → {@link io.fovea.benchmark.Result} → {@code results/DATE-WHAT.json} and a row in {@code README.md}.
 * <p>Invariant: nothing here is a test; no figure makes a build fail.
 */
package io.fovea.benchmark;
