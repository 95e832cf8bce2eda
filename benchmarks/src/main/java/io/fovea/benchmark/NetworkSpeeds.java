package io.fovea.benchmark;

import io.fovea.benchmark.NetworkTraining.Recipe;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.importer.Truth;
import io.fovea.machine.Machine;
import io.fovea.source.Source;
import io.fovea.tensor.Processor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whole training steps of larger networks in Fovea and in PyTorch, in turns: the same network, pictures, batches, optimizer and threads.
 *
 * @param subjects which networks
 * @param rounds   how often each side runs
 * @param steps    timed steps of a run, after a third as many
 * @param python   that has PyTorch
 */
record NetworkSpeeds(Set<Subject> subjects, int rounds, int steps, String python) {

    private static final String FIGURE = "/imagesPerSecond";
    private static final int THREADS = 2;

    /** A network and the pictures that it learns from. */
    enum Subject {
        /** Streets, at half their size. */
        STREETS(
                "unet-half",
                "camvid",
                new Preparation(192, 256, ColorMode.COLOR, ResizeMode.SQUASH),
                11,
                8,
                Recipe.MAPS),
        /** Cells, at full size. */
        CELLS(
                "unet-small",
                "membrane",
                new Preparation(256, 256, ColorMode.GREY, ResizeMode.SQUASH),
                2,
                4,
                Recipe.MAPS),
        /** Animals and vehicles, small. */
        OBJECTS(
                "resnet20",
                "cifar10",
                new Preparation(32, 32, ColorMode.COLOR, ResizeMode.SQUASH),
                10,
                128,
                Recipe.SCRATCH),
        /** Cats and dogs, at the size of the networks of ImageNet. */
        PHOTOGRAPHS(
                "resnet18",
                "cats-dogs",
                new Preparation(224, 224, ColorMode.COLOR, ResizeMode.CROP, 32),
                2,
                32,
                Recipe.FINE_TUNING);

        private final String network;
        private final String data;
        private final Preparation preparation;
        private final int classes;
        private final int batchSize;
        private final Recipe recipe;

        Subject(String network, String data, Preparation preparation, int classes, int batchSize, Recipe recipe) {
            this.network = network;
            this.data = data;
            this.preparation = preparation;
            this.classes = classes;
            this.batchSize = batchSize;
            this.recipe = recipe;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Dataset imported(Path folder) {
            // the part for training alone: no epoch ends with a validation
            Path files = Repository.data(data).resolve(data);
            Path part =
                    switch (this) {
                        case STREETS, CELLS, PHOTOGRAPHS -> files.resolve("train");
                        case OBJECTS -> files.resolve("data_batch_1.first4000.bin.gz");
                    };
            ImportSettings settings = ImportSettings.of(data, preparation).withSplits(new SplitSettings(0, 0));
            if (recipe == Recipe.MAPS)
                settings = settings.withTruth(new Truth.Masks(this == STREETS ? Set.of(11) : Set.of()));
            DatasetImport.run(List.of(Source.of(part)), settings, folder, (_, _) -> {});
            return Dataset.open(folder);
        }

        /** Returns the peer's program and what it is told of the pictures. */
        private List<String> peer(int count) {
            List<String> told = new ArrayList<>(List.of("--network", network, "--classes", Integer.toString(classes)));
            if (recipe == Recipe.MAPS) {
                told.addFirst("unet.py");
                told.addAll(List.of("--count", Integer.toString(count)));
                told.addAll(List.of("--height", Integer.toString(preparation.height())));
                told.addAll(List.of("--width", Integer.toString(preparation.width())));
                told.addAll(List.of("--channels", Integer.toString(preparation.channels())));
            } else {
                told.addFirst("resnet.py");
                told.addAll(List.of("--side", Integer.toString(preparation.height())));
            }
            return told;
        }
    }

    /** Measures, tells and records. */
    void measure(Machine machine, RecordOption recordOption) throws IOException, InterruptedException {
        for (Subject subject : subjects) {
            Path folder = Files.createTempDirectory("fovea-benchmark-");
            try {
                Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                        .run(
                                sides(subject, folder),
                                rounds,
                                measured -> String.format(
                                        Locale.ROOT,
                                        "%8.1f images/s",
                                        measured.figures().at(FIGURE).asDouble()));
                Map<String, Object> settings = Map.of(
                        "network",
                        subject.network,
                        "data",
                        subject.data,
                        "rounds",
                        rounds,
                        "steps",
                        steps,
                        "batchSize",
                        subject.batchSize,
                        "threads",
                        THREADS);
                recordOption.finish(
                        "networks",
                        "networks-" + subject.word(),
                        machine,
                        settings,
                        row(subject, machine, outcomes),
                        content -> content.set("sides", Result.sides(outcomes)));
            } finally {
                Folder.delete(folder);
            }
        }
    }

