package io.fovea.benchmark;

import io.fovea.machine.Machine;
import io.fovea.network.Shape;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A prediction server that is asked for an hour, well and badly, while its model is replaced. */
@Command(
        name = "endurance",
        description = "./fovea serve under mixed load for an hour: errors on good requests, growth of its memory.")
final class EnduranceBenchmark implements Callable<Integer> {

    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_REPLACEMENTS = Duration.ofSeconds(60);

    @Option(names = "--minutes", defaultValue = "60", description = "How long (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(names = "--clients", defaultValue = "8", description = "How many ask (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        Path folder = Files.createTempDirectory("fovea-endurance-");
        try {
            Path model =
                    ServeBenchmark.write("cifar-cnn", new Shape(3, 32, 32), 10, folder.resolve("models/small.fovea"));
            Path again = Files.copy(model, folder.resolve("again.fovea"));
            int grpcPort = freePort();
            List<Double> memory = new ArrayList<>();
            try (ServerProcess server = ServerProcess.serve(model.getParent(), grpcPort);
                    MixedLoad load = new MixedLoad(server.address(), grpcPort, "small", ServeBenchmark.photo())) {
                Duration time = Duration.ofMillis((long) (minutes * 60_000));
                Thread asking = Thread.ofPlatform().start(() -> {
                    try {
                        load.run(clients, time, 0.3, 1);
                    } catch (InterruptedException impatient) {
                        Thread.currentThread().interrupt();
                    }
                });
                int replaced = 0;
                for (long sample = 1; asking.isAlive(); sample++) {
                    asking.join(BETWEEN_SAMPLES);
                    memory.add(server.residentMegabytes());
                    if (sample % BETWEEN_REPLACEMENTS.dividedBy(BETWEEN_SAMPLES) == 0) {
                        replace(again, model);
                        replaced++;
                    }
                }
                return told(machine, load, memory, replaced);
            }
        } finally {
            Folder.delete(folder);
        }
    }

    private int told(Machine machine, MixedLoad load, List<Double> memory, int replaced) {
        double early = Median.of(part(memory, 1 / 6.0, 2 / 6.0));
        double late = Median.of(part(memory, 5 / 6.0, 1));
        long failed =
                load.failures().values().stream().mapToLong(Long::longValue).sum();
        List<String> row = List.of(
                String.format(Locale.ROOT, "%.0f min", minutes),
                String.format(Locale.ROOT, "%,d", load.answered()),
                String.format(Locale.ROOT, "%,d", load.refused()),
                Integer.toString(replaced),
                "**" + failed + "**",
                String.format(Locale.ROOT, "%.0f MB", early),
                String.format(Locale.ROOT, "%.0f MB", late),
                String.format(Locale.ROOT, "**%+.1f %%**", 100 * (late / early - 1)));
        load.failures().forEach((what, count) -> System.out.println(count + " times: " + what));
        recordOption.finish(
                "endurance",
                machine,
                Map.of("minutes", minutes, "clients", clients, "shareOfBad", 0.3),
                row,
                content -> {
                    content.put("answered", load.answered()).put("refused", load.refused());
                    content.set(
                            "failures", new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(load.failures()));
                    memory.forEach(content.putArray("residentMegabytes")::add);
                });
        return failed == 0 ? 0 : 1;
    }

    private static List<Double> part(List<Double> all, double from, double to) {
        return all.subList((int) (from * all.size()), Math.max((int) (from * all.size()) + 1, (int) (to * all.size())));
    }

    /** A copy of the same model: whoever asks meanwhile must not notice. */
    private static void replace(Path with, Path model) throws IOException {
        Path beside = Files.copy(with, with.resolveSibling("next"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, model, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
