package io.fovea.training;

import java.util.Optional;

/**
 * The weights that a run was given beside what became of them, both judged on the validation pictures.
 *
 * <p>An epoch beats the start if its loss is smaller and its accuracy no lower (its error no larger).
 *
 * @param start     the weights as they were given, epoch 0
 * @param best      the epoch that was kept, or if none beats the start that of the smallest loss; empty if no epoch was finished
 * @param keptEpoch the epoch whose weights the run left; 0 for the start
 */
public record StartComparison(ValidationResult start, Optional<ValidationResult> best, int keptEpoch) {

    /** Whether no epoch was better than the start, whose weights were kept. */
    public boolean keepsStart() {
        return keptEpoch == 0;
    }
}
