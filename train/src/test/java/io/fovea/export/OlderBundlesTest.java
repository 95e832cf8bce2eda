package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.Bundle;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.predict.Classifier;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.RegressedPoint;
import io.fovea.predict.Regressor;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that classes of their time wrote; README.md beside them says how. */
@DisplayName("A model file of an older format")
class OlderBundlesTest {

    private static Path file(String name) {
        try {
            return Path.of(OlderBundlesTest.class.getResource("older/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The pattern 37·y + 11·x + 90·c modulo 256. */
    private static Pixels picture(int height, int width, int channels) {
        byte[] values = new byte[height * width * channels];
        for (int i = 0; i < values.length; i++)
            values[i] = (byte) (37 * (i / channels / width) + 11 * (i / channels % width) + 90 * (i % channels));
        return new Pixels(height, width, channels, values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1"})
    void tells_classes_apart_as_it_did(String version) {
        try (Classifier classifier = Classifier.load(file("classifier-" + version + ".fovea"))) {
            assertThat(classifier.manifest().formatVersion()).isEqualTo(version);
            assertThat(classifier.manifest().preprocessing().resizeMode()).isEqualTo(ResizeMode.HALF_CROP);
            assertThat(classifier.manifest().outputs())
                    .extracting(ModelOutput::name)
                    .containsExactly("logits", "probabilities");
            assertThat(classifier.replay().orElseThrow().pictures()).isEqualTo(1);
            assertThat(classifier.classify(picture(9, 12, 3)).logits())
                    .containsExactly(new float[] {-0.25862026f, 0.16954145f, -0.56051326f}, within(1e-6f));
        }
    }

    @Test
    void regresses_as_it_did() {
        try (Regressor regressor = Regressor.load(file("regressor-1.1.fovea"))) {
            RegressedPoint point = regressor.predict(picture(7, 10, 1)).points().getFirst();
            assertThat(point.name()).isEqualTo("nose");
            assertThat(point.x()).isCloseTo(4.3, within(0.05));
            assertThat(point.y()).isCloseTo(4.1, within(0.05));
        }
    }

    @Test
    void finds_neighbours_as_it_did() {
        try (Classifier classifier = Classifier.load(file("hybrid-1.1.fovea"))) {
            Neighbourhood found = classifier.neighbours(picture(4, 4, 1));
            assertThat(found.prediction().best().name()).isEqualTo("even");
            assertThat(found.neighbours().getFirst().source()).isEqualTo("train/0");
            assertThat(found.neighbours().getFirst().distance()).isCloseTo(0.453152, within(1e-5));
        }
    }

    @Test
    void can_be_given_a_class_more() {
        GrownBundle grown = new GrownBundle(Bundle.open(file("hybrid-1.1.fovea")), "hybrid-1.1.fovea");
        assertThat(grown.classes()).isEqualTo(2);
        assertThat(grown.labels()).containsExactly(0, 1, 0, 1);
        assertThat(grown.size()).isEqualTo(3);
    }

    @Test
    void says_that_it_does_not_describe_a_network_that_the_catalogue_lacks() {
        Bundle bundle = Bundle.open(file("classifier-1.1.fovea"));
        assertThatThrownBy(() -> BundleImport.read(bundle, "old.fovea"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("The model does not describe its network, and there is none named \"small\".")
                .hasMessageContaining("old.fovea, format version 1.1");
    }
}
