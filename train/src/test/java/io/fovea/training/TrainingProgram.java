package io.fovea.training;

import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent;
import io.fovea.module.Engine;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A program that trains, to be killed: says "checkpoint" after each one, and "done" at the end. */
final class TrainingProgram {

    private TrainingProgram() {}

    public static void main(String[] arguments) {
        Engine engine = Engine.valueOf(arguments[2]);
        try (Dataset dataset = Dataset.open(Path.of(arguments[0]))) {
            new Trainer(
                            dataset,
                            TrainingFixture.NETWORK,
                            TrainingFixture.settings(engine),
                            Path.of(arguments[1]),
                            event -> {
                                if (event instanceof TrainingEvent.StepFinished step)
                                    System.out.println("step " + step.step());
                            },
                            new StopSignal())
                    .writing(Arrays.stream(arguments)
                            .skip(3)
                            .map(RunOutput::valueOf)
                            .collect(Collectors.toSet()))
                    .run();
        }
        System.out.println("done");
    }

    /** Returns the command that starts this program in a JVM of its own, with this JVM's options. */
    static ProcessBuilder command(Path dataset, Path run, Engine engine, RunOutput... outputs) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-agentlib"))
                .toList());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), TrainingProgram.class.getName()));
        words.addAll(List.of(dataset.toString(), run.toString(), engine.name()));
        for (RunOutput output : outputs) words.add(output.name());
        return new ProcessBuilder(words).redirectErrorStream(true);
    }
}
