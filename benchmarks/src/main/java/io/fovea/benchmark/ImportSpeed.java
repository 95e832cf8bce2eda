package io.fovea.benchmark;

import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportReport;
import io.fovea.importer.ImportSettings;
import io.fovea.source.Source;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * One import in a fresh JVM, as the first thing that a user does.
 *
 * <p>Prints one line of JSON: pictures, seconds of the import, and seconds since the JVM's start.
 */
@Command(name = "import-speed")
final class ImportSpeed implements Callable<Integer> {

    @Parameters(description = "What to import.")
    private Path source;

    @Option(names = "--side", required = true, description = "Height and width.")
    private int side;

    @Option(names = "--color", required = true, description = "GREY or COLOR.")
    private ColorMode colorMode;

    @Option(names = "--into", required = true, description = "A folder on the disk to be measured.")
    private Path folder;

    /** Runs in a process of its own; see {@link ImportBenchmark}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ImportSpeed()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        Path target = Files.createTempDirectory(folder, "import-").resolve("dataset");
        try {
            ImportSettings settings =
                    ImportSettings.of("benchmark", new Preparation(side, side, colorMode, ResizeMode.SQUASH));
            long start = System.nanoTime();
            ImportReport report = DatasetImport.run(List.of(Source.of(source)), settings, target, (_, _) -> {});
            double seconds = (System.nanoTime() - start) / 1e9;
            double sinceStart = (System.currentTimeMillis()
                            - ManagementFactory.getRuntimeMXBean().getStartTime())
                    / 1e3;
            int pictures = 0;
            for (Split split : Split.values()) pictures += report.count(split);
            System.out.printf(
                    Locale.ROOT,
                    "{\"pictures\":%d,\"broken\":%d,\"seconds\":%.3f,\"secondsSinceStart\":%.3f}%n",
                    pictures,
                    report.broken().size(),
                    seconds,
                    sinceStart);
        } finally {
            Folder.delete(target.getParent());
        }
        return 0;
    }
}
