package io.fovea.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.ExistingDataset;
import io.fovea.dataset.ImportFolder;
import io.fovea.dataset.StoreManifest;
import io.fovea.problem.Problem;
import io.fovea.source.IdxImporterTest;
import io.fovea.source.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An import that cannot finish")
class InterruptedImportTest {

    private static final int PICTURES = 20_000;

    @TempDir
    Path temporary;

    Path source;
    Path target;

    @BeforeEach
    void digits() throws IOException {
        source = Files.createDirectory(temporary.resolve("source"));
        target = temporary.resolve("datasets").resolve("digits");
        writeDigits(0);
    }

    @Test
    void killed_at_any_moment_loses_nothing_and_the_next_one_clears_up() throws IOException, InterruptedException {
        Path other = target.resolveSibling("other");
        ImportSettings settings =
                ImportSettings.of("digits", RealDataTest.MNIST).withExisting(ExistingDataset.REPLACE);
        ImportSteps.run(other, settings, source);
        ImportSteps.run(target, settings, source);
        String before = hash(target);
        writeDigits(1);
        Random moments = new Random(7);
        for (int i = 0; i < 6; i++) {
            killWhileStoring(moments.nextInt(400));
            if (Files.exists(target)) verify(target);
        }

        ImportSteps.run(target, settings, source);

        assertThat(ImportSteps.names(target.getParent())).containsExactly("digits", "other");
        assertThat(hash(target)).isNotEqualTo(before);
        verify(target);
        assertThat(hash(other)).isEqualTo(before);
    }

    @Test
    void brings_back_a_dataset_that_was_moved_aside_for_a_successor_that_never_came() throws IOException {
        ImportSettings settings = ImportSettings.of("digits", RealDataTest.MNIST);
        ImportSteps.run(target, settings, source);
        String before = hash(target);
        Path aside = Files.createDirectory(target.resolveSibling(".digits.replaced-123"));
        Files.move(target, aside.resolve("digits"));

        Problem problem = ImportSteps.problem(target, settings, Source.of(source));

        assertThat(problem.what()).isEqualTo("A dataset of this name exists already.");
        assertThat(hash(target)).isEqualTo(before);
        assertThat(ImportSteps.names(target.getParent())).containsExactly("digits");
    }

    @Test
    void leaves_an_import_of_the_same_name_alone_that_is_still_running() throws IOException {
        try (ImportFolder running = ImportFolder.create(target, ExistingDataset.KEEP)) {
            ImportSteps.run(target, ImportSettings.of("digits", RealDataTest.MNIST), source);

            assertThat(running.folder()).exists();
            Files.writeString(running.folder().resolve(StoreManifest.STORE_FILE_NAME), "x");
            Files.writeString(running.folder().resolve(StoreManifest.FILE_NAME), "x");
            assertThat(catchThrowableOfType(Problem.class, running::complete).what())
                    .isEqualTo("A dataset of this name exists already.");
        }
        assertThat(ImportSteps.names(target.getParent())).containsExactly("digits");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void says_that_the_folder_cannot_be_written() {
        Path impossible = Path.of("/proc/fovea/digits");

        Problem problem =
                ImportSteps.problem(impossible, ImportSettings.of("digits", RealDataTest.MNIST), Source.of(source));

        assertThat(problem.what()).startsWith("Cannot write the dataset: ");
        assertThat(problem.where()).isEqualTo("/proc/fovea/digits");
        assertThat(problem.remedy())
                .isEqualTo(
                        "check that the disk has room and that you may write there; nothing that was there is changed");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void says_that_the_disk_has_no_room_and_leaves_nothing() throws IOException, InterruptedException {
        // Files of at most 4 MB stand in for a full disk; the pictures need 16.
        List<String> limited = List.of("bash", "-c", "ulimit -f 4096; exec \"$@\"", "limited");
        Process process = ImportingProgram.command(limited, source, target).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();

        assertThat(said).contains("Cannot write the dataset: ").contains("check that the disk has room");
        assertThat(ImportSteps.names(target.getParent())).isEmpty();
    }

    private void killWhileStoring(int millis) throws IOException, InterruptedException {
        Process process = ImportingProgram.command(List.of(), source, target).start();
        try (BufferedReader said = process.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.equals("storing")) line = said.readLine();
            assertThat(line).isEqualTo("storing");
            Thread.sleep(millis);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void writeDigits(int shift) throws IOException {
        int[] greys = new int[PICTURES];
        int[] labels = new int[PICTURES];
        for (int i = 0; i < PICTURES; i++) {
            greys[i] = (i + shift) % 251;
            labels[i] = i % 10;
        }
        byte[] small = IdxImporterTest.images(2051, PICTURES, 4, 4, greys);
        Files.write(source.resolve("train-images-idx3-ubyte"), small);
        Files.write(source.resolve("train-labels-idx1-ubyte"), IdxImporterTest.labels(2049, PICTURES, labels));
    }

    private static void verify(Path folder) {
        try (Dataset dataset = Dataset.open(folder)) {
            dataset.verify();
        }
    }

    private static String hash(Path folder) {
        try (Dataset dataset = Dataset.open(folder)) {
            return dataset.contentHash();
        }
    }
}
