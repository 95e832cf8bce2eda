package io.fovea.importer;

import io.fovea.dataset.ExistingDataset;
import io.fovea.problem.Problem;
import io.fovea.source.Source;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that imports, to be killed or starved: says "storing" once pictures are being stored. */
final class ImportingProgram {

    private ImportingProgram() {}

    public static void main(String[] arguments) {
        ImportSettings settings =
                ImportSettings.of("digits", RealDataTest.MNIST).withExisting(ExistingDataset.REPLACE);
        boolean[] told = {false};
        try {
            DatasetImport.run(
                    List.of(Source.of(Path.of(arguments[0]))), settings, Path.of(arguments[1]), (done, total) -> {
                        if (done == 0 || told[0]) return;
                        told[0] = true;
                        System.out.println("storing");
                    });
            System.out.println("done");
        } catch (Problem e) {
            System.out.println(e.threeLines());
        }
    }

    /** Returns the command that starts this program in a Java of its own, after the words of {@code before}. */
    static ProcessBuilder command(List<String> before, Path source, Path target) throws IOException {
        List<String> words = new ArrayList<>(before);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-agentlib"))
                .toList());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), ImportingProgram.class.getName()));
        words.addAll(List.of(source.toString(), target.toString()));
        return new ProcessBuilder(words).redirectErrorStream(true);
    }
}
