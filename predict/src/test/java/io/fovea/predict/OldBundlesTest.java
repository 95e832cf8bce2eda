package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.ExampleBundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Measurement;
import io.fovea.image.ResizeMode;
import io.fovea.task.Measure;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file was written by the code of its own version, with the same network as {@link ExampleBundle}. */
@DisplayName("A bundle of an earlier version")
class OldBundlesTest {

    private static final Path FILES = Path.of("src/test/resources/io/fovea/bundle");

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2", "1.5"})
    void classifies_as_it_did(String version) {
        try (Classifier classifier = Classifier.load(FILES.resolve(version + "-classifier.fovea"))) {
            assertThat(classifier.manifest().formatVersion()).isEqualTo(version);
            assertThat(classifier.replay()).contains(new ReplayReport(2, 0));
            assertThat(classifier.manifest().golden())
                    .extracting(GoldenPicture::stride)
                    .containsOnly(1);
            // 204 becomes 0.6; four of them sum to 2.4
            Prediction prediction = classifier.classify(ExampleBundle.grey(204));
            assertThat(prediction.logits()).containsExactly(new float[] {-2.4f, 2.4f, 0}, within(1e-6f));
            assertThat(prediction.best().name()).isEqualTo("bright");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2", "1.4"})
    void regresses_as_it_did(String version) {
        try (Regressor regressor = Regressor.load(FILES.resolve(version + "-regression.fovea"))) {
            assertThat(regressor.manifest().formatVersion()).isEqualTo(version);
            // 153 becomes 0.2; four of them sum to 0.8
            assertThat(regressor.predict(ExampleBundle.grey(153))).hasToString("nose (0.2, 1.8), weight 70.000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2", "1.5"})
    void was_measured_by_a_share_of_which_more_is_better(String version) {
        assertThat(Bundle.open(FILES.resolve(version + "-classifier.fovea"))
                        .manifest()
                        .measurements())
                .containsExactly(new Measurement(Measure.share("accuracy", 0.75).within(0.5, 0.9), "test", 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2", "1.4"})
    void was_measured_by_pixels_of_which_fewer_are_better(String version) {
        Measure error = Bundle.open(FILES.resolve(version + "-regression.fovea"))
                .manifest()
                .measurements()
                .get(0)
                .measure();
        assertThat(error.words()).isEqualTo("0.50 pixels");
        assertThat(error.intervalWords()).contains("0.25 to 0.75 pixels");
        assertThat(error.better()).isEqualTo(Measure.Better.LOWER);
    }

    @Test
    void segments_as_it_did() {
        try (Segmenter segmenter = Segmenter.load(FILES.resolve("1.3-segmentation.fovea"))) {
            assertThat(segmenter.manifest().formatVersion()).isEqualTo("1.3");
            assertThat(segmenter.manifest().golden())
                    .extracting(GoldenPicture::stride)
                    .containsExactly(2);
            assertThat(segmenter.segment(ExampleBundle.grey(255)).words()).isEqualTo("bright 100.0 %");
        }
    }

    @Test
    void makes_pictures_as_it_did() {
        try (Reconstructor reconstructor = Reconstructor.load(FILES.resolve("1.3-reconstruction.fovea"))) {
            assertThat(reconstructor.reconstruct(ExampleBundle.grey(255)).values())
                    .containsOnly((byte) 255);
        }
    }

    @Test
    void of_this_version_is_the_one_that_the_example_makes(@TempDir Path folder) throws IOException {
        BundleWriter.write(ExampleBundle.whole(), folder.resolve("made.fovea"));
        assertThat(folder.resolve("made.fovea")).hasSameBinaryContentAs(FILES.resolve("1.5-classifier.fovea"));
    }

    @Test
    void of_1_3_holds_the_network_that_the_example_makes() {
        Bundle kept = Bundle.open(FILES.resolve("1.3-segmentation.fovea"));
        Bundle made = ExampleBundle.segmentation(ExampleBundle.greys(64, 64, ResizeMode.SQUASH));
        assertThat(kept.onnx()).isEqualTo(made.onnx());
        assertThat(kept.manifest().golden().get(0).logits())
                .containsExactly(made.manifest().golden().get(0).logits());
    }
}
