package io.fovea.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.ExampleBundle;
import io.fovea.codec.PictureLimits;
import io.fovea.codec.PngWriter;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A listener of a model")
class PredictionListenerTest {

    private final List<String> heard = new ArrayList<>();

    private final PredictionListener listener = new PredictionListener() {
        @Override
        public void finished(Stage stage, int pictures, long nanoseconds) {
            assertThat(nanoseconds).isPositive();
            heard.add(stage + " " + pictures);
        }

        @Override
        public void answered(Answer answer) {
            heard.add(((Prediction) answer).best().name());
        }
    };

    private final Bundle bundle = ExampleBundle.whole();

    private Classifier classifier() {
        return Classifier.of(bundle, PredictionOptions.DEFAULT.withListener(listener));
    }

    @Test
    void hears_nothing_of_the_golden_pictures() {
        try (Classifier classifier = classifier()) {
            assertThat(classifier.replay().orElseThrow().pictures()).isEqualTo(2);
            assertThat(heard).isEmpty();
            classifier.model().replayAgain(bundle::golden);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void hears_the_steps_of_a_picture_and_its_answer() {
        try (Classifier classifier = classifier()) {
            classifier.classify(PngWriter.bytes(ExampleBundle.grey(255)));
        }
        assertThat(heard).containsExactly("DECODE 1", "RESIZE 1", "NETWORK 1", "bright");
    }

    @Test
    void hears_of_a_batch_once() {
        try (Classifier classifier = classifier()) {
            byte[] png = PngWriter.bytes(ExampleBundle.grey(0));
            PlacedPicture placed = classifier.place(png, "picture", PictureLimits.DEFAULT);
            classifier.answers(List.of(placed, placed));
        }
        assertThat(heard).containsExactly("DECODE 1", "RESIZE 1", "NETWORK 2", "dark", "dark");
    }

    @Test
    void hears_of_tensors_without_an_answer() {
        try (Classifier classifier = classifier()) {
            Model model = classifier.model();
            model.run(Map.of("input", model.prepare(ExampleBundle.grey(1))));
        }
        assertThat(heard).containsExactly("RESIZE 1", "NETWORK 1");
    }

    @Test
    void hears_nothing_of_what_failed() {
        try (Classifier classifier = classifier()) {
            assertThatThrownBy(() -> classifier.classify(new byte[] {1})).isInstanceOf(Problem.class);
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void and_a_replay_end_with_the_model() {
        Model model = Model.of(bundle, PredictionOptions.DEFAULT);
        model.close();
        assertThatThrownBy(() -> model.replayAgain(bundle::golden)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void is_not_needed_to_replay_again_and_find_what_differs() {
        try (Model model = Model.of(bundle, PredictionOptions.DEFAULT)) {
            assertThat(model.replayAgain(bundle::golden))
                    .isEqualTo(model.replay().orElseThrow());
            byte[] grey = PngWriter.bytes(ExampleBundle.grey(7));
            assertThatThrownBy(() -> model.replayAgain(golden -> grey))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                            .startsWith("Golden picture \"golden/00.png\" differs at the stage \"decode\""));
        }
    }
}
