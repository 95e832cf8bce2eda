package io.fovea.hybrid;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where an evolution stands after a generation.
 *
 * @param generation         how many are done
 * @param generations        of how many
 * @param best               the lowest loss of this generation's candidates
 * @param mean               the mean of their losses
 * @param evaluations        candidates judged so far
 * @param validationAccuracy share of the validation pictures that the closed-form head gets right, when it was last fitted
 * @param left               estimated time to the end; empty while too little was seen of the speed to be right within a factor of two
 */
public record EvolutionProgress(
        long generation,
        long generations,
        double best,
        double mean,
        long evaluations,
        OptionalDouble validationAccuracy,
        Optional<Duration> left) {}
