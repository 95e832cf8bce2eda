package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import io.fovea.tensor.Processor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * LeNet as in DIGITS on MNIST, whole training steps including loading: Fovea, the Deep Java Library, PyTorch, Deeplearning4j.
 *
 * <p>Every side has the same network, batch, optimizer, threads and pictures; each library in the settings that its own
 * documentation recommends, and each variant as a side of its own. Fovea is compared with the fastest variant of each.
 */
@Command(name = "training", description = "LeNet training, images per second: Fovea, DJL, PyTorch, Deeplearning4j.")
final class TrainingBenchmark implements Callable<Integer> {

    private static final String FIGURE = "/imagesPerSecond";
    private static final String FOVEA = "fovea";
    private static final String LIBTORCH = "fovea-libtorch";
    private static final String PEAK = "peak";
    /** A family of its own: the ratios are those of 32-bit numbers. */
    private static final String PYTORCH_BFLOAT16 = "pytorch-bfloat16";

    /** Of LeNet's definition, forward and backward, for a picture. */
    private static final double OPERATIONS = 13.18e6;

    private static final List<String> PEERS = List.of("djl", "pytorch", "dl4j");

    /** A process that keeps freed memory, as the launcher of Fovea sets it too: the allocator gives nothing back to the system. */
    private static final Map<String, String> KEEPS_MEMORY =
            Map.of("MALLOC_MMAP_THRESHOLD_", "4294967296", "MALLOC_TRIM_THRESHOLD_", "4294967296");

