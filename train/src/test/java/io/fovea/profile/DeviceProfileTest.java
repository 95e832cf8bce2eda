package io.fovea.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.Catalogue;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.NetworkBuilder;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The profile of a machine")
class DeviceProfileTest {

    /** A board on which each thousand operations of anything take a microsecond. */
    private static DeviceProfile board() {
        List<String> rows = new ArrayList<>();
        for (Block block : Block.grid())
            rows.add(new BlockTime(block, NumberForm.FLOAT32, 1, block.operations() / 1000.0).row());
        return profile(rows);
    }

    private static DeviceProfile profile(List<String> rows) {
        return new DeviceProfile(
                1,
                "a board, 4 cores, 8 GiB",
                4,
                List.of("asimd"),
                "Linux 6.1",
                0.1,
                "2026-01-31",
                "0.1.0",
                "1.28.0",
                "numbers threads block channels size microseconds",
                rows);
    }

    private static Network network(Layer layer, Shape input) {
        return new NetworkBuilder("one", input).then("only", layer).network();
    }

    private static double millis(Layer layer, Shape input) {
        return LatencyEstimate.of(network(layer, input), board(), NumberForm.FLOAT32, 1)
                .millis();
    }

    @Nested
    @DisplayName("as a file")
    class File {

        @TempDir
        Path folder;

        @Test
        void is_read_as_it_was_written() {
            Path file = folder.resolve("board.profile");
            board().write(file);
            assertThat(DeviceProfile.read(file)).isEqualTo(board());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "format: 1|format: 2|The profile has the format 2; this Fovea reads formats up to 1.",
                    "format: 1||The file is no profile of a machine: it has no format.",
                    "depthwise 32 7|deepwise 32 7|is no row of blocks",
                    "stem-3 32 16 |stem-3 32 16 -|is no row of blocks",
                    "cores: 4|cores: many|Expected a whole number",
                    "machine: |machin: |There is no setting \"machin\""
                })
        void is_refused_where_it_is_damaged_or_newer(String from, String to, String words) throws IOException {
            Path file = folder.resolve("board.profile");
            board().write(file);
            String text = Files.readString(file);
            assertThat(text).contains(from);
            Files.writeString(file, text.replace(from, to == null ? "" : to));
            assertThatThrownBy(() -> DeviceProfile.read(file))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(words);
        }

        @Test
        void is_missed_by_its_name() {
            assertThatThrownBy(() -> DeviceProfile.read(folder.resolve("none.profile")))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("There is no profile")
                    .hasMessageContaining("fovea doctor --profile");
        }
    }

    @Nested
    @DisplayName("tells the time of")
    class Estimate {

        @Test
        void a_layer_that_was_measured_exactly() {
            Layer layer = Layer.Convolution.square(64, 3, 1, 1, Layer.Bias.WITH);
            assertThat(millis(layer, new Shape(64, 28, 28))).isCloseTo(28.901376, within(1e-3));
        }

        @Test
        void a_layer_between_by_the_rates_of_its_neighbours() {
            Layer layer = Layer.Convolution.square(100, 3, 2, 1, Layer.Bias.WITHOUT);
            double macs = 20.0 * 20 * 100 * 50 * 9;
            assertThat(millis(layer, new Shape(50, 40, 40))).isCloseTo(macs / 1e6, within(1e-3 * macs / 1e6));
        }

        @Test
        void a_dense_layer_by_its_weights() {
            Network network = new NetworkBuilder("one", new Shape(8, 8, 8))
                    .then("rows", new Layer.Flatten())
                    .then("dense", new Layer.Dense(300, Layer.Bias.WITH))
                    .network();
            LatencyEstimate estimate = LatencyEstimate.of(network, board(), NumberForm.FLOAT32, 1);
            assertThat(estimate.layers()).containsEntry("rows", 0.0);
            assertThat(estimate.millis()).isCloseTo(0.1536, within(1e-4));
        }

        @Test
        void nothing_for_what_is_put_into_the_layer_before() {
            Network network = new NetworkBuilder("one", new Shape(16, 28, 28))
                    .then("conv", Layer.Convolution.square(16, 3, 1, 1, Layer.Bias.WITHOUT))
                    .then("norm", new Layer.BatchNorm(1e-5, 0.1))
                    .then("relu", Layer.Activation.RELU)
                    .then("drop", new Layer.Dropout(0.5))
                    .then("after", new Layer.BatchNorm(1e-5, 0.1))
                    .network();
            LatencyEstimate estimate = LatencyEstimate.of(network, board(), NumberForm.FLOAT32, 1);
            assertThat(estimate.layers())
                    .containsEntry("norm", 0.0)
                    .containsEntry("relu", 0.0)
                    .containsEntry("drop", 0.0);
            assertThat(estimate.layers().get("after")).isPositive();
        }

        @Test
        void every_network_of_the_catalogue() {
            Catalogue.entries().forEach(entry -> assertThat(LatencyEstimate.all(entry.network(), board()))
                    .singleElement()
                    .satisfies(estimate -> assertThat(estimate.millis()).isPositive()));
        }

        @Test
        void layers_far_from_all_that_was_measured_and_says_so() {
            Layer layer = Layer.Convolution.square(16, 3, 1, 1, Layer.Bias.WITH);
            assertThat(LatencyEstimate.of(network(layer, new Shape(16, 28, 28)), board(), NumberForm.FLOAT32, 1)
                            .beyond())
                    .isZero();
            assertThat(LatencyEstimate.of(network(layer, new Shape(16, 900, 900)), board(), NumberForm.FLOAT32, 1)
                            .beyond())
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("is measured by ONNX Runtime in floats and in whole numbers")
    void is_measured() {
        List<Block> few = List.of(
                new Block(Block.Kind.CONVOLUTION_3, 8, 7),
                new Block(Block.Kind.DEPTHWISE, 8, 7),
                new Block(Block.Kind.STEM_3, 8, 8),
                new Block(Block.Kind.DENSE, 16, 1),
                new Block(Block.Kind.POOLING, 8, 8),
                new Block(Block.Kind.ADD, 8, 8),
                new Block(Block.Kind.SMOOTH, 8, 8),
                new Block(Block.Kind.RESPONSE_NORM, 8, 8));
        List<Integer> told = new ArrayList<>();
        DeviceProfile made = ProfileMeasurement.of(
                few, "0.1.0", LocalDate.parse("2026-01-31"), (done, all) -> told.add(100 * done / all));
        int threads = made.threads().size();
        assertThat(made.blocks()).hasSize(threads * (8 + 6));
        assertThat(made.measured()).isEqualTo("2026-01-31");
        assertThat(made.has(NumberForm.INT8)).isTrue();
        assertThat(told).last().isEqualTo(100);
    }
}
