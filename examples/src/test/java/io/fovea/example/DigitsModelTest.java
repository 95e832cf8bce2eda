package io.fovea.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.file.FileTree;
import io.fovea.junit.AccuracyFloor;
import io.fovea.junit.LatencyCeiling;
import io.fovea.junit.ModelUnderTest;
import io.fovea.junit.NoNativeLeak;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a build holds a model to what its users need; copy it beside a model of your own. */
@ModelUnderTest("target/digits/digits.fovea")
@DisplayName("The model of digits")
class DigitsModelTest {

    private static Prediction prediction;

    /** Here the tour makes the model, which tests the tour; elsewhere it lies there. */
    @BeforeAll
    static void train() throws IOException {
        Path folder = Path.of("target/digits");
        FileTree.remove(folder);
        GeneratedDigits digits = GeneratedDigits.generate(100, 20, 1);
        digits.write(Files.createDirectories(folder.resolve("pictures")));
        for (int i = 0; i < digits.test().count(); i++) {
            Path ofClass = folder.resolve("unseen/" + digits.test().labels()[i]);
            PngWriter.write(
                    digits.test().picture(i), Files.createDirectories(ofClass).resolve(i + ".png"));
        }
        prediction = Tour.run(folder.resolve("pictures"), folder.resolve("unseen/7/7.png"), folder);
    }

    @Test
    void is_made_by_the_tour() {
        assertThat(prediction.ranked()).hasSize(10);
    }

    @AccuracyFloor(value = 0.4, pictures = "target/digits/unseen")
    void reads_most_of_the_digits() {}

    @LatencyCeiling(p50Millis = 1_000, p99Millis = 5_000, runs = 100, threads = 2)
    void answers_within_a_second() {}

    @NoNativeLeak(calls = 200, rounds = 8)
    void keeps_no_memory() {}

    @Test
    void names_ten_digits(Classifier classifier) {
        assertThat(classifier.classify(Path.of("target/digits/unseen/7/7.png")).ranked())
                .hasSize(10);
    }
}
