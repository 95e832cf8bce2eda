package io.fovea.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.chart.ChartFile;
import io.fovea.task.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A ladder's result")
class LadderResultTest {

    private static final Path MODELS = Path.of("models");

    private static LadderResult.Step step(
            String name, Rung.Form form, double accuracy, long bytes, double millis, Optional<Rung.Difference> apart) {
        Measure measure = Measure.share("accuracy", accuracy).within(accuracy - 0.003, accuracy + 0.002);
        Path model = MODELS.resolve(name.replace(' ', '-') + ".fovea");
        return new LadderResult.Step(
                new Rung(
                        name.replace(' ', '-'),
                        name,
                        form,
                        model,
                        List.of(measure),
                        apart,
                        bytes,
                        bytes / 2,
                        1000,
                        20_000,
                        1,
                        List.of()),
                millis);
    }

    private static LadderResult ladder(LadderResult.Step... further) {
        List<LadderResult.Step> steps = new ArrayList<>();
        steps.add(step("digits", Rung.Form.ORIGINAL, 0.987, 1_769_627, 0.116, Optional.empty()));
        steps.addAll(List.of(further));
        return new LadderResult(
                "mnist",
                10_000,
                steps,
                List.of(new LadderResult.Missing("global pooling", "It has no dense layers, none at all.")),
                5,
                1,
                List.of(),
                Path.of("runs"));
    }

    private static final Optional<Rung.Difference> WORSE =
            Optional.of(new Rung.Difference(-0.01, -0.012, -0.008, 150, 50));

    @Test
    void names_the_model_that_leaves_nothing_to_say_for_another() {
        LadderResult.Step int8 = step("int8", Rung.Form.INT8, 0.987, 465_866, 0.061, WORSE);
        LadderResult.Step slow = step("slow", Rung.Form.FLOATS, 0.957, 500_000, 0.085, WORSE);
        LadderResult.Step small = step("small", Rung.Form.INT8, 0.956, 52_726, 0.09, WORSE);
        LadderResult ladder = ladder(int8, slow, small);

        assertThat(ladder.dominating(ladder.steps().getFirst())).contains(int8);
        assertThat(ladder.dominating(int8)).isEmpty();
        assertThat(ladder.dominating(slow)).contains(int8);
        assertThat(ladder.dominating(small)).isEmpty();
    }

    @Test
    void takes_no_side_between_two_models_that_are_alike() {
        LadderResult.Step twin = step("twin", Rung.Form.FLOATS, 0.987, 1_769_627, 0.116, WORSE);
        LadderResult ladder = ladder(twin);

        assertThat(ladder.dominating(twin)).isEmpty();
        assertThat(ladder.dominating(ladder.steps().getFirst())).isEmpty();
    }

    @Test
    void is_a_table_with_a_line_for_each_model_and_each_that_is_missing() {
        LadderResult ladder = ladder(step("int8", Rung.Form.INT8, 0.977, 465_866, 0.061, WORSE));

        List<String> lines = ladder.csv().lines().toList();

        assertThat(lines.getFirst()).startsWith("rung,model,accuracy,accuracy_low,accuracy_high,difference,");
        assertThat(lines.get(2)).startsWith("int8,").contains(",-0.012,-0.008,465866,232933,1000,20000,0.061,,");
        assertThat(lines.get(3)).isEqualTo("global pooling,,,,,,,,,,,,,,\"It has no dense layers, none at all.\"");
        for (String line : lines.subList(0, 3)) assertThat(line.split(",", -1)).hasSize(15);
    }

    @Test
    void is_a_chart_that_names_every_model(@TempDir Path folder) throws Exception {
        LadderResult ladder = ladder(
                step("int8", Rung.Form.INT8, 0.987, 465_866, 0.061, WORSE),
                step("hybrid", Rung.Form.HYBRID, 0.986, 79_503, 0.069, WORSE));

        LadderChart.write(ladder, folder);

        assertThat(ChartFile.svg(LadderChart.draw(ladder))).contains(">int8<", ">hybrid<", ">digits<", "0.061 ms");
        assertThat(Files.size(folder.resolve("ladder.png"))).isPositive();
    }

    @Test
    void draws_a_single_model_and_measures_of_which_less_is_better() {
        Measure error = new Measure("error", 3.25, Optional.empty(), Measure.Unit.PIXELS, Measure.Better.LOWER);
        Rung original = new Rung(
                "original",
                "original",
                Rung.Form.ORIGINAL,
                MODELS.resolve("faces.fovea"),
                List.of(error),
                Optional.empty(),
                1,
                1,
                0,
                0,
                0,
                List.of());
        LadderResult ladder = new LadderResult(
                "faces",
                1,
                List.of(new LadderResult.Step(original, 1e-4)),
                List.of(),
                1,
                1,
                List.of(),
                Path.of("runs"));

        assertThat(ChartFile.svg(LadderChart.draw(ladder)))
                .contains("3.25 pixels")
                .doesNotContain("interval");
    }
}
