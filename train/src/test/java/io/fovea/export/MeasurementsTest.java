package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.bundle.Measurement;
import io.fovea.dataset.Split;
import io.fovea.evaluation.SegmentationEvaluation;
import io.fovea.task.Measure;
import io.fovea.task.Segmentation;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a model file tells of a verdict")
class MeasurementsTest {

    private final SegmentationEvaluation.Builder judged = new SegmentationEvaluation.Builder(List.of("sky", "road"));

    @Test
    void are_its_measures_with_the_pictures_they_are_of() {
        judged.add(new byte[] {0}, new float[] {1, 0}, 0, "a.png");
        assertThat(Measurements.of(judged.evaluation(), Split.TEST))
                .contains(new Measurement(Measure.share("pixel accuracy", 1), "test", 1));
    }

    @Test
    void is_nothing_where_nothing_could_be_measured() {
        judged.add(new byte[] {(byte) Segmentation.UNLABELLED}, new float[] {1, 0}, 0, "a.png");
        assertThat(Measurements.of(judged.evaluation(), Split.TEST)).isEmpty();
    }
}
