package io.fovea.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Records of speeds")
class SpeedRecordsTest {

    private static final Surroundings HERE = new Surroundings("a processor, 2 cores, 16 lanes", "a JVM 25", "1.0");
    private static final Speed VECTOR = new Speed("the vector kernels", 27_394.5, 1.25);
    private static final Speed LIBTORCH = new Speed("libtorch", 10_375, 0.5);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("cache").resolve("speeds.yaml");
    }

    private SpeedRecords records(Surroundings surroundings) {
        return SpeedRecords.in(file(), surroundings);
    }

    @Test
    void tell_later_what_was_measured_of_each_work() {
        assertThat(records(HERE).of("lenet")).isEmpty();
        assertThat(records(HERE).keep("lenet", List.of(VECTOR, LIBTORCH))).isEmpty();
        assertThat(records(HERE).keep("mlp", List.of(VECTOR))).isEmpty();

        assertThat(records(HERE).of("lenet")).containsExactly(VECTOR, LIBTORCH);
        assertThat(records(HERE).of("mlp")).containsExactly(VECTOR);
        assertThat(records(HERE).of("another")).isEmpty();
    }

    @Test
    void let_the_last_measurement_of_a_way_count() {
        Speed slower = new Speed("the vector kernels", 9_000, 1.25);
        records(HERE).keep("lenet", List.of(VECTOR, LIBTORCH));
        records(HERE).keep("lenet", List.of(slower));
        assertThat(records(HERE).of("lenet")).containsExactlyInAnyOrder(slower, LIBTORCH);
    }

    @Test
    void from_another_machine_JVM_or_version_count_as_none_and_are_replaced() {
        records(HERE).keep("lenet", List.of(VECTOR));
        Surroundings narrower = new Surroundings("a processor, 2 cores, 8 lanes", HERE.java(), HERE.fovea());
        assertThat(records(narrower).of("lenet")).isEmpty();
        assertThat(records(new Surroundings(HERE.processor(), "a JVM 26", HERE.fovea()))
                        .of("lenet"))
                .isEmpty();
        assertThat(records(new Surroundings(HERE.processor(), HERE.java(), "1.1"))
                        .of("lenet"))
                .isEmpty();

        records(narrower).keep("mlp", List.of(LIBTORCH));
        assertThat(records(narrower).of("mlp")).containsExactly(LIBTORCH);
        assertThat(records(HERE).of("lenet")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no yaml: [", "speeds: 7", "surroundings: here\nspeeds: []", "\0\0\0", "a: b"})
    void that_are_damaged_count_as_none_and_are_replaced(String content) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), content);
        assertThat(records(HERE).of("lenet")).isEmpty();
        assertThat(records(HERE).keep("lenet", List.of(VECTOR))).isEmpty();
        assertThat(records(HERE).of("lenet")).containsExactly(VECTOR);
    }

    @Test
    void with_impossible_numbers_count_as_none() throws IOException {
        records(HERE).keep("lenet", List.of(VECTOR));
        Files.writeString(file(), Files.readString(file()).replace("27394.5", "-1"));
        assertThat(records(HERE).of("lenet")).isEmpty();
    }

    @Test
    void that_cannot_be_written_are_said_and_not_fatal() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");
        assertThat(records(HERE).keep("lenet", List.of(VECTOR)).orElseThrow()).contains("not remembered");
        assertThat(records(HERE).of("lenet")).isEmpty();
    }

    @Test
    void of_this_process_name_the_processor_and_the_JVM() {
        Surroundings here = Surroundings.here("1.0");
        assertThat(here).isEqualTo(Surroundings.here("1.0"));
        assertThat(here.processor()).contains("cores");
        assertThat(here.java()).contains(System.getProperty("java.vm.version"));
    }
}
