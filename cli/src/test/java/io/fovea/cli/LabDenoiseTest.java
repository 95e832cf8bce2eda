package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.collection.GeneratedDigits;
import io.fovea.collection.PublicDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The lab that takes noise off")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabDenoiseTest {

    private InProcess program;
    private JsonNode outcome;

    @BeforeAll
    void runsOnceOnFewDigitsBesideClothes(@TempDir Path folder) throws IOException {
        Path sets = folder.resolve("sets");
        GeneratedDigits.generate(20, 5, 1).write(sets.resolve(PublicDataset.MNIST.name()));
        GeneratedDigits.generate(20, 5, 2).write(sets.resolve(PublicDataset.FASHION_MNIST.name()));
        program = new InProcess(folder.resolve("workspace"));
        Outcome lab = program.run("lab", "denoise", "--data", sets.toString(), "--epochs", "1", "--json");
        assertThat(lab.exitCode()).as(lab.progress()).isZero();
        outcome = lab.json();
    }

    @Test
    void trains_a_denoiser_and_an_autoencoder_on_digits_and_on_clothes() {
        assertThat(outcome.path("models"))
                .extracting(model -> model.path("data").asText() + " "
                        + model.path("network").asText())
                .containsExactly(
                        "mnist-small-seed1-validated denoiser-small",
                        "mnist-small-seed1-validated autoencoder-small",
                        "fashion-mnist-small-seed1-validated denoiser-small",
                        "fashion-mnist-small-seed1-validated autoencoder-small");
    }

    @Test
    void draws_the_codes_of_the_autoencoder_alone() {
        JsonNode denoiser = outcome.path("models").path(0);
        JsonNode autoencoder = outcome.path("models").path(1);
        assertThat(denoiser.has("codes")).isFalse();
        assertThat(Path.of(autoencoder.path("codes").asText())).isRegularFile();
    }

    @Test
    void chooses_the_epoch_on_a_tenth_of_the_training_pictures() {
        JsonNode digits = outcome.path("models").path(0);
        assertThat(digits.path("trainImages").asInt()).isEqualTo(180);
        assertThat(digits.path("validationImages").asInt()).isEqualTo(20);
        assertThat(digits.path("testImages").asInt()).isEqualTo(50);
    }

    @Test
    void tells_the_ratio_before_and_after() {
        JsonNode digits = outcome.path("models").path(0);
        assertThat(digits.path("testPsnr").isNumber()).isTrue();
        assertThat(digits.path("testPsnrInterval")).hasSize(2);
        assertThat(digits.path("testPsnrAsShown").asDouble()).isBetween(11.0, 15.0);
    }

    @Test
    void writes_a_model_that_answers_pictures_without_noise_as_it_did_in_training() {
        JsonNode digits = outcome.path("models").path(0);
        assertThat(digits.path("parityMaxAbsDifference").asDouble()).isLessThan(1e-4);
        assertThat(Path.of(digits.path("bundle").asText())).isRegularFile();
        assertThat(Files.exists(Path.of(digits.path("sheet").asText()))).isTrue();
    }
}
