package io.fovea.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.machine.Machine;
import io.fovea.module.Engine;
import io.fovea.tensor.Precision;
import io.fovea.tensor.Processor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Networks that both engines know, by each of them and by the one that is chosen where nobody says. */
@Command(
        name = "engines",
        description = "Whole training steps of the catalogue's networks by every engine that knows them, and by the one"
                + " that is chosen.")
final class EnginesBenchmark implements Callable<Integer> {

    private static final String FIGURE = "/imagesPerSecond";
    private static final String CHOSEN = "automatic";
    /** A network at a usual size. */
    private record Subject(String network, int channels, int side, int batchSize) {}

    private static final List<Subject> SUBJECTS = List.of(
            new Subject("perceptron", 1, 28, 64),
            new Subject("mlp", 1, 28, 64),
            new Subject("lenet", 1, 28, 64),
            new Subject("lenet", 3, 64, 64),
            new Subject("hybrid-64", 1, 28, 64),
            new Subject("hybrid-8", 1, 28, 64),
            new Subject("mnist-cnn", 1, 28, 64),
            new Subject("cifar-cnn", 3, 32, 64),
            new Subject("photo-cnn", 3, 224, 16),
            new Subject("point-cnn", 3, 224, 32));

    @Option(names = "--rounds", defaultValue = "3", description = "Runs of each side (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--threads", defaultValue = "2", description = "Threads that compute (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--warm-up",
            defaultValue = "4",
            description = "Seconds before those that are measured (default: ${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(names = "--seconds", defaultValue = "2", description = "Seconds measured (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--instructions",
            defaultValue = "all",
            description = "Vector instructions that may be used: all, avx2 (default: ${DEFAULT-VALUE}).")
    private Instructions instructions;

    @Option(names = "--only", split = ",", paramLabel = "NETWORK", description = "Only these networks (default: all).")
    private List<String> only = List.of();

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        boolean bfloat16 =
                instructions == Instructions.ALL && Processor.current().hasBfloat16();
        for (Subject subject : SUBJECTS) {
            if (!only.isEmpty() && !only.contains(subject.network)) continue;
            List<Side> sides = new ArrayList<>();
            sides.add(instructions.hold(Peak.side(threads)));
            sides.add(side(CHOSEN, subject, Engine.AUTOMATIC, bfloat16 ? Precision.AUTOMATIC : Precision.FLOAT32));
            sides.add(side("vector", subject, Engine.VECTOR, Precision.FLOAT32));
            sides.add(side("libtorch", subject, Engine.LIBTORCH, Precision.FLOAT32));
            if (bfloat16) sides.add(side("libtorch-bfloat16", subject, Engine.LIBTORCH, Precision.BFLOAT16));
            Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                    .run(
                            sides,
                            rounds,
                            measured -> String.format(
                                    Locale.ROOT,
                                    "%10.1f",
                                    measured.figures()
                                            .at(measured.figures().has("lanes") ? "/gigaOperations" : FIGURE)
                                            .asDouble()));
            recordOption.finish(
                    "engines",
                    "engines-" + subject.network + "-" + subject.side + "-" + instructions.word(),
                    machine,
                    Map.of(
                            "batchSize", subject.batchSize,
                            "threads", threads,
                            "rounds", rounds,
                            "warmUpSeconds", warmUp,
                            "measuredSeconds", seconds,
                            "instructions", instructions.word()),
                    row(subject, outcomes),
                    content -> content.set("sides", Result.sides(outcomes)));
        }
        return 0;
    }

    private Side side(String name, Subject subject, Engine engine, Precision precision) {
        List<String> arguments = List.of(
                "--network=" + subject.network,
                "--channels=" + subject.channels,
                "--side=" + subject.side,
                "--batch=" + subject.batchSize,
                "--engine=" + engine,
                "--precision=" + precision,
                "--threads=" + threads,
                "--warm-up=" + warmUp,
                "--seconds=" + seconds);
        return instructions.hold(Launcher.read().side(name, EngineSteps.class, arguments));
    }

    private List<String> row(Subject subject, Map<Side, List<Outcome>> outcomes) {
        Map<String, List<Outcome>> named = outcomes.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
        double peak = Peak.operations(named.get("peak"));
        List<Outcome.Measured> chosen = Rounds.measured(named.get(CHOSEN));
        Map.Entry<String, List<Outcome>> fastest = named.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals("peak") && !entry.getKey().equals(CHOSEN))
                .filter(entry -> rate(entry.getValue()).isPresent())
                .max(Comparator.comparingDouble(entry -> rate(entry.getValue()).getAsDouble()))
                .orElseThrow();
        boolean best = engine(fastest.getValue()).equals(engine(named.get(CHOSEN)));
        double own = rate(named.get(CHOSEN)).orElse(Double.NaN);
        double operations =
                chosen.getFirst().figures().at("/operationsPerPicture").asDouble();
        return List.of(
                subject.network,
                subject.channels + "x" + subject.side + "x" + subject.side,
                instructions.word(),
                String.format(Locale.ROOT, "%.0f", peak / 1e9),
                words(named.get("vector")),
                words(named.get("libtorch")),
                words(named.getOrDefault("libtorch-bfloat16", List.of())),
                engine(named.get(CHOSEN)),
                String.format(Locale.ROOT, "%.0f %%", 100 * own * operations / peak),
                convolutions(named.get("vector"), peak),
                best
                        ? "yes"
                        : String.format(
                                Locale.ROOT,
                                "**no**, %.2fx",
                                own / rate(fastest.getValue()).orElse(Double.NaN)));
    }

    /** Returns operations of the convolutions' definition a second of the time that the vector kernels spend in convolutions, as a share of the peak. */
    private static String convolutions(List<Outcome> outcomes, double peak) {
        List<Outcome.Measured> measured = Rounds.measured(outcomes);
        if (measured.isEmpty()) return "–";
        double operations =
                measured.getFirst().figures().at("/convolutionsPerPicture").asDouble();
        double share = Rounds.median(measured, "/convolutionShareOfTime");
        double rate = Rounds.median(measured, FIGURE);
        return operations == 0 ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * rate * operations / share / peak);
    }

    private static String engine(List<Outcome> outcomes) {
        JsonNode figures = Rounds.measured(outcomes).getFirst().figures();
        return (figures.path("engine").asText() + " "
                        + figures.path("precision").asText())
                .toLowerCase(Locale.ROOT);
    }

    private static String words(List<Outcome> outcomes) {
        OptionalDouble rate = rate(outcomes);
        return rate.isEmpty() ? "–" : String.format(Locale.ROOT, "%,.0f", rate.getAsDouble());
    }

    private static OptionalDouble rate(List<Outcome> outcomes) {
        List<Outcome.Measured> measured = Rounds.measured(outcomes);
        return measured.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Rounds.median(measured, FIGURE));
    }
}
