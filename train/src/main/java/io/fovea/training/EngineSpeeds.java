package io.fovea.training;

import io.fovea.module.Engine;
import io.fovea.speed.Contest;
import io.fovea.speed.Speed;
import io.fovea.speed.SpeedRecords;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the engines' speeds, and what may be found out in a run.
 *
 * @param records of this machine
 * @param rule    when an engine is tried
 */
record EngineSpeeds(SpeedRecords records, Contest.Rule rule) {

    /** Returns the engine that takes least time for so many pictures, by what is remembered; empty unless both are known. */
    Optional<Engine> fastest(TrainingTask task, long pictures) {
        List<Engine> able = task.engines();
        if (able.size() < 2
                || !able.stream().allMatch(engine -> of(task, engine).isPresent())) return Optional.empty();
        return able.stream()
                .min(Comparator.comparingDouble(
                        engine -> of(task, engine).orElseThrow().seconds(pictures)));
    }

    /** Returns what is remembered of an engine. */
    Optional<Speed> of(TrainingTask task, Engine engine) {
        return records.of(work(task)).stream()
                .filter(speed -> speed.way().equals(way(engine)))
                .findFirst();
    }

    /** Remembers, and returns why it cannot be. */
    Optional<String> keep(TrainingTask task, List<Speed> measured) {
        return records.keep(work(task), measured);
    }

    static String way(Engine engine) {
        return switch (engine) {
            case VECTOR -> "the vector kernels";
            case LIBTORCH -> "libtorch";
            case AUTOMATIC -> throw new IllegalArgumentException("Nobody chose yet: " + engine);
        };
    }

    private static String work(TrainingTask task) {
        TrainingSettings settings = task.settings();
        String words =
                "training of " + task.network().name() + " " + task.network().input() + ", batches of "
                        + settings.pictures().batchSize() + ", "
                        + settings.computation().threads() + " threads";
        return SpeedRecords.work(
                words,
                task.network() + " " + settings.step().layerRates() + " "
                        + settings.computation().precision());
    }
}
