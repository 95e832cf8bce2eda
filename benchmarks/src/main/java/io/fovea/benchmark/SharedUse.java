package io.fovea.benchmark;

import io.fovea.bundle.Bundle;
import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent.Evolved;
import io.fovea.event.JobEvent.KernelsChanged;
import io.fovea.file.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What {@code --on MASTER} is for: each use as a command on little data, and all that comes out of it but for times. */
enum SharedUse {
    /** Pictures scored. */
    SCORING("rows of the table") {
        @Override
        List<String> words(KillsData data, Path place) {
            return List.of(
                    "predict",
                    data.model().toString(),
                    data.pictures().toString(),
                    "--out",
                    place.resolve("scores.csv").toString());
        }

        @Override
        List<Finding> findings(Path place) throws IOException {
            return rows(place.resolve("scores.csv"), "", ALL_COLUMNS);
        }
    },
    /** Trials, the worse half of which ends early. */
    TUNE("trials, their epochs, their weights") {
        @Override
        List<String> words(KillsData data, Path place) {
            return inWorkspace(
                    place,
                    "tune",
                    "--data",
                    KillsData.NAME,
                    "--network",
                    "lenet",
                    "--epochs",
                    "4",
                    "--seed",
                    "1",
                    "--settings",
                    data.settings().toString(),
                    "--learning-rate",
                    "0.02,0.005",
                    "--batch-size",
                    "32,64",
                    "--halving");
        }

        @Override
        List<Finding> findings(Path place) throws IOException {
            Path run = place.resolve("runs/" + KillsData.NAME + "-lenet-tune-1");
            List<Finding> all = new ArrayList<>(rows(run.resolve("trials.csv"), "trial ", ALL_COLUMNS));
            for (Path trial : folders(run)) all.addAll(training(trial, trial.getFileName() + ", "));
            return all;
        }
    },
    /** Candidates for a hybrid's kernels judged. */
    EVOLUTION("kernels, the last generation, the model") {
        @Override
        List<String> words(KillsData data, Path place) {
            return inWorkspace(
                    place,
                    "shrink",
                    "hybrid",
                    "--data",
                    KillsData.NAME,
                    "--name",
                    "evolved",
                    "--kernels",
                    "random",
                    "--generations",
                    "30",
                    "--seed",
                    "1");
        }

        @Override
        List<Finding> findings(Path place) throws IOException {
            List<Finding> all = new ArrayList<>();
            Path log = place.resolve("runs/evolved-1/events.jsonl");
            List<Event> events = Files.exists(log) ? EventLog.read(log) : List.of();
            for (Event event : events) {
                // others are told when some time has gone by
                if (event instanceof Evolved last && last.generation() == last.generations())
                    all.add(new Finding(
                            "generation " + last.generation(),
                            last.best() + " " + last.mean() + " " + last.validationAccuracy() + " "
                                    + last.evaluations()));
                if (event instanceof KernelsChanged changed && isFirstOrLast(changed, events))
                    all.add(new Finding(
                            "kernels of generation " + changed.generation(),
                            changed.weights().toString()));
            }
            all.addAll(model(place, "evolved"));
            return all;
        }

        private static boolean isFirstOrLast(KernelsChanged changed, List<Event> events) {
            return changed.generation() == 0
                    || events.stream()
                            .noneMatch(each ->
                                    each instanceof KernelsChanged other && other.generation() > changed.generation());
        }
    },
    /** One network trained by two processes together. */
    RANKS("epochs, weights, the model") {
        @Override
        List<String> words(KillsData data, Path place) {
            return inWorkspace(
                    place,
                    "train",
                    "--data",
                    KillsData.NAME,
                    "--network",
                    "lenet",
                    "--name",
                    "ranked",
                    "--epochs",
                    "40",
                    "--seed",
                    "1",
                    "--engine",
                    "vector",
                    "--ranks",
                    "2");
        }

        @Override
        List<Finding> findings(Path place) throws IOException {
            List<Finding> all = new ArrayList<>(training(place.resolve("runs/ranked-1"), ""));
            all.addAll(model(place, "ranked"));
            return all;
        }
    };

    private static final int ALL_COLUMNS = 0;
    /** A table of epochs ends with the speed. */
    private static final int ALL_BUT_THE_LAST = 1;

    private final String compared;

    SharedUse(String compared) {
        this.compared = compared;
    }

    /** Returns what is compared, for people. */
    String compared() {
        return compared;
    }

    /** Returns the command without {@code --on}; what it writes lies in the place. */
    abstract List<String> words(KillsData data, Path place);

    /** Returns all that came out and must be the same each time; less where a run ended early. */
    abstract List<Finding> findings(Path place) throws IOException;

    private static List<String> inWorkspace(Path place, String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--workspace", place.toString()));
        return all;
    }

    /** Returns the rows of a table, named by their first column. */
    private static List<Finding> rows(Path table, String prefix, int columnsLeftOut) throws IOException {
        if (!Files.exists(table)) return List.of();
        return Files.readAllLines(table).stream()
                .map(line -> columnsLeftOut == ALL_COLUMNS ? line : line.substring(0, line.lastIndexOf(',')))
                .map(line -> new Finding(prefix + line.substring(0, line.indexOf(',')), line))
                .toList();
    }

    private static List<Finding> training(Path run, String prefix) throws IOException {
        List<Finding> all = new ArrayList<>(rows(run.resolve("results.csv"), prefix + "epoch ", ALL_BUT_THE_LAST));
        for (String checkpoint : List.of("last", "best")) {
            Path file = run.resolve("checkpoints").resolve(checkpoint + ".safetensors");
            if (Files.exists(file)) all.add(new Finding(prefix + checkpoint, tensors(file)));
        }
        return all;
    }

    /** Returns the hash of what follows the header, in which times stand; its length is the first number. */
    private static String tensors(Path safetensors) throws IOException {
        byte[] whole = Files.readAllBytes(safetensors);
        int begin = Long.BYTES
                + Math.toIntExact(
                        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong());
        return Hash.of(new String(whole, begin, whole.length - begin, StandardCharsets.ISO_8859_1));
    }

    private static List<Finding> model(Path workspace, String name) {
        Path file = workspace.resolve("models/" + name + "/1/" + name + ".fovea");
        if (!Files.exists(file)) return List.of();
        byte[] onnx = Bundle.open(file).onnx();
        return List.of(new Finding("model", Hash.of(new String(onnx, StandardCharsets.ISO_8859_1))));
    }

    private static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }
}
