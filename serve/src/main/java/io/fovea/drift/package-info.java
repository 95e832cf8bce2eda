/**
 * Whether a model answers as it did when it was judged.
 *
 * <p>Main types: {@link io.fovea.drift.RecentAnswers} (counts of the latest answers), {@link io.fovea.drift.Drift} (what they tell beside those of
 * the model file).
 *
 * <p>Flow: an answer → a count for its confidence, its class, and whether its picture was unfamiliar → beside the file's counts → the population
 * stability index.
 *
 * <p>Invariant: counts are kept and nothing else, so that no picture can be told from them.
 */
package io.fovea.drift;
