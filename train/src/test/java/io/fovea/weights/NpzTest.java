package io.fovea.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Npz")
class NpzTest {

    @TempDir
    Path folder;

    @Nested
    @DisplayName("reading a file that NumPy wrote")
    class Reading {

        @ParameterizedTest
        @ValueSource(strings = {"f8", "f4", "f2", "i8", "i4", "i2", "u8", "u4", "u2"})
        void reads_every_number_type_in_either_order_of_bytes(String type) {
            Weights weights = Npz.read(WeightResource.path("every-type.npz"));
            assertThat(weights.values("little " + type)).containsExactly(1, 2, 3, 100);
            assertThat(weights.values("big " + type)).containsExactly(1, 2, 3, 100);
            assertThat(weights.tensor("big " + type).orElseThrow().shape()).containsExactly(2, 2);
        }

        @Test
        void reads_small_and_large_numbers() {
            Weights weights = Npz.read(WeightResource.path("every-type.npz"));
            assertThat(weights.values("i1")).containsExactly(-128, 127);
            assertThat(weights.values("u1")).containsExactly(0, 255);
            assertThat(weights.values("bool")).containsExactly(1, 0);
            assertThat(weights.values("largest u8")).containsExactly(1.8446744e19f, 9.223372e18f);
            assertThat(weights.values("bfloat16")).containsExactly(1, -2.5f);
        }

        @Test
        void brings_fortran_order_into_reading_order() {
            NamedTensor tensor = Npz.read(WeightResource.path("every-type.npz"))
                    .tensor("fortran")
                    .orElseThrow();
            assertThat(tensor.shape()).containsExactly(2, 3, 4);
            for (int i = 0; i < 24; i++) assertThat(tensor.values()[i]).isEqualTo(i);
        }

        @Test
        void keeps_names_with_slashes_and_shapes_of_nothing() {
            Weights weights = Npz.read(WeightResource.path("every-type.npz"));
            assertThat(weights.values("conv1/conv/kernel:0")).containsExactly(1.5f);
            assertThat(weights.tensor("scalar").orElseThrow().shape()).isEmpty();
            assertThat(weights.tensor("empty").orElseThrow().shape()).containsExactly(0, 3);
        }

        @Test
        void leaves_out_text() {
            WeightFile file = WeightFile.read(WeightResource.path("every-type.npz"));
            assertThat(file.skipped()).containsExactly("names");
            assertThat(file.form()).isEqualTo(WeightFile.Form.NPZ);
        }

        @Test
        void reads_compressed_arrays() {
            Weights weights = Npz.read(WeightResource.path("compressed.npz"));
            assertThat(weights.values("zeros")).hasSize(10_000).containsOnly(0);
            assertThat(weights.values("one")).containsExactly(1);
        }

        @Test
        void reads_all_three_versions() {
            Weights weights = Npz.read(WeightResource.path("versions.npz"));
            assertThat(weights.values("version1")).containsExactly(1);
            assertThat(weights.values("version2")).containsExactly(2);
            assertThat(weights.values("version3")).containsExactly(3);
        }
    }

    @Nested
    @DisplayName("refusing")
    class Refusing {

        @Test
        void names_the_array_of_python_objects() {
            Problem problem = problem(WeightResource.path("objects.npz"));
            assertThat(problem.what())
                    .isEqualTo("The array holds Python objects (type '|O'), which only running code could read");
            assertThat(problem.where()).endsWith("objects.npz, array \"evil.npy\"");
        }

        @Test
        void names_the_number_type_that_is_not_supported() {
            assertThat(problem(WeightResource.path("complex.npz")).what())
                    .isEqualTo("The number type '<c16' is not supported");
        }

        @Test
        void notices_a_file_that_was_cut() throws IOException {
            byte[] whole = Files.readAllBytes(WeightResource.path("versions.npz"));
            Path cut = Files.write(folder.resolve("cut.npz"), java.util.Arrays.copyOf(whole, whole.length / 2));
            assertThat(problem(cut).what()).startsWith("The zip archive");
        }

        private Problem problem(Path file) {
            return catchThrowableOfType(Problem.class, () -> Npz.read(file));
        }
    }

    @Nested
    @DisplayName("written and read again")
    class RoundTrip {

        private final Weights weights = new Weights(List.of(
                new NamedTensor("b/kernel:0", new int[] {2, 1}, new float[] {1.5f, Float.NaN}),
                new NamedTensor("row", new int[] {3}, new float[] {1, 2, 3}),
                new NamedTensor("a", new int[0], new float[] {-0f})));

        @Test
        void gives_the_same_bits_and_order() {
            Npz.write(weights, folder.resolve("w.npz"));
            Weights read = Npz.read(folder.resolve("w.npz"));
            assertThat(read.names()).containsExactly("b/kernel:0", "row", "a");
            assertThat(read.tensor("b/kernel:0").orElseThrow().shape()).containsExactly(2, 1);
            assertThat(read.values("b/kernel:0")).containsExactly(1.5f, Float.NaN);
            assertThat(read.values("row")).containsExactly(1, 2, 3);
            assertThat(Float.floatToRawIntBits(read.values("a")[0])).isEqualTo(0x80000000);
            assertThat(read.tensor("a").orElseThrow().shape()).isEmpty();
        }

        @Test
        void gives_equal_files_for_equal_weights() throws IOException {
            Npz.write(weights, folder.resolve("one.npz"));
            Npz.write(weights, folder.resolve("two.npz"));
            assertThat(folder.resolve("one.npz")).hasSameBinaryContentAs(folder.resolve("two.npz"));
        }
    }
}
