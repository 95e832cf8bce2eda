package io.fovea.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.tflite.TfliteWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file computes is tried by {@link TfliteWriter}'s own tests, in an interpreter. */
@DisplayName("A model as a TensorFlow Lite file")
class TfliteFormTest {

    @TempDir
    Path folder;

    @Test
    void holds_names_and_preparation_and_says_that_it_was_not_run() throws IOException {
        Network network = Catalogue.network("lenet", new Shape(1, 28, 28), 3);
        Path model = ExampleModel.write(
                folder.resolve("example.fovea"),
                network,
                new Preprocessing(28, 28, ColorMode.GREY, ResizeMode.SQUASH, 0, new float[] {0.1f}, new float[] {0.3f}),
                new Classification(List.of("cat", "dog", "größer")),
                new int[] {28, 28});

        Exported exported =
                ModelExport.of(model, new ModelFormat.Tflite()).write(folder.resolve("example.tflite"), Existing.KEEP);

        byte[] file = Files.readAllBytes(exported.path());
        assertThat(new String(file, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("TFL3");
        assertThat(new String(file, StandardCharsets.UTF_8))
                .contains("cat\ndog\ngrößer", "\"resizeMode\":\"squash\"", "serving_default");
        assertThat(exported.checks()).isEmpty();
        assertThat(exported.notes()).singleElement().asString().startsWith("The file was not run");
    }

    @Test
    void is_refused_where_the_model_does_not_describe_its_network() throws URISyntaxException {
        Path old = Path.of(TfliteFormTest.class
                .getResource("/io/fovea/export/older/classifier-1.1.fovea")
                .toURI());
        assertThatThrownBy(() -> ModelExport.of(old, new ModelFormat.Tflite()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The model does not describe its network");
    }
}
