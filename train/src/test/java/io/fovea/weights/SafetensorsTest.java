package io.fovea.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Safetensors")
class SafetensorsTest {

    @TempDir
    Path folder;

    @Nested
    @DisplayName("reading a file that NumPy wrote")
    class EveryType {

        @Test
        void widens_every_number_type_to_float() throws IOException {
            Weights weights = Safetensors.read(resource("every-type.safetensors"), "every-type");
            assertThat(weights.names())
                    .containsExactly(
                            "f64", "f32", "f16", "bf16", "i64", "i32", "i16", "i8", "u8", "bool", "scalar", "empty");
            assertThat(weights.values("f64")).containsExactly(0.1f, -2.5f, Float.POSITIVE_INFINITY, 3f);
            assertThat(weights.values("f32")).containsExactly(1.5f, -0f, Float.POSITIVE_INFINITY, 1.4e-45f);
            assertThat(weights.values("f16"))
                    .containsExactly(1f, -2.5f, 65504f, 5.9604645e-8f, Float.POSITIVE_INFINITY);
            assertThat(weights.values("bf16")).containsExactly(1f, -2.5f, 3.3895314e38f, 0.15625f);
            assertThat(weights.values("i64")).containsExactly(-1f, 1.0995116e12f);
            assertThat(weights.values("i32")).containsExactly(-7f, 2147483648f);
            assertThat(weights.values("i16")).containsExactly(-32768f, 32767f);
            assertThat(weights.values("i8")).containsExactly(-128f, 127f);
            assertThat(weights.values("u8")).containsExactly(0f, 255f);
            assertThat(weights.values("bool")).containsExactly(1f, 0f, 1f);
        }

        @Test
        void keeps_shapes_also_of_a_single_number_and_of_nothing() throws IOException {
            Weights weights = Safetensors.read(resource("every-type.safetensors"), "every-type");
            assertThat(weights.tensor("f64").orElseThrow().shape()).containsExactly(2, 2);
            assertThat(weights.tensor("scalar").orElseThrow().shape()).isEmpty();
            assertThat(weights.values("scalar")).containsExactly(42f);
            assertThat(weights.tensor("empty").orElseThrow().shape()).containsExactly(0, 3);
        }

        @Test
        void gives_the_notes() throws IOException {
            Path file = Files.write(folder.resolve("a.safetensors"), resource("every-type.safetensors"));
            assertThat(Safetensors.metadata(file)).isEqualTo(Map.of("written-by", "numpy", "note", "äöü"));
        }
    }

    @Nested
    @DisplayName("reading published weights")
    class Published {

        @Test
        void reads_half_precision_resnet_18() {
            Weights weights = Safetensors.read(data("pretrained-imagenet/resnet18/resnet18.f16.safetensors"));
            NamedTensor first = weights.tensor("conv1.weight").orElseThrow();
            assertThat(first.shape()).containsExactly(64, 3, 7, 7);
            assertThat(Arrays.copyOf(first.values(), 3))
                    .containsExactly(-0.0104217529296875f, -0.006134033203125f, -0.0018100738525390625f);
            assertThat(sum(weights.values("fc.bias"))).isCloseTo(-5.973772204015404e-05, within(1e-9));
        }

        @Test
        void reads_mobilenet_v2() {
            Weights weights =
                    Safetensors.read(data("pretrained-imagenet/mobilenet_v2/mobilenet_v2.bnfolded.f32.safetensors"));
            long parameters = weights.tensors().stream()
                    .mapToLong(tensor -> tensor.values().length)
                    .sum();
            assertThat(parameters).isEqualTo(3487816);
        }

        private double sum(float[] values) {
            double sum = 0;
            for (float value : values) sum += value;
            return sum;
        }
    }

    @Nested
    @DisplayName("written and read again")
    class RoundTrip {

        private final Weights weights = new Weights(List.of(
                new NamedTensor("z.weight", new int[] {2, 1}, new float[] {1.5f, Float.NaN}),
                new NamedTensor("a.bias", new int[0], new float[] {-0f})));

        @Test
        void gives_the_same_bits_and_order() {
            Path file = folder.resolve("new folder/weights.safetensors");
            Safetensors.write(weights, Map.of("epoch", "3"), file);
            Weights read = Safetensors.read(file);
            assertThat(read.names()).containsExactly("z.weight", "a.bias");
            assertThat(read.tensor("z.weight").orElseThrow().shape()).containsExactly(2, 1);
            assertThat(Float.floatToRawIntBits(read.values("z.weight")[0])).isEqualTo(0x3fc00000);
            assertThat(read.values("z.weight")[1]).isNaN();
            assertThat(Float.floatToRawIntBits(read.values("a.bias")[0])).isEqualTo(0x80000000);
            assertThat(Safetensors.metadata(file)).isEqualTo(Map.of("epoch", "3"));
        }

        @Test
        void is_a_length_a_header_and_little_endian_floats() {
            byte[] bytes = Safetensors.bytes(
                    new Weights(List.of(new NamedTensor("w", new int[] {1}, new float[] {1f}))), Map.of());
            String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
            String padding = " ".repeat(56 - header.length());
            assertThat(Arrays.copyOf(bytes, 8)).containsExactly(56, 0, 0, 0, 0, 0, 0, 0);
            assertThat(new String(bytes, 8, 56, StandardCharsets.UTF_8)).isEqualTo(header + padding);
            assertThat(Arrays.copyOfRange(bytes, 64, 68)).containsExactly(0, 0, -128, 0x3f);
        }

