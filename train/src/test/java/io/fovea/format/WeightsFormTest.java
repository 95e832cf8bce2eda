package io.fovea.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.weights.Npz;
import io.fovea.weights.Safetensors;
import io.fovea.weights.WeightPrecision;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The weights of a model as a file")
class WeightsFormTest {

    private static final Preprocessing HOW =
            new Preprocessing(32, 32, ColorMode.COLOR, ResizeMode.SQUASH, new float[3], new float[] {1, 1, 1});

    @TempDir
    static Path models;

    private static Network network;
    private static Path model;

    @TempDir
    Path folder;

    @BeforeAll
    static void a_model() {
        network = Catalogue.network("resnet18", new Shape(3, 32, 32), 4);
        model = ExampleModel.write(
                models.resolve("example.fovea"), network, HOW, Classification.numbered(4), new int[] {40, 30});
    }

    private static String python(String script, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/usr/bin/python3", "-c", script, file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    private static void assumeThereIs(String module) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not there");
        int there = new ProcessBuilder("/usr/bin/python3", "-c", "import " + module)
                .start()
                .waitFor();
        assumeTrue(there == 0, module + " is not there: apt install python3-" + module);
    }

    @Test
    void is_read_by_numpy_in_the_names_and_axes_of_pytorch() throws IOException, InterruptedException {
        assumeThereIs("numpy");
        Exported exported = ModelExport.of(model, new ModelFormat.Npz(Optional.empty()))
                .write(folder.resolve("w.npz"), Existing.KEEP);
        String said = python(
                "import numpy, sys; w = numpy.load(sys.argv[1]); print(len(w.files), w['layer1.0.conv1.weight'].shape,"
                        + " w['fc.weight'].dtype, float(w['fc.weight'][3, 511]))",
                exported.path());
        assertThat(said).startsWith("102 (64, 64, 3, 3) float32 ");
        float[] head = ExampleModel.weights(network).values("fc.weight");
        assertThat(Float.parseFloat(said.substring(said.lastIndexOf(' ')))).isEqualTo(head[head.length - 1]);
        assertThat(exported.checks()).containsExactly(new Check("102 tensors read back", 0, 0));
    }

    @Test
    void goes_into_torchvisions_network_as_it_is() throws IOException, InterruptedException {
        assumeThereIs("torchvision");
        Path file = folder.resolve("w.npz");
        ModelExport.of(model, new ModelFormat.Npz(Optional.empty())).write(file, Existing.KEEP);
        String said = python(
                "import numpy, sys, torch, torchvision; w = numpy.load(sys.argv[1]);"
                        + " m = torchvision.models.resnet18(num_classes=4);"
                        + " r = m.load_state_dict({k: torch.from_numpy(w[k]) for k in w.files}, strict=False);"
                        + " print(r.unexpected_keys, set(r.missing_keys))",
                file);
        assertThat(said).isEqualTo("[] set()");
    }

    @Test
    void keeps_matrices_in_16_bits_where_asked_to_and_says_what_that_changes() {
        Path file = folder.resolve("w.safetensors");
        Exported exported = ModelExport.of(model, new ModelFormat.Safetensors(Optional.of(WeightPrecision.FP16)))
                .write(file, Existing.KEEP);
        float[] before = ExampleModel.weights(network).values("fc.weight");
        float[] after = Safetensors.read(file).values("fc.weight");
        assertThat(after[7]).isEqualTo(Float.float16ToFloat(Float.floatToFloat16(before[7])));
        assertThat(Safetensors.read(file).values("bn1.bias"))
                .containsExactly(ExampleModel.weights(network).values("bn1.bias"));
        assertThat(exported.checks()).hasSize(2);
        assertThat(exported.checks().getLast().difference()).isBetween(1e-7, 0.05);
        assertThat(Safetensors.metadata(file)).containsEntry("network", "resnet18");
    }

    @Test
    void is_refused_where_the_model_does_not_describe_its_network() throws URISyntaxException {
        Path old = Path.of(WeightsFormTest.class
                .getResource("/io/fovea/export/older/classifier-1.1.fovea")
                .toURI());
        assertThatThrownBy(() -> ModelExport.of(old, new ModelFormat.Npz(Optional.empty())))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The model does not describe its network");
    }

    @Test
    void reads_back_as_it_was() {
        Path file = folder.resolve("w.npz");
        ModelExport.of(model, new ModelFormat.Npz(Optional.empty())).write(file, Existing.KEEP);
        assertThat(Npz.read(file).values("conv1.weight"))
                .containsExactly(ExampleModel.weights(network).values("conv1.weight"), within(0f));
    }
}
