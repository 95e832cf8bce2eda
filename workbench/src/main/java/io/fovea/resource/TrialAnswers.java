package io.fovea.resource;

import io.fovea.problem.Problem;
import io.fovea.training.RunFolder;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The parts of a run that stand in files of their own: the trials of a sweep, and checkpoints. Threads may share it. */
public final class TrialAnswers {

    private final Workspace workspace;
    private final Map<Path, RunDigest> digests = new ConcurrentHashMap<>();

    /** Those of a workspace's runs. */
    public TrialAnswers(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Returns the trials of a sweep that have begun, the best first as far as they are judged; nothing of another job. */
    public List<Map<String, Object>> trials(String id) {
        Path folder = workspace.existing(Shelf.RUNS, id);
        Path table = folder.resolve("trials.csv");
        if (!Files.isRegularFile(table)) return List.of();
        try {
            List<String> lines = Files.readAllLines(table);
            List<String> heads = cells(lines.getFirst());
            return lines.stream()
                    .skip(1)
                    .map(line -> trial(folder, heads, cells(line)))
                    .toList();
        } catch (IOException | RuntimeException damaged) {
            throw new Problem(
                    "The table of trials cannot be read: " + damaged.getMessage() + ".",
                    table.toString(),
                    "go on with the job: it is written again",
                    damaged);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.split(",", -1));
    }

    /** A row: trial, what was tried, state, epochs, best epoch, validation loss, validation measure. */
    private Map<String, Object> trial(Path folder, List<String> heads, List<String> cells) {
        int number = Integer.parseInt(cells.getFirst());
        int tried = heads.indexOf("state");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trial", number);
        Map<String, Object> choices = new LinkedHashMap<>();
        for (int i = 1; i < tried; i++) choices.put(heads.get(i), cells.get(i));
        json.put("choices", choices);
        json.put("state", cells.get(tried));
        json.put("epochs", Integer.parseInt(cells.get(tried + 1)));
        if (!cells.get(tried + 3).isEmpty()) json.put("loss", Double.parseDouble(cells.get(tried + 3)));
        Path run = folder.resolve(String.format(Locale.ROOT, "trial-%03d", number));
        RunDigest digest = digests.computeIfAbsent(run, RunDigest::new);
        digest.refresh();
        digest.measure().ifPresent(measure -> json.put("measure", measure));
        return json;
    }

    /** Returns the checkpoints that a run has left so far. */
    public List<Map<String, Object>> checkpoints(String id) {
        RunFolder run = new RunFolder(workspace.existing(Shelf.RUNS, id));
        List<Map<String, Object>> checkpoints = new ArrayList<>();
        for (String word : run.checkpoints()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("checkpoint", word);
            json.put("sizeInBytes", size(run.checkpoint(word)));
            epoch(word).ifPresent(epoch -> json.put("epoch", epoch));
            checkpoints.add(json);
        }
        return checkpoints;
    }

    /** A snapshot says after how many epochs it was written; the best and the last say it by their events. */
    private static Optional<Double> epoch(String word) {
        return word.startsWith("epoch-")
                ? Optional.of(Double.parseDouble(word.substring("epoch-".length())))
                : Optional.empty();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
