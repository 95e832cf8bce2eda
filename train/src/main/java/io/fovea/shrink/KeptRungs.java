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

    /** A model on its way to its place. */
    private static final String DRAFT = "draft.fovea";

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

    /** Returns where the model of a rung is written, before its place is known. */
    Path draft(String word) {
        return folder.resolve(word).resolve(DRAFT);
    }

    /** Returns a rung that is done and whose model is still there; one that was killed on its way is brought to its place first. */
    Optional<Rung> done(String word) {
        Path file = folder.resolve(word).resolve(FILE);
        if (!Files.isRegularFile(file)) return Optional.empty();
        Rung rung = read(file);
        settle(rung);
        return Optional.of(rung).filter(each -> Files.isRegularFile(each.model()));
    }

    private static Rung read(Path file) {
        try {
            Map<Object, Object> tree = RecordYaml.read(Files.readString(file), file.toString(), "rung")
                    .tree();
            return RecordTree.read(tree, Rung.class, Place.of(file.toString()));
        } catch (IOException unreadable) {
            throw new Problem(
                    "A rung that is done cannot be read: " + unreadable.getMessage() + ".",
                    file.toString(),
                    "delete its folder to have it made again",
                    unreadable);
        }
    }

    /** Keeps a rung whose model is where it stays, and returns it. */
    Rung keep(Rung rung) {
        AtomicFile.write(
                folder(rung.word()).resolve(FILE),
                RecordYaml.text(RecordTree.write(rung)).getBytes(StandardCharsets.UTF_8));
        return rung;
    }

    /** Keeps a rung, brings its model from the draft to its place, and returns the rung with that. Whenever it is killed, no model is without its rung. */
    Rung keep(Rung drafted, Path place) {
        Rung rung = keep(drafted.at(place));
        settle(rung);
        return rung;
    }

    private void settle(Rung rung) {
        Path draft = draft(rung.word());
        if (!Files.exists(draft)) return;
        try {
            if (!Files.exists(rung.model())) AtomicFile.write(rung.model(), out -> Files.copy(draft, out));
            Files.delete(draft);
        } catch (IOException failure) {
            throw new Problem(
                    "The model of a rung cannot be brought to its place: " + failure.getMessage() + ".",
                    draft + " to " + rung.model(),
                    "check that the disk is not full and the workspace may be written",
                    failure);
        }
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
