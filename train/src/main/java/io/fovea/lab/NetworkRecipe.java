package io.fovea.lab;

import io.fovea.choice.Beginning;
import io.fovea.record.Place;
import io.fovea.training.ComputationSettings;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A network of a lab and how it learns.
 *
 * @param network    of the catalogue; empty: layers on pretrained weights
 * @param pretrained weights that it begins with; empty: drawn ones
 * @param copies     augmented copies of each picture that a head on features also learns from; 0 where it does not
 * @param beginning  decides which settings are usual
 * @param epochsFull passes over a set that is taken whole; empty: as over a small one
 * @param settings   that differ from the usual ones, by their names
 */
public record NetworkRecipe(
        Optional<String> network,
        Optional<String> pretrained,
        Optional<Integer> copies,
        Beginning beginning,
        Optional<Integer> epochsFull,
        Map<String, Object> settings) {

    /** Copies. */
    public NetworkRecipe {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Returns how often it sees the pictures where nobody says it. */
    public int epochs() {
        return settings(1).course().epochs();
    }

    /** Returns how many pictures a step takes where nobody says it. */
    public int batchSize() {
        return settings(1).pictures().batchSize();
    }

    private TrainingSettings settings(long seed) {
        return SettingsYaml.read(settings, Place.of("recipe"), beginning.settings(seed));
    }

    /**
     * Returns the settings with what was chosen over them.
     *
     * @throws Choice.OutOfRange if a number is out of range
     */
    TrainingSettings settings(Choice choice) {
        TrainingSettings usual = settings(choice.seed());
        try {
            return chosen(usual, choice);
        } catch (IllegalArgumentException outOfRange) {
            throw new Choice.OutOfRange(outOfRange.getMessage());
        }
    }

    private static TrainingSettings chosen(TrainingSettings usual, Choice choice) {
        ComputationSettings computation = usual.computation();
        return usual.withEpochs(choice.epochs().orElse(usual.course().epochs()))
                .withBatchSize(choice.batchSize().orElse(usual.pictures().batchSize()))
                .withComputation(new ComputationSettings(
                        choice.engine().orElse(computation.engine()),
                        computation.precision(),
                        choice.threads().orElse(computation.threads())));
    }

    /** Returns the same for a set of that size. */
    TrainingSettings settings(Choice choice, DigitSize size) {
        TrainingSettings chosen = settings(choice);
        boolean whole = size == DigitSize.FULL && choice.epochs().isEmpty() && epochsFull.isPresent();
        return whole ? chosen.withEpochs(epochsFull.get()) : chosen;
    }
}
