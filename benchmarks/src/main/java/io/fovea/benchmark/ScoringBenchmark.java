package io.fovea.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import io.fovea.machine.Machine;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea predict --on} a cluster of two processes of one core, beside one process with two threads: rate, and whether any bit differs. */
@Command(
        name = "scoring",
        description =
                "fovea predict --on local-cluster: digits and photographs by two processes of one core, against one"
                        + " process with two threads.")
final class ScoringBenchmark implements Callable<Integer> {

    private static final String CLUSTER = "local-cluster[2,1,2048]";
    private static final int IDX_HEADER = 16;

    @Option(names = "--digits", defaultValue = "200000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int digits;

    @Option(names = "--photographs", defaultValue = "5000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int photographs;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        Path folder = Files.createTempDirectory("fovea-scoring-");
        try {
            Path lenet = ServeBenchmark.write("lenet", new Shape(1, 28, 28), 10, folder.resolve("lenet.fovea"));
            Path resnet =
                    ServeBenchmark.write("resnet18", new Shape(3, 224, 224), 1_000, folder.resolve("resnet18.fovea"));
            if (digits > 0)
                measure(
                        machine,
                        "digits",
                        lenet,
                        repeated(drawn(folder.resolve("drawn")), digits, folder.resolve("digits")));
            if (photographs > 0)
                measure(
                        machine,
                        "photographs",
                        resnet,
                        repeated(
                                files(Repository.data("cats-dogs").resolve("cats-dogs")),
                                photographs,
                                folder.resolve("photographs")));
        } finally {
            Folder.delete(folder);
        }
        return 0;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> each.toString().endsWith(".jpg")).sorted().toList();
        }
    }

    /** MNIST's test digits as PNG files. */
    static List<Path> drawn(Path folder) throws IOException {
        Files.createDirectories(folder);
        byte[] all;
        try (InputStream in = new GZIPInputStream(
                Files.newInputStream(Repository.data("mnist").resolve("mnist/t10k-images-idx3-ubyte.gz")))) {
            all = in.readAllBytes();
        }
        int size = 28 * 28;
        List<Path> files = new ArrayList<>();
        for (int at = IDX_HEADER; at < all.length; at += size)
            files.add(Files.write(
                    folder.resolve(String.format(Locale.ROOT, "%05d.png", files.size())),
                    PngWriter.bytes(new Pixels(28, 28, 1, Arrays.copyOfRange(all, at, at + size)))));
        return files;
    }

    /** The same files again and again, as links, until there are so many. */
    static Path repeated(List<Path> files, int count, Path folder) throws IOException {
        for (int i = 0; i < count; i++) {
            Path file = files.get(i % files.size());
            Path part = Files.createDirectories(folder.resolve(String.format(Locale.ROOT, "%03d", i / files.size())));
            Path link = part.resolve(String.format(Locale.ROOT, "%05d-%s", i % files.size(), file.getFileName()));
            if (file.startsWith(folder.getParent())) Files.createLink(link, file);
            else Files.createSymbolicLink(link, file.toRealPath());
        }
        return folder;
    }

    private void measure(Machine machine, String what, Path model, Path pictures)
            throws IOException, InterruptedException {
        Path one = model.resolveSibling(what + "-one.csv");
        Path shared = model.resolveSibling(what + "-cluster.csv");
        JsonNode alone = json(
                List.of(
                        Launcher.java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseParallelGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScoringLoop.class.getName(),
                        model.toString(),
                        pictures.toString(),
                        one.toString()),
                new ArrayList<>());
        List<ResidentMemory> executors = new ArrayList<>();
        JsonNode cluster = json(
                FoveaCommand.of(List.of(
                        "predict",
                        model.toString(),
                        pictures.toString(),
                        "--on",
                        CLUSTER,
                        "--out",
                        shared.toString(),
                        "--json")),
                executors);
        double share = cluster.get("picturesPerSecond").asDouble()
                / alone.get("picturesPerSecond").asDouble();
        int differing = differing(one, shared);
        long most =
                executors.stream().mapToLong(ResidentMemory::peakInBytes).max().orElse(0);
        double growth = executors.stream()
                .flatMapToDouble(each -> each.growth().stream())
                .max()
                .orElse(1);
        List<String> row = List.of(
                String.format(Locale.ROOT, "%,d %s", cluster.get("pictures").asInt(), what),
                String.format(
                        Locale.ROOT, "%.0f/s", alone.get("picturesPerSecond").asDouble()),
                String.format(
                        Locale.ROOT, "%.0f/s", cluster.get("picturesPerSecond").asDouble()),
                String.format(Locale.ROOT, "**%.0f %%**", 100 * share),
                String.format(Locale.ROOT, "**%d**", differing),
                String.format(
                        Locale.ROOT,
                        "%.1f s",
                        cluster.get("secondsToFirstAnswer").asDouble()),
                String.format(Locale.ROOT, "%d MB", most >> 20),
                String.format(Locale.ROOT, "%+.1f %%", 100 * (growth - 1)));
        recordOption.finish(
                "scoring",
                "scoring-" + what,
                machine,
                Map.of("pictures", cluster.get("pictures").asInt(), "on", CLUSTER),
                row,
                content -> {
                    content.set("oneProcess", alone);
                    content.set(
                            "cluster", ((ObjectNode) cluster).without(List.of("model", "out"))); // places of this run
                    content.put("differing", differing);
                    content.put("mostBytesOfAnExecutor", most).put("growthOfAnExecutor", growth);
                });
    }

    /** @param executors takes in what those that it begins have held */
    private static JsonNode json(List<String> command, List<ResidentMemory> executors)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ExecutorMemory memory = ExecutorMemory.of(process);
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0)
            throw new Problem("A side ended with a failure.", command.toString(), "see its words");
        executors.addAll(memory.executors());
        return new ObjectMapper().readTree(output.substring(output.indexOf('{')));
    }

    /** Returns for how many pictures the two tables have another class, or a probability with other bits. */
    private static int differing(Path one, Path shared) throws IOException {
        Map<String, String> expected = new HashMap<>();
        for (String line : Files.readAllLines(one)) {
            int comma = line.indexOf(',');
            expected.put(line.substring(0, comma), line.substring(comma + 1));
        }
        List<String> lines = Files.readAllLines(shared);
        List<String> heads = List.of(lines.getFirst().split(","));
        int differing = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            String found = fields[heads.indexOf("label")] + "," + fields[heads.indexOf("probability")];
            if (!found.equals(expected.remove(fields[0]))) differing++;
        }
        return differing + expected.size();
    }
}
