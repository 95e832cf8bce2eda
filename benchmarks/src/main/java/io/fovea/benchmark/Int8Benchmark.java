package io.fovea.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.event.EventListener;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.machine.Machine;
import io.fovea.quantize.WeightRange;
import io.fovea.training.StopSignal;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Models in whole numbers beside those in floats: accuracy, speed, and PyTorch on the same files. */
@Command(name = "int8", description = "Models in whole numbers beside those in floats, and PyTorch.")
final class Int8Benchmark implements Callable<Integer> {

    /** What is measured. */
    enum Subject {
        PHOTOGRAPHS,
        CIFAR
    }

    @Option(names = "--only", split = ",", description = "photographs or cifar (default: both).")
    private Set<Subject> only = EnumSet.allOf(Subject.class);

    @Option(
            names = "--bits",
            defaultValue = "7,8",
            split = ",",
            description = "Of weights (default: ${DEFAULT-VALUE}).")
    private List<Integer> bits;

    @Option(
            names = "--python",
            defaultValue = "/usr/bin/python3",
            description = "A Python that has PyTorch and torchvision (default: ${DEFAULT-VALUE}).")
    private String python;

    /** What ONNX Runtime is held to ({@code benchmarks/run}). */
    private final String instructions = System.getProperty("fovea.instructions", "all");

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        Path folder = Files.createTempDirectory("fovea-int8");
        try {
            if (only.contains(Subject.PHOTOGRAPHS)) photographs(machine, folder);
            if (only.contains(Subject.CIFAR)) cifar(machine, folder);
        } finally {
            Folder.delete(folder);
        }
        return 0;
    }

    private void photographs(Machine machine, Path folder) throws IOException, InterruptedException {
        Optional<JsonNode> pytorch = instructions.equals("all") ? pytorch() : Optional.empty();
        for (String network : List.of("resnet18", "mobilenet_v2_same")) {
            for (int width : bits) {
                ObjectNode found = new Int8Photographs(network, range(width), folder).measure();
                pytorch.filter(_ -> network.equals("resnet18")).ifPresent(peer -> found.set("pytorch", peer));
                List<String> row = List.of(
                        network,
                        Integer.toString(width),
                        found.get("sameTopClass").asInt() + " of "
                                + found.get("photographs").asInt(),
                        words("%.4f", found.get("meanDivergence")),
                        words("%.2f ms", found.at("/oneThread/millisBefore")),
                        words("%.2f ms", found.at("/oneThread/millis")),
                        words("**%.2fx**", found.at("/oneThread/speedUp")),
                        words("%.1f", found.get("jpegsPerSecondBefore")),
                        words("%.1f", found.get("jpegsPerSecond")),
                        found.has("pytorch") ? words("%.1f", found.at("/pytorch/imagesPerSecond")) : "–",
                        instructions);
                recordOption.finish(
                        "int8",
                        "int8-" + network + "-" + width + "-bits",
                        machine,
                        Map.of("network", network, "weightBits", width, "instructions", instructions),
                        row,
                        content -> content.set("measured", found));
            }
        }
    }

    private static WeightRange range(int bits) {
        return bits == 7 ? WeightRange.SEVEN_BITS : WeightRange.EIGHT_BITS;
    }

    private static String words(String format, JsonNode number) {
        return String.format(Locale.ROOT, format, number.asDouble());
    }

    /** ResNet-18 on the same JPEG files, one by one; nothing where there is no PyTorch. */
    private Optional<JsonNode> pytorch() throws IOException, InterruptedException {
        Path script = Repository.root().resolve("benchmarks/peers/pytorch/features.py");
        Process process = new ProcessBuilder(
                        python,
                        script.toString(),
                        "--batch",
                        "1",
                        "--threads",
                        Integer.toString(Runtime.getRuntime().availableProcessors()),
                        "--data",
                        Repository.data("cats-dogs").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) return Optional.empty();
        return Optional.of(new ObjectMapper().readTree(output.lines().toList().getLast()));
    }

    /**
     * ResNet-20 as others trained it on CIFAR-10 in lossless files, and the same after three epochs on its training pictures as JPEG; both
     * judged on its test pictures as JPEG.
     */
    private void cifar(Machine machine, Path folder) throws IOException, InterruptedException {
        Workspace workspace = Workspace.at(folder.resolve("workspace"));
        Path pictures = Repository.data("cifar10").resolve("cifar10");
        run(
                workspace,
                new Job.Import(
                        "cifar",
                        List.of(
                                "train=" + pictures.resolve("cifar10-jpeg-train.tar.gz"),
                                "test=" + pictures.resolve("cifar10-jpeg-test.tar.gz")),
                        Map.of(
                                "preparation", Map.of("height", 32, "width", 32, "resizeMode", "crop"),
                                "splits", Map.of("validationPercent", 0)),
                        false));
        Path classes = folder.resolve("classes.txt");
        Files.write(
                classes,
                List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"));
        Path weights = Repository.data("pretrained-cifar10").resolve("pretrained-cifar10");
        String lossless = "resnet20";
        run(workspace, weights(lossless, weights.resolve("resnet20-12fca82f.th")));
        run(workspace, new Job.Export(lossless, Optional.empty(), Optional.empty(), Optional.of(classes), false));
        String jpeg = "resnet20-on-jpeg";
        FoveaCommand.build();
        FoveaCommand.run(List.of(
                "train",
                "--data",
                "cifar",
                "--pretrained",
                lossless,
                "--transfer",
                "all",
                "--name",
                jpeg,
                "--epochs",
                "3",
                "--batch-size",
                "128",
                "--optimizer",
                "momentum",
                "--learning-rate",
                "0.01",
                "--flip",
                "0.5",
                "--crop-padding",
                "4",
                "--workspace",
                workspace.folder().toString()));
        for (String name : List.of(lossless, jpeg)) {
            for (int width : bits) {
                run(
                        workspace,
                        new Job.Int8(
                                name,
                                "cifar",
                                Optional.of(name + "-" + width),
                                Optional.empty(),
                                Optional.of(width == 7 ? "any" : "this"),
                                Optional.empty(),
                                true));
                JsonNode found = new ObjectMapper().valueToTree(new Jobs(workspace).result(name + "-" + width + "-1"));
                List<String> row = List.of(
                        name,
                        found.get("weightBits").asText(),
                        words("%.4f", found.at("/before/0/value")),
                        words("%.4f", found.at("/after/0/value")),
                        words("**%+.4f**", found.get("difference")),
                        words("%+.4f", found.at("/differenceInterval/0"))
                                + words(" to %+.4f", found.at("/differenceInterval/1")),
                        words("%.4f", found.get("agreement")),
                        words("%.2f ms", found.at("/latencies/0/millisBefore")),
                        words("%.2f ms", found.at("/latencies/0/millis")),
                        words("**%.2fx**", found.at("/latencies/0/speedUp")));
                recordOption.finish(
                        "int8-cifar",
                        "int8-cifar-" + name + "-" + width + "-bits",
                        machine,
                        Map.of("network", name, "weightBits", width),
                        row,
                        content -> content.set(
                                "measured",
                                ((ObjectNode) found).without(List.of("original", "bundle")))); // places of this run
            }
        }
    }

    private static Job.ImportWeights weights(String name, Path file) {
        return new Job.ImportWeights(
                name,
                Optional.of(file.toString()),
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static void run(Workspace workspace, Job job) {
        new Jobs(workspace)
                .begin(JobYaml.Order.of(job), Jobs.Going.ON)
                .run(EventListener.NOBODY, new StopSignal())
                .orElseThrow();
    }
}
