package io.fovea.shrink;

import io.fovea.evaluation.KeptPredictions;
import io.fovea.evaluation.KeptPredictions.Classified;
import io.fovea.evaluation.PairedComparison;
import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import io.fovea.record.Place;
import io.fovea.record.RecordTree;
import io.fovea.record.RecordYaml;
import io.fovea.result.Rung;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rungs of a ladder that are done, each in a folder with its judgement, so that a ladder that was stopped does not make them again. */
final class KeptRungs {

    private static final String FILE = "rung.yaml";

    private final Path folder;

    /** Those below a job's folder. */
    KeptRungs(Path job) {
        folder = job.resolve("rungs");
    }

    /** Returns the folder of a rung, which is there then. */
    Path folder(String word) {
        Path rung = folder.resolve(word);
        try {
            return Files.createDirectories(rung);
        } catch (IOException unwritable) {
            throw new Problem(
                    "The folder of a rung cannot be made: " + unwritable.getMessage() + ".",
                    rung.toString(),
                    "check that the disk is not full and the workspace may be written",
                    unwritable);
        }
    }

    /** Returns a rung that is done and whose model is still there. */
    Optional<Rung> done(String word) {
        Path file = folder.resolve(word).resolve(FILE);
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            Map<Object, Object> tree = RecordYaml.read(Files.readString(file), file.toString(), "rung")
                    .tree();
            return Optional.of(RecordTree.read(tree, Rung.class, Place.of(file.toString())))
                    .filter(rung -> Files.isRegularFile(rung.model()));
        } catch (IOException unreadable) {
            throw new Problem(
                    "A rung that is done cannot be read: " + unreadable.getMessage() + ".",
                    file.toString(),
                    "delete its folder to have it made again",
                    unreadable);
        }
    }

    /** Keeps a rung. */
    void keep(Rung rung) {
        AtomicFile.write(
                folder(rung.word()).resolve(FILE),
                RecordYaml.text(RecordTree.write(rung)).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns how a rung's answers differ from another's, picture by picture; empty where answers are not right or wrong. */
    Optional<Rung.Difference> difference(String first, String second) {
        boolean[] before = right(first);
        boolean[] after = right(second);
        if (before.length == 0 || before.length != after.length) return Optional.empty();
        PairedComparison paired = PairedComparison.of(before, after);
        return Optional.of(new Rung.Difference(
                paired.gain(),
                paired.interval().low(),
                paired.interval().high(),
                paired.onlyFirst(),
                paired.onlySecond()));
    }

    private boolean[] right(String word) {
        List<Classified> pictures = KeptPredictions.read(
                        folder.resolve(word), "delete the folder of the rung to have it made again")
                .classified(_ -> true);
        boolean[] right = new boolean[pictures.size()];
        for (Classified each : pictures) right[each.position()] = each.isRight();
        return right;
    }
}
