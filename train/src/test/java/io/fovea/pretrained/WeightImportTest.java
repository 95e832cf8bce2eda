package io.fovea.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.ParameterSpecification;
import io.fovea.network.Parameters;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.NonFinite;
import io.fovea.weights.Npz;
import io.fovea.weights.Safetensors;
import io.fovea.weights.WeightFile;
import io.fovea.weights.WeightResource;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Importing weights")
class WeightImportTest {

    @TempDir
    Path folder;

    /** A file with zeros for every tensor of the network. */
    private Path file(String network, int outputs) {
        Network built = Catalogue.network(network, new Shape(1, 28, 28), outputs);
        List<NamedTensor> tensors = Parameters.of(built).stream()
                .map(specification -> zeros(specification))
                .toList();
        Path file = folder.resolve(network + ".safetensors");
        Safetensors.write(new Weights(tensors), Map.of(), file);
        return file;
    }

    private static NamedTensor zeros(ParameterSpecification specification) {
        return new NamedTensor(specification.name(), specification.shape(), new float[(int) specification.count()]);
    }

    private static WeightImport.Settings settings(String network, String... classNames) {
        return new WeightImport.Settings(
                "mine",
                network,
                UsualPreprocessing.of(Catalogue.entry("lenet")),
                ChannelOrder.RGB,
                List.of(classNames),
                "a test",
                "");
    }

    @Test
    void gives_weights_that_are_ready_to_be_kept() {
        WeightImport done = WeightImport.of(file("lenet", 3), settings("lenet", "a", "b", "c"));
        assertThat(done.pretrained().outputs()).isEqualTo(3);
        assertThat(done.pretrained().sha256()).matches("[0-9a-f]{64}");
        assertThat(done.form()).isEqualTo(WeightFile.Form.SAFETENSORS);
        assertThat(done.fit().fitted()).hasSize(8);
    }

    @Test
    void offers_the_network_to_which_the_weights_belong() {
        Problem problem =
                catchThrowableOfType(Problem.class, () -> WeightImport.of(file("lenet", 10), settings("mnist-cnn")));
        assertThat(problem.what())
                .startsWith("The weights do not fit the network \"mnist-cnn\": ")
                .endsWith(".");
        assertThat(problem.where())
                .contains("lenet.safetensors, conv1.weight should be [32, 1, 3, 3] and is [20, 1, 5, 5]");
        assertThat(problem.remedy()).isEqualTo("they look like those of \"lenet\": give --network lenet");
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, infinity", "-Infinity, minus infinity"})
    void refuses_values_that_are_no_finite_numbers(float value, String word) {
        List<NamedTensor> tensors = lenet();
        tensors.getFirst().values()[26] = value; // [20, 1, 5, 5]: second filter, first row, second column
        Path file = folder.resolve("broken.safetensors");
        Safetensors.write(new Weights(tensors), Map.of(), file);
        Problem problem =
                catchThrowableOfType(Problem.class, () -> WeightImport.of(file, settings("lenet", "a", "b", "c")));
        assertThat(problem.what())
                .isEqualTo("1 of 500 values of \"conv1.weight\" is no finite number, the first at [1, 0, 0, 1]: " + word
                        + ".");
        assertThat(problem.where()).isEqualTo(file.toString());
    }

    @Test
    void refuses_them_in_an_npz() {
        List<NamedTensor> tensors = lenet();
        tensors.get(1).values()[19] = Float.NaN; // the last of 20 biases
        Path file = folder.resolve("broken.npz");
        Npz.write(new Weights(tensors), file);

        assertThat(refusal(file))
                .isEqualTo("1 of 20 values of \"conv1.bias\" is no finite number, the first at [19]: NaN.");
    }

    @ParameterizedTest
    @CsvSource({"7e00, NaN", "7c00, infinity", "fc00, minus infinity"})
    void refuses_them_in_half_precision(String bits, String word) throws IOException {
        ObjectNode header = new ObjectMapper().createObjectNode();
        int at = 0;
        for (NamedTensor tensor : lenet()) {
            ObjectNode entry = header.putObject(tensor.name()).put("dtype", "F16");
            for (int size : tensor.shape()) entry.withArray("shape").add(size);
            entry.withArray("data_offsets").add(at).add(at += 2 * tensor.values().length);
        }
        byte[] words = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + words.length + at).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(words.length).put(words);
        bytes.putShort(8 + words.length + 2 * 26, (short) Integer.parseInt(bits, 16));

        assertThat(refusal(Files.write(folder.resolve("half.safetensors"), bytes.array())))
                .isEqualTo("1 of 500 values of \"conv1.weight\" is no finite number, the first at [1, 0, 0, 1]: " + word
                        + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "layers.tar.pth, 000000000000f8bf, 000000000000f87f, 'features.0.bias', '[1]: NaN'", // a double, -1.5
        "layers.tar.pth, 000000000000f8bf, 000000000000f0ff, 'features.0.bias', '[1]: minus infinity'",
        "layers.tar.pth, 0000e040, 0000c07f, 'features.0.weight', '[1, 3]: NaN'", // a float, 7
        "every-type.stream.pth, ff7b, 007c, 'module.half', '[2]: infinity'", // the largest half, 65504
        "every-type.stream.pth, 0000c03f, 0000c07f, 'module.shared_a', '[0]: NaN'", // a float, 1.5
    })
    void finds_them_in_tars_and_streams_of_pytorch(String name, String bytes, String others, String tensor, String at)
            throws IOException {
        HexFormat hex = HexFormat.of();
        String content = hex.formatHex(Files.readAllBytes(WeightResource.path(name)));
        int position = content.indexOf(bytes);
        while (position % 2 != 0) position = content.indexOf(bytes, position + 1);
        String changed = content.substring(0, position) + others + content.substring(position + bytes.length());
        Path file = Files.write(folder.resolve(name), hex.parseHex(changed));

        List<NamedTensor> read = WeightFile.read(file).weights().tensors().stream()
                .filter(each -> each.name().equals(tensor))
                .toList();
        assertThat(NonFinite.in(read).orElseThrow().words())
                .startsWith("1 of ")
                .endsWith("\"" + tensor + "\" is no finite number, the first at " + at);
    }

    private static List<NamedTensor> lenet() {
        return Parameters.of(Catalogue.network("lenet", new Shape(1, 28, 28), 3)).stream()
                .map(WeightImportTest::zeros)
                .toList();
    }

    private static String refusal(Path file) {
        Problem problem =
                catchThrowableOfType(Problem.class, () -> WeightImport.of(file, settings("lenet", "a", "b", "c")));
        assertThat(problem.where()).isEqualTo(file.toString());
        return problem.what();
    }

    @Test
    void refuses_doubles_that_are_too_large_for_a_float() {
        NamedTensor overflown = new NamedTensor("conv1.weight", new int[] {1}, new float[] {(float) 1e300});
        assertThat(NonFinite.in(List.of(overflown)).orElseThrow().words()).endsWith("the first at [0]: infinity");
    }

    @Test
    void refuses_a_list_of_class_names_of_another_length() {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> WeightImport.of(file("lenet", 3), settings("lenet", "a", "b")));
        assertThat(problem.what()).isEqualTo("The weights have 3 outputs, the list of class names has 2.");
    }

    @Test
    void refuses_a_network_that_does_not_exist_before_it_reads_the_file() {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> WeightImport.of(folder.resolve("none.pth"), settings("lennet")));
        assertThat(problem.remedy()).startsWith("did you mean \"lenet\"?");
    }
}
