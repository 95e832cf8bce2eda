package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a person waits for commands that end in a moment: the whole process, launcher included. */
@Command(
        name = "start",
        description = "./fovea --help, and ./fovea predict of one digit by a LeNet: seconds of the whole process.")
final class StartBenchmark implements Callable<Integer> {

    private static final String MODEL = "generated-lenet";

    @Option(names = "--rounds", defaultValue = "11", description = "Starts of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        Path workspace = Files.createTempDirectory("fovea-benchmark-");
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        try {
            String place = workspace.toString();
            FoveaCommand.run(List.of("lab", "mnist", "--data", "generated", "--epochs", "1", "--workspace", place));
            List<String> predict = List.of("predict", MODEL, example(workspace), "--workspace", place);
            Map<String, List<String>> commands = new LinkedHashMap<>();
            commands.put("--help", List.of("--help"));
            commands.put("predict", predict);
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                    seconds.computeIfAbsent(command.getKey(), _ -> new ArrayList<>())
                            .add(seconds(command.getValue()));
                }
            }
        } finally {
            Folder.delete(workspace);
        }
        List<String> row = seconds.values().stream()
                .map(own -> String.format(Locale.ROOT, "**%.2f s**", Median.of(own)))
                .toList();
        recordOption.finish("start", machine, Map.of("rounds", rounds), row, content -> {
            ObjectNode all = content.putObject("seconds");
            seconds.forEach((command, own) -> own.forEach(all.withArray(command)::add));
        });
        return 0;
    }

    private static String example(Path workspace) throws IOException {
        try (Stream<Path> files = Files.walk(workspace.resolve("runs"))) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .findFirst()
                    .orElseThrow(() -> new Problem(
                            "The lab left no picture to predict.", workspace.toString(), "look at what the lab says"))
                    .toString();
        }
    }

    private static double seconds(List<String> arguments) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int exitCode = new ProcessBuilder(FoveaCommand.of(arguments))
                .directory(Repository.root().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (exitCode != 0) {
            throw new Problem(
                    "Fovea ended with exit code " + exitCode + ".",
                    "./fovea " + String.join(" ", arguments),
                    "call it yourself to see its words");
        }
        return seconds;
    }
}
