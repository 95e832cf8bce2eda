package io.fovea.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.chart.ChartFile;
import io.fovea.event.Event;
import io.fovea.event.TrainingEvent;
import io.fovea.task.Measure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Learning curves")
class LearningCurvesTest {

    @TempDir
    Path folder;

    private static TrainingEvent epoch(int epoch, double loss, double accuracy) {
        return new TrainingEvent.EpochFinished(
                epoch,
                Instant.EPOCH,
                epoch,
                10L * epoch,
                loss,
                List.of(Measure.share("accuracy", accuracy)),
                OptionalDouble.of(loss * 1.1),
                List.of(Measure.share("accuracy", accuracy - 0.1)),
                0.01,
                1000,
                true);
    }

    @Test
    void are_drawn_of_loss_and_measures_with_text_as_text() {
        List<Event> events = new ArrayList<>();
        for (int e = 1; e <= 5; e++) events.add(epoch(e, 2.0 / e, 1 - 0.5 / e));
        String svg = ChartFile.svg(LearningCurves.draw("a <run>", events).orElseThrow());
        assertThat(svg)
                .contains(">a &lt;run&gt;</text>", ">loss</text>", ">accuracy</text>", ">training</text>")
                .contains(">5 epochs, the best is 5</text>");
        assertThat(svg.split("stroke-width=\"2\"")).hasSize(5); // four curves
    }

    @Test
    void leave_out_what_is_no_number() {
        List<Event> events =
                List.of(epoch(1, 2, 0.5), epoch(2, Double.NaN, 0.5), epoch(3, Double.POSITIVE_INFINITY, 0.5));
        assertThat(ChartFile.svg(LearningCurves.draw("diverged", events).orElseThrow()))
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void are_not_drawn_before_an_epoch_is_over() {
        assertThat(LearningCurves.draw("young", List.of())).isEmpty();
        LearningCurves.write(folder);
        assertThat(folder).isEmptyDirectory();
    }
}
