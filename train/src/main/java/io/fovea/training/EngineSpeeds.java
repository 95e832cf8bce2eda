package io.fovea.training;

import io.fovea.module.Computation;
import io.fovea.speed.Contest;
import io.fovea.speed.Speed;
import io.fovea.speed.SpeedRecords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the engines' speeds, and what may be found out in a run.
 *
 * @param records of this machine
 * @param rule    when an engine is tried
 */
record EngineSpeeds(SpeedRecords records, Contest.Rule rule) {

    /** What takes least time for so many pictures, by what is remembered; empty unless all that may compute the run are known. */
    Optional<Computation> fastest(TrainingTask task, List<Computation> able, long pictures) {
        List<Speed> known = records.of(work(task));
        boolean all = able.stream()
                .allMatch(one -> known.stream().anyMatch(speed -> speed.way().equals(way(one))));
        if (!all) return Optional.empty();
        return able.stream().min(Comparator.comparingDouble(one -> known.stream()
                .filter(speed -> speed.way().equals(way(one)))
                .findFirst()
                .orElseThrow()
                .seconds(pictures)));
    }

    /** Returns what is remembered of a way. */
    Optional<Speed> of(TrainingTask task, Computation computation) {
        return records.of(work(task)).stream()
                .filter(speed -> speed.way().equals(way(computation)))
                .findFirst();
    }

    /** Remembers, and returns why it cannot be. */
    Optional<String> keep(TrainingTask task, List<Speed> measured) {
        return records.keep(work(task), measured);
    }

    static String way(Computation computation) {
        return computation.words();
    }

    /** Returns all that a run's speed depends on, but for the machine. */
    private static String work(TrainingTask task) {
        String network = task.network() + " " + task.settings().step().layerRates();
        return "training of " + task.network().name() + " " + task.network().input() + " (" + digest(network)
                + "), batches of " + task.settings().pictures().batchSize() + ", "
                + task.settings().computation().threads() + " threads";
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
