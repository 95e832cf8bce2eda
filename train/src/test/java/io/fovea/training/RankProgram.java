package io.fovea.training;

import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent;
import io.fovea.problem.Problem;
import io.fovea.tensor.Ranks;
import io.fovea.tensor.Rendezvous;
import io.fovea.weights.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that trains as one of several ranks, once for each line of its input. Of rank 0 it says each step, and waits after step 20 until there is a
 * file {@code go}; where there is a file {@code stop-RANK} it asks for a stop and says so. At the end it says the outcome, and writes the weights; of a
 * problem it says the text. Then it says {@link #OVER}.
 */
final class RankProgram {

    /** What it says once it waits for another line. */
    static final String OVER = "over";

    private static final String SEPARATOR = "\t";
    private static final int WAITS_AFTER = 20;
    private static final int MILLISECONDS = 20;

    private RankProgram() {}

    public static void main(String[] none) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            train(line.split(SEPARATOR));
            System.out.println(OVER);
        }
    }

    /** Parts: dataset, run, folder in which ranks meet, rank, count, name of {@link RankFixture}, seconds of patience. */
    private static void train(String[] parts) throws IOException, InterruptedException {
        Path meeting = Path.of(parts[2]);
        int rank = Integer.parseInt(parts[3]);
        int count = Integer.parseInt(parts[4]);
        RankFixture fixture = RankFixture.valueOf(parts[5]);
        Duration patience = Duration.ofSeconds(Long.parseLong(parts[6]));
        System.setProperty("fovea.ranks", fixture.isSent() ? "sent" : "");
        StopSignal stop = new StopSignal();
        Thread asking = Thread.ofPlatform().daemon().start(() -> {
            try {
                await(meeting.resolve("stop-" + rank));
            } catch (InterruptedException over) {
                return;
            }
            stop.request();
            System.out.println("asked");
        });
        try (Dataset dataset = Dataset.open(Path.of(parts[0]));
                Ranks ranks = ranks(meeting, rank, count, patience)) {
            TrainingResult result = new Trainer(
                            dataset,
                            fixture.network(),
                            fixture.settings(),
                            Path.of(parts[1]),
                            event -> {
                                if (!(event instanceof TrainingEvent.StepFinished step)) return;
                                System.out.println("step " + step.step());
                                if (step.step() == WAITS_AFTER) awaitGo(meeting);
                            },
                            stop)
                    .among(ranks)
                    .run();
            Safetensors.write(result.weights(), Map.of(), meeting.resolve("weights-" + rank + ".safetensors"));
            System.out.println(result.outcome());
        } catch (Problem problem) {
            System.out.println("problem: " + problem.getMessage());
        } finally {
            asking.interrupt();
            asking.join();
        }
    }

    private static Ranks ranks(Path meeting, int rank, int count, Duration patience)
            throws IOException, InterruptedException {
        Path file = meeting.resolve("address");
        if (rank == 0) {
            Rendezvous rendezvous = Rendezvous.open("localhost", count, patience);
            Path part = Files.writeString(meeting.resolve("address.part"), rendezvous.address());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return rendezvous.join();
        }
        await(file);
        return Rendezvous.join(Files.readString(file), rank, count, patience);
    }

    private static void awaitGo(Path meeting) {
        try {
            await(meeting.resolve("go"));
        } catch (InterruptedException over) {
            throw new IllegalStateException(over);
        }
    }

    private static void await(Path file) throws InterruptedException {
        while (!Files.exists(file)) Thread.sleep(MILLISECONDS);
    }

    /** Returns the command that starts this program in a JVM of its own, with this JVM's options. */
    static ProcessBuilder command() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-agentlib"))
                .toList());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), RankProgram.class.getName()));
        return new ProcessBuilder(words).redirectErrorStream(true);
    }

    /** Returns the line by which it trains. */
    static String line(
            Path dataset, Path run, Path meeting, int rank, int count, RankFixture fixture, Duration patience) {
        return String.join(
                SEPARATOR,
                dataset.toString(),
                run.toString(),
                meeting.toString(),
                Integer.toString(rank),
                Integer.toString(count),
                fixture.name(),
                Long.toString(patience.toSeconds()));
    }
}