    /** Deeplearning4j takes ten times as long for a step; it gets fewer. */
    private static final int FEWER_STEPS = 4;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "How often each side runs (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--steps", defaultValue = "400", description = "Timed steps of a run (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--warm-up", defaultValue = "100", description = "Steps before them (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--batch", defaultValue = "64", description = "Pictures of a step (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(names = "--threads", defaultValue = "2", description = "Compute threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SIDE",
            description = "Only these sides, for example fovea,djl-malloc.")
    private List<String> only = List.of();

    @Option(
            names = "--python",
            defaultValue = "/usr/bin/python3",
            description = "A Python that has PyTorch (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(
            names = "--instructions",
            defaultValue = "all",
            description =
                    "Vector instructions that every side may use: all, avx2; Deeplearning4j cannot be held to less"
                            + " and is left out then (default: ${DEFAULT-VALUE}).")
    private Instructions instructions;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        List<Side> sides = sides(Repository.data("mnist"), Repository.root().resolve("benchmarks/peers"));
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(
                        sides,
                        rounds,
                        measured -> measured.figures().has("lanes")
                                ? String.format(
                                        Locale.ROOT,
                                        "%8.0f GFLOP/s",
                                        measured.figures().at("/gigaOperations").asDouble())
                                : String.format(
                                        Locale.ROOT,
                                        "%8.0f images/s",
                                        measured.figures().at(FIGURE).asDouble()));
        Map<String, Object> settings = Map.of(
                "network",
                "lenet",
                "rounds",
                rounds,
                "steps",
                steps,
                "warmUp",
                warmUp,
                "batchSize",
                batchSize,
                "threads",
                threads,
                "instructions",
                instructions.word());
        String name = instructions == Instructions.ALL ? "training" : "training-" + instructions.word();
        recordOption.finish("training", name, machine, settings, row(outcomes), content -> describe(content, outcomes));
        return 0;
    }

    private List<Side> sides(Path data, Path peers) {
        Launcher launcher = Launcher.read();
        List<Side> sides = new ArrayList<>();
        sides.add(Peak.side(threads));
        sides.add(launcher.side(FOVEA, LeNetTraining.class, options(data, 1)));
        sides.add(launcher.side(LIBTORCH, LeNetTraining.class, options(data, 1, "--engine", "LIBTORCH")));
        sides.add(djl("djl", data, peers, Map.of()));
        sides.add(djl("djl-malloc", data, peers, KEEPS_MEMORY));
        sides.add(pytorch("pytorch", data, peers, Map.of()));
        sides.add(pytorch("pytorch-channels-last", data, peers, Map.of(), "--channels-last"));
        sides.add(pytorch("pytorch-tuned", data, peers, tuned(), "--channels-last"));
        if (instructions == Instructions.ALL) sides.add(dl4j(data, peers));
        if (instructions == Instructions.ALL && Processor.current().hasBfloat16()) {
            sides.add(
                    launcher.side("fovea-bfloat16", LeNetTraining.class, options(data, 1, "--precision", "BFLOAT16")));
            Side half = pytorch(PYTORCH_BFLOAT16, data, peers, tuned(), "--channels-last", "--bfloat16");
            sides.add(new Side(half.name(), PYTORCH_BFLOAT16, half.command(), half.environment()));
        }
        List<String> names = sides.stream().map(Side::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new Problem(
                        "There is no side \"" + name + "\".", "--only", "choose from " + String.join(", ", names));
            }
        }
        return sides.stream()
                .filter(side -> only.isEmpty() || only.contains(side.name()))
                .map(instructions::hold)
                .toList();
    }

    private List<String> options(Path data, int divisor, String... further) {
        List<String> options = new ArrayList<>(List.of("--data", data.toString()));
        options.addAll(List.of("--steps", Integer.toString(Math.max(20, steps / divisor))));
        options.addAll(List.of("--warm-up", Integer.toString(Math.max(5, warmUp / divisor))));
        options.addAll(List.of("--batch", Integer.toString(batchSize), "--threads", Integer.toString(threads)));
        options.addAll(List.of(further));
        return options;
    }

    private Side djl(String name, Path data, Path peers, Map<String, String> environment) {
        Path built = peers.resolve("djl/target");
        List<String> command = new ArrayList<>(List.of(
                Launcher.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dpeer=" + name,
                "-DDJL_CACHE_DIR=" + built.resolve("cache"),
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                built.resolve("lib") + "/*",
                "io.fovea.peers.djl.DjlTraining"));
        command.addAll(options(data, 1));
        return new Side(name, "djl", command, environment);
    }

    private Side dl4j(Path data, Path peers) {
        Path built = peers.resolve("dl4j/target");
        List<String> command = new ArrayList<>(List.of(
                Launcher.java(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpeer=dl4j",
                "-Dorg.bytedeco.javacpp.cachedir=" + built.resolve("cache"),
                "-cp",
                built.resolve("lib") + "/*",
                "io.fovea.peers.dl4j.Dl4jTraining"));
        command.addAll(options(data, FEWER_STEPS));
        return new Side("dl4j", "dl4j", command, Map.of("OMP_NUM_THREADS", Integer.toString(threads)));
    }

    private Side pytorch(String name, Path data, Path peers, Map<String, String> environment, String... further) {
        List<String> command = new ArrayList<>(
                List.of(python, peers.resolve("pytorch/lenet.py").toString(), "--name", name));
        command.addAll(options(data, 1, further));
        return new Side(name, "pytorch", command, environment);
    }

    /** Returns the variables under which PyTorch was fastest. */
    static Map<String, String> tuned() {
        Map<String, String> environment = new HashMap<>(KEEPS_MEMORY);
        environment.put("OPENBLAS_NUM_THREADS", "1");
        return environment;
    }

    private List<String> row(Map<Side, List<Outcome>> outcomes) {
        List<String> row = new ArrayList<>();
        OptionalDouble fovea = fastest(FOVEA, outcomes);
        row.add(rate(fovea));
        for (String family : PEERS) {
            OptionalDouble peer = fastest(family, outcomes);
            row.add(rate(peer));
            row.add(
                    fovea.isPresent() && peer.isPresent()
                            ? String.format(Locale.ROOT, "**%.2fx**", fovea.getAsDouble() / peer.getAsDouble())
                            : "–");
        }
        OptionalDouble libtorch = median(LIBTORCH, outcomes);
        row.add(rate(libtorch));
        row.add(
                fovea.isPresent() && libtorch.isPresent()
                        ? String.format(Locale.ROOT, "**%.2fx**", fovea.getAsDouble() / libtorch.getAsDouble())
                        : "–");
        row.add(instructions.word());
        Optional<List<Outcome>> peak = outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(PEAK))
                .map(Map.Entry::getValue)
                .findFirst();
        row.add(peak.map(own -> String.format(Locale.ROOT, "%.0f", Peak.operations(own) / 1e9))
                .orElse("–"));
        row.add(
                peak.isPresent() && fovea.isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "%.0f %%",
                                100 * fovea.getAsDouble() * OPERATIONS / Peak.operations(peak.get()))
                        : "–");
        row.add(rate(median(PYTORCH_BFLOAT16, outcomes)));
        return row;
    }

    private static String rate(OptionalDouble imagesPerSecond) {
        return imagesPerSecond.isPresent() ? String.format(Locale.ROOT, "%,.0f", imagesPerSecond.getAsDouble()) : "–";
    }

    /** Returns the median of the family's fastest side. Fovea stands for its default, in 32 bits, whatever else was measured. */
    private static OptionalDouble fastest(String family, Map<Side, List<Outcome>> outcomes) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().family().equals(family))
                .filter(entry -> !family.equals(FOVEA) || entry.getKey().name().equals(FOVEA))
                .map(entry -> Rounds.measured(entry.getValue()))
                .filter(measured -> !measured.isEmpty())
                .mapToDouble(measured -> Rounds.median(measured, FIGURE))
                .max();
    }

    private static OptionalDouble median(String name, Map<Side, List<Outcome>> outcomes) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(entry -> Rounds.measured(entry.getValue()))
                .filter(measured -> !measured.isEmpty())
                .mapToDouble(measured -> Rounds.median(measured, FIGURE))
                .findFirst();
    }

    private static void describe(ObjectNode content, Map<Side, List<Outcome>> outcomes) {
        ObjectNode medians = content.putObject("medianImagesPerSecond");
        outcomes.forEach((side, own) -> {
            List<Outcome.Measured> measured = Rounds.measured(own);
            if (!measured.isEmpty() && !side.name().equals(PEAK))
                medians.put(side.name(), Rounds.median(measured, FIGURE));
        });
        ObjectNode ratios = content.putObject("foveaAgainstFastest");
        for (String family : PEERS) {
            OptionalDouble fovea = fastest(FOVEA, outcomes);
            OptionalDouble peer = fastest(family, outcomes);
            if (fovea.isPresent() && peer.isPresent()) ratios.put(family, fovea.getAsDouble() / peer.getAsDouble());
        }
        content.set("sides", Result.sides(outcomes));
    }
}
