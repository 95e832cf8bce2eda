/**
 * What reads other people's bytes, one target for each, for a fuzzer that is guided by coverage (Jazzer; {@code fuzz/run}).
 *
 * <p>Main types: {@code Parser} (what is read, and how), {@link io.fovea.fuzz.Target} (what the fuzzer calls).
 *
 * <p>Flow: bytes → a parser → an answer or a {@link io.fovea.problem.Problem}; anything else is a finding, and its input is kept in {@code fuzz/corpus},
 * which the build replays.
 */
package io.fovea.fuzz;
