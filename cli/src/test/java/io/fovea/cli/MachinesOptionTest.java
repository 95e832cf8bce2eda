package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@DisplayName("On other machines")
class MachinesOptionTest {

    private final MachinesOption machines = CommandLine.populateCommand(new MachinesOption(), "--on", "local[2]");

    @ParameterizedTest
    @CsvSource({"epochs: 3, 1", "threads: 7, 7", "'computation: {threads: 7}', 7"})
    void a_process_computes_with_one_thread_unless_the_settings_say_how_many(
            String settings, int threads, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("settings.yaml"), settings);
        TrainingSettings read = TrainingOptions.read(file, machines.usual(TrainingSettings.defaults(1)));
        assertThat(read.computation().threads()).isEqualTo(threads);
    }

    @Test
    void this_one_keeps_its_own_number() {
        TrainingSettings here = TrainingSettings.defaults(1);
        assertThat(new MachinesOption().usual(here)).isEqualTo(here);
    }
}