    private List<Side> sides(Subject subject, Path folder) throws IOException {
        Path stored = folder.resolve("dataset");
        List<String> options = new ArrayList<>(List.of(
                "--steps", Integer.toString(steps),
                "--warm-up", Integer.toString(Math.max(5, steps / 3)),
                "--batch", Integer.toString(subject.batchSize),
                "--threads", Integer.toString(THREADS)));
        List<String> fovea = new ArrayList<>(List.of(
                "--dataset", stored.toString(), "--network", subject.network, "--recipe", subject.recipe.name()));
        List<String> peer = new ArrayList<>();
        try (Dataset dataset = subject.imported(stored)) {
            handOver(dataset, subject.recipe, folder);
            peer.addAll(subject.peer(dataset.count(Split.TRAINING)));
        }
        peer.addAll(List.of("--data", folder.toString()));
        fovea.addAll(options);
        peer.addAll(options);
        Launcher launcher = Launcher.read();
        List<Side> sides = new ArrayList<>();
        sides.add(launcher.side("fovea", NetworkTraining.class, fovea));
        sides.add(pytorch("pytorch", "pytorch", peer, Map.of()));
        sides.add(pytorch("pytorch-channels-last", "pytorch", peer, Map.of(), "--channels-last"));
        sides.add(pytorch("pytorch-tuned", "pytorch", peer, TrainingBenchmark.tuned(), "--channels-last"));
        if (Processor.current().hasBfloat16()) {
            List<String> half = new ArrayList<>(fovea);
            half.addAll(List.of("--precision", "BFLOAT16"));
            Side side = launcher.side("fovea-bfloat16", NetworkTraining.class, half);
            sides.add(new Side(side.name(), "fovea-bfloat16", side.command(), side.environment()));
            sides.add(pytorch(
                    "pytorch-bfloat16",
                    "pytorch-bfloat16",
                    peer,
                    TrainingBenchmark.tuned(),
                    "--channels-last",
                    "--bfloat16"));
        }
        return sides;
    }

    /** Writes the prepared pictures and their truth as plain bytes, so that the other side learns from the same. */
    private static void handOver(Dataset dataset, Recipe recipe, Path folder) throws IOException {
        Preparation form = dataset.preparation();
        byte[] mask = new byte[form.height() * form.width()];
        String name = recipe == Recipe.MAPS ? "masks.bin" : "labels.bin";
        try (OutputStream pictures = new BufferedOutputStream(Files.newOutputStream(folder.resolve("pictures.bin")));
                OutputStream truth = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (int i = 0; i < dataset.count(Split.TRAINING); i++) {
                pictures.write(dataset.picture(Split.TRAINING, i).values());
                if (recipe == Recipe.MAPS) {
                    dataset.copyMask(Split.TRAINING, i, mask, 0);
                    truth.write(mask);
                } else {
                    truth.write(dataset.label(Split.TRAINING, i));
                }
            }
        }
    }

    private Side pytorch(
            String name, String family, List<String> options, Map<String, String> environment, String... further) {
        Path script = Repository.root().resolve("benchmarks/peers/pytorch").resolve(options.getFirst());
        List<String> command = new ArrayList<>(List.of(python, script.toString(), "--name", name));
        command.addAll(options.subList(1, options.size()));
        command.addAll(List.of(further));
        return new Side(name, family, command, environment);
    }

    private static List<String> row(Subject subject, Machine machine, Map<Side, List<Outcome>> outcomes) {
        List<String> row = new ArrayList<>(List.of(
                subject.network,
                subject.data,
                Integer.toString(subject.batchSize),
                String.format(Locale.ROOT, "%.1f", machine.load())));
        row.addAll(ratio(outcomes, ""));
        row.addAll(ratio(outcomes, "-bfloat16"));
        row.add(asItComes(outcomes));
        return row;
    }

    /** Returns images per second of Fovea and of the fastest side of PyTorch, and how many times as many. */
    static List<String> ratio(Map<Side, List<Outcome>> outcomes, String precision) {
        OptionalDouble fovea = fastest("fovea" + precision, outcomes);
        OptionalDouble peer = fastest("pytorch" + precision, outcomes);
        if (fovea.isEmpty() || peer.isEmpty()) return List.of(rate(fovea), rate(peer), "–");
        return List.of(
                rate(fovea),
                rate(peer),
                String.format(Locale.ROOT, "**%.2fx**", fovea.getAsDouble() / peer.getAsDouble()));
    }

    /** Returns how many times as many images Fovea trains on as PyTorch, each by its fastest side in whatever precision. */
    private static String asItComes(Map<Side, List<Outcome>> outcomes) {
        OptionalDouble fovea = fastest("fovea", "fovea-bfloat16", outcomes);
        OptionalDouble peer = fastest("pytorch", "pytorch-bfloat16", outcomes);
        if (fovea.isEmpty() || peer.isEmpty()) return "–";
        return String.format(Locale.ROOT, "**%.2fx**", fovea.getAsDouble() / peer.getAsDouble());
    }

    private static OptionalDouble fastest(String family, String other, Map<Side, List<Outcome>> outcomes) {
        return Stream.of(family, other)
                .map(name -> fastest(name, outcomes))
                .flatMapToDouble(OptionalDouble::stream)
                .max();
    }

    private static String rate(OptionalDouble imagesPerSecond) {
        return imagesPerSecond.isPresent() ? String.format(Locale.ROOT, "%.1f", imagesPerSecond.getAsDouble()) : "–";
    }

    private static OptionalDouble fastest(String family, Map<Side, List<Outcome>> outcomes) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().family().equals(family))
                .map(entry -> Rounds.measured(entry.getValue()))
                .filter(measured -> !measured.isEmpty())
                .mapToDouble(measured -> Rounds.median(measured, FIGURE))
                .max();
    }
}