        @Test
        void leaves_nothing_beside_the_file() throws IOException {
            Safetensors.write(weights, Map.of(), folder.resolve("w.safetensors"));
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString())).containsExactly("w.safetensors");
            }
        }

        @Test
        void names_the_folder_that_cannot_be_written() throws IOException {
            Path file = Files.writeString(folder.resolve("a-file"), "");
            assertThatThrownBy(() -> Safetensors.write(weights, Map.of(), file.resolve("w.safetensors")))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("a-file");
        }
    }

    @Nested
    @DisplayName("broken files")
    class Broken {

        private static final String TWO = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";

        @Test
        void a_missing_file_is_named() {
            Path file = folder.resolve("none.safetensors");
            assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.what()).isEqualTo("There is no such file");
                assertThat(problem.where()).isEqualTo(file.toString());
            });
        }

        @Test
        void every_cut_is_noticed() {
            byte[] whole = file(TWO, 8);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> Safetensors.read(cut, "cut")).isInstanceOf(Problem.class);
            }
            assertThat(Safetensors.read(whole, "whole").names()).containsExactly("a", "b");
        }

        @Test
        void a_cut_file_says_where_it_ends() {
            says(file(TWO, 7), "Bytes 4 to 8 are outside of the file's 7 bytes of tensors");
        }

        @Test
        void bytes_after_the_last_tensor_are_not_ignored() {
            says(file(TWO, 9), "The tensors end at byte 123, but the file ends at 124");
        }

        @Test
        void a_huge_header_is_not_read() {
            byte[] bytes = ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(-1)
                    .array();
            says(bytes, "The header's length must be 2 to 100000000 bytes, found 18446744073709551615");
        }

        @Test
        void a_header_longer_than_the_file_says_so() {
            byte[] bytes = ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(1000)
                    .array();
            says(bytes, "The header should end at byte 1008, but the file ends at 16");
        }

        @Test
        void overlapping_tensors_are_refused() {
            says(
                    file(TWO.replace("[4,8]", "[2,6]"), 6),
                    "Expected tensor \"b\" right after tensor \"a\" at byte 119, found an overlap: it begins at 117");
        }

        @Test
        void a_hole_between_tensors_is_refused() {
            says(
                    file(TWO.replace("[4,8]", "[5,9]"), 9),
                    "Expected tensor \"b\" right after tensor \"a\" at byte 119, found a hole: it begins at 120");
        }

        @Test
        void two_tensors_of_one_name_are_refused() {
            says(file(TWO.replace("\"b\"", "\"a\""), 8), "The header is not valid JSON: Duplicate field 'a'");
        }

        @Test
        void a_shape_that_does_not_fit_its_bytes_is_refused() {
            says(
                    file(
                            TWO.replace("\"shape\":[1],\"data_offsets\":[0,4]", "\"shape\":[2],\"data_offsets\":[0,4]"),
                            8),
                    "F32 [2] needs 8 bytes, found 4");
        }

        @Test
        void a_shape_whose_product_overflows_is_refused() {
            says(
                    file(TWO.replaceFirst("\\[1]", "[2147483647,2147483647,2147483647]"), 8),
                    "The shape [2147483647, 2147483647, 2147483647] is too large for one array");
        }

        @Test
        void a_negative_axis_is_refused() {
            says(
                    file(TWO.replaceFirst("\\[1]", "[-1]"), 8),
                    "\"shape\" must hold sizes from 0 to 2147483647, found [-1]");
        }

        @Test
        void an_unknown_number_type_lists_the_known_ones() {
            assertThatThrownBy(() -> Safetensors.read(file(TWO.replaceFirst("F32", "F8_E4M3"), 8), "x.safetensors"))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).isEqualTo("The number type \"F8_E4M3\" is not supported");
                        assertThat(problem.where()).isEqualTo("x.safetensors, tensor \"a\"");
                        assertThat(problem.remedy())
                                .isEqualTo(
                                        "save the tensor as one of [F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32,"
                                                + " U16, U8, BOOL]");
                    });
        }

        @Test
        void a_header_that_is_not_json_is_refused() {
            says(file("[1, 2]", 0), "The header is not a JSON object");
            says(file("not json", 0), "The header is not valid JSON");
        }

        @Test
        void wrong_kinds_in_the_header_are_refused() {
            says(
                    file("{\"a\":{\"dtype\":\"F32\",\"shape\":3,\"data_offsets\":[0,4]}}", 4),
                    "\"shape\" must be a list, found 3");
            says(
                    file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4),
                    "\"data_offsets\" must be two numbers, found [0]");
            says(file("{\"a\":7}", 0), "The number type \"\" is not supported");
        }

        private void says(byte[] bytes, String text) {
            assertThatThrownBy(() -> Safetensors.read(bytes, "x.safetensors"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.what()).startsWith(text));
        }

        private byte[] file(String header, int dataBytes) {
            byte[] text = header.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(8 + text.length + dataBytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .put(text)
                    .array();
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SafetensorsTest.class.getResourceAsStream("/weights/" + name)) {
            return in.readAllBytes();
        }
    }

    private static Path data(String name) {
        Path file = Stream.of(System.getenv().getOrDefault("FOVEA_DATA", ""), "../shared/data", "../../shared/data")
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(name));
        assumeTrue(Files.exists(file), "the shared data set " + name + " is not on this machine");
        return file;
    }
}
