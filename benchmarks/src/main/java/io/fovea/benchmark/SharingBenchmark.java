package io.fovea.benchmark;

import io.fovea.event.Event;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent.Evolved;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Jobs by the command, {@code --on} two executors of one core, beside one process with two threads. Speeds are read from the runs' own events, without
 * their first part, in which a JVM warms up.
 */
@Command(
        name = "sharing",
        description = "fovea tune, shrink hybrid and train --on local-cluster by two executors of one core, beside one"
                + " process with two threads.")
final class SharingBenchmark implements Callable<Integer> {

    private static final String CLUSTER = "local-cluster[2,1,512]";
    private static final String DATA = "digits";

    @Option(names = "--only", split = ",", description = "Of tune, hybrid, train (default: all).", paramLabel = "WHAT")
    private Set<String> only = Set.of("tune", "hybrid", "train");

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Pairs of hybrid and train (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private RecordOption recordOption;

    private Path workspace;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        workspace = Files.createTempDirectory("fovea-sharing-");
        try {
            fovea(
                    "data",
                    "import",
                    DATA,
                    Repository.data("mnist").resolve("mnist").toString(),
                    "--validation",
                    "10");
            if (only.contains("tune")) tune(machine);
            if (only.contains("hybrid"))
                pairs(machine, "hybrid", "candidates/s", "shrink", "hybrid", "--data", DATA, "--generations", "400");
            if (only.contains("train"))
                pairs(machine, "train", "images/s", "train", "--data", DATA, "--network", "lenet", "--epochs", "4");
        } finally {
            Folder.delete(workspace);
        }
        return 0;
    }

    private void fovea(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--workspace", workspace.toString()));
        FoveaCommand.run(all);
    }

    /** How long processes trained, of the time from the first beginning to the last end of a trial. */
    private void tune(Machine machine) throws IOException, InterruptedException {
        fovea(
                "tune",
                "--data",
                DATA,
                "--network",
                "lenet",
                "--epochs",
                "2",
                "--seed",
                "1",
                "--learning-rate",
                "0.02,0.01,0.005,0.002",
                "--l2",
                "0,0.0001,0.0005,0.001",
                "--on",
                CLUSTER);
        Instant begin = Instant.MAX;
        Instant end = Instant.MIN;
        Duration busy = Duration.ZERO;
        int trials = 0;
        for (Path folder : folders(run(DATA + "-lenet-tune"))) {
            List<Event> events = EventLog.read(folder.resolve("events.jsonl"));
            if (events.isEmpty()) continue;
            Instant first = events.getFirst().at();
            Instant last = events.getLast().at();
            trials++;
            busy = busy.plus(Duration.between(first, last));
            if (first.isBefore(begin)) begin = first;
            if (last.isAfter(end)) end = last;
        }
        double seconds = Duration.between(begin, end).toMillis() / 1e3;
        double share = busy.toMillis() / 1e3 / (2 * seconds);
        int made = trials;
        recordOption.finish(
                "sharing",
                "sharing-tune",
                machine,
                Map.of("on", CLUSTER),
                List.of(
                        made + " trials, LeNet",
                        "",
                        String.format(Locale.ROOT, "%.0f s", seconds),
                        String.format(Locale.ROOT, "**%.0f %%** busy", 100 * share)),
                content -> content.put("trials", made).put("seconds", seconds).put("busyShare", share));
    }

    private void pairs(Machine machine, String what, String unit, String... words)
            throws IOException, InterruptedException {
        List<Double> alone = new ArrayList<>();
        List<Double> shared = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            alone.add(speed(what + "-one-" + round, words, "--threads", "2"));
            shared.add(speed(what + "-two-" + round, words, "--on", CLUSTER));
            shares.add(shared.getLast() / alone.getLast());
        }
        recordOption.finish(
                "sharing",
                "sharing-" + what,
                machine,
                Map.of("on", CLUSTER, "rounds", rounds),
                List.of(
                        what + ", " + unit,
                        String.format(Locale.ROOT, "%,.0f", Median.of(alone)),
                        String.format(Locale.ROOT, "%,.0f", Median.of(shared)),
                        String.format(Locale.ROOT, "**%.0f %%**", 100 * Median.of(shares))),
                content -> {
                    alone.forEach(content.putArray("oneProcess")::add);
                    shared.forEach(content.putArray("cluster")::add);
                });
    }

    private double speed(String name, String[] words, String... more) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--name", name, "--seed", "1"));
        all.addAll(List.of(more));
        fovea(all.toArray(String[]::new));
        List<Event> events = EventLog.read(run(name).resolve("events.jsonl"));
        List<Evolved> evolved = of(events, Evolved.class);
        return evolved.isEmpty() ? imagesPerSecond(events) : candidatesPerSecond(evolved);
    }

    /** From the second half of the generations. */
    private static double candidatesPerSecond(List<Evolved> evolved) {
        Evolved last = evolved.getLast();
        Evolved middle = evolved.stream()
                .filter(each -> each.generation() >= last.generation() / 2)
                .findFirst()
                .orElseThrow();
        double seconds = Duration.between(middle.at(), last.at()).toMillis() / 1e3;
        return (last.evaluations() - middle.evaluations()) / seconds;
    }

    /** Of the last epoch. */
    private static double imagesPerSecond(List<Event> events) {
        return of(events, EpochFinished.class).getLast().imagesPerSecond();
    }

    private static <E extends Event> List<E> of(List<Event> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Returns the newest run of a name. */
    private Path run(String name) throws IOException {
        return folders(workspace.resolve("runs")).stream()
                .filter(each -> each.getFileName().toString().matches(name + "-\\d+"))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }
}
