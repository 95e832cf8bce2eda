package io.fovea.training;

import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent;
import io.fovea.problem.Problem;
import io.fovea.tensor.Ranks;
import io.fovea.tensor.Rendezvous;
import io.fovea.weights.Safetensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that trains as one of several ranks. Of rank 0 it says each step, and waits after step 20 until there is a file {@code go}; where there is
 * a file {@code stop-RANK} it asks for a stop and says so. At the end it says the outcome, and writes the weights; of a problem it says the text.
 */
final class RankProgram {

    private static final int WAITS_AFTER = 20;
    private static final int MILLISECONDS = 20;

    private RankProgram() {}

    /** Arguments: dataset, run, folder in which ranks meet, rank, count, name of {@link RankFixture}, seconds of patience. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path meeting = Path.of(arguments[2]);
        int rank = Integer.parseInt(arguments[3]);
        int count = Integer.parseInt(arguments[4]);
        RankFixture fixture = RankFixture.valueOf(arguments[5]);
        Duration patience = Duration.ofSeconds(Long.parseLong(arguments[6]));
        try (Dataset dataset = Dataset.open(Path.of(arguments[0]));
                Ranks ranks = ranks(meeting, rank, count, patience)) {
            StopSignal stop = new StopSignal();
            Thread.ofPlatform().daemon().start(() -> {
                await(meeting.resolve("stop-" + rank));
                stop.request();
                System.out.println("asked");
            });
            TrainingResult result = new Trainer(
                            dataset,
                            fixture.network(),
                            fixture.settings(),
                            Path.of(arguments[1]),
                            event -> {
                                if (!(event instanceof TrainingEvent.StepFinished step)) return;
                                System.out.println("step " + step.step());
                                if (step.step() == WAITS_AFTER) await(meeting.resolve("go"));
                            },
                            stop)
                    .among(ranks)
                    .run();
            Safetensors.write(result.weights(), Map.of(), meeting.resolve("weights-" + rank + ".safetensors"));
            System.out.println(result.outcome());
        } catch (Problem problem) {
            System.out.println("problem: " + problem.getMessage());
        }
    }

    private static Ranks ranks(Path meeting, int rank, int count, Duration patience) throws IOException {
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

    private static void await(Path file) {
        try {
            while (!Files.exists(file)) Thread.sleep(MILLISECONDS);
        } catch (InterruptedException over) {
            throw new IllegalStateException(over);
        }
    }

    /** Returns the command that starts this program in a JVM of its own, with this JVM's options. */
    static ProcessBuilder command(
            Path dataset, Path run, Path meeting, int rank, int count, RankFixture fixture, Duration patience) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-agentlib"))
                .toList());
        if (fixture.isSent()) words.add("-Dfovea.ranks=sent");
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), RankProgram.class.getName()));
        words.addAll(List.of(dataset.toString(), run.toString(), meeting.toString()));
        words.addAll(List.of(Integer.toString(rank), Integer.toString(count), fixture.name()));
        words.add(Long.toString(patience.toSeconds()));
        return new ProcessBuilder(words).redirectErrorStream(true);
    }
}
