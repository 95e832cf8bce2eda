package io.fovea.benchmark;

import io.fovea.machine.Machine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code Classifier} adds to ONNX Runtime for one picture; see {@link ClassifierOverhead}. */
@Command(name = "classifier", description = "One picture through Classifier, against ONNX Runtime alone.")
final class ClassifierBenchmark implements Callable<Integer> {

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "How many JVMs are measured (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws InterruptedException {
        Machine machine = Machine.current();
        // As in a service: none of the settings that the launcher of the training program makes.
        Side side = new Side(
                "classifier",
                "fovea",
                List.of(
                        Launcher.java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClassifierOverhead.class.getName()),
                Map.of());
        Map<Side, List<Outcome>> outcomes = new Rounds(System.err)
                .run(List.of(side), rounds, measured -> measured.figures().toString());
        List<Outcome.Measured> measured = Rounds.measured(outcomes.get(side));
        List<String> row = measured.isEmpty()
                ? List.of("–", "–", "–", "–", "–", "–")
                : List.of(
                        micros(measured, "/onnxRuntime"),
                        micros(measured, "/classifier"),
                        percent(measured, "/overhead"),
                        micros(measured, "/decodeAndOnnxRuntime"),
                        micros(measured, "/decodeAndClassifier"),
                        percent(measured, "/overheadWithDecoding"));
        recordOption.finish(
                "classifier",
                machine,
                Map.of("rounds", rounds),
                row,
                content -> content.set("sides", Result.sides(outcomes)));
        return 0;
    }

    private static String micros(List<Outcome.Measured> measured, String path) {
        return String.format(Locale.ROOT, "%.1f µs", Rounds.median(measured, path));
    }

    private static String percent(List<Outcome.Measured> measured, String path) {
        return String.format(Locale.ROOT, "**%+.1f %%**", 100 * Rounds.median(measured, path));
    }
}
