package io.fovea.cli;

import io.fovea.file.AtomicFile;
import io.fovea.training.LearningRateCurve;
import io.fovea.training.LearningRateFinder;
import io.fovea.training.Trainer;
import io.fovea.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code fovea train --find-learning-rate}. */
final class LearningRateSearch {

    private final Console console;
    private final Workspace workspace;

    LearningRateSearch(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    int run(TrainingPlan plan, OutputFormat format) {
        LearningRateFinder finder = LearningRateFinder.USUAL;
        List<String> remarks = Trainer.remarks(plan.dataset(), plan.network(), plan.settings(), plan.start());
        workspace.checkWritable();
        remarks.forEach(remark -> console.progress("Note: " + remark));
        ProgressBar bar = new ProgressBar(console);
        LearningRateCurve curve;
        try (Interruption interruption = new Interruption(console)) {
            int[] done = {0};
            curve = finder.search(
                    plan.dataset(),
                    plan.network(),
                    plan.settings(),
                    plan.start(),
                    point -> bar.draw(
                            "rates",
                            (double) ++done[0] / finder.steps(),
                            String.format(Locale.ROOT, "%.1e  loss %.3f", point.learningRate(), point.smoothed())),
                    interruption.signal());
        } finally {
            bar.clear();
        }
        Path file = workspace.newRun(plan.model() + "-learning-rate").resolve("learning-rate.csv");
        AtomicFile.write(file, curve.csv().getBytes(StandardCharsets.UTF_8));
        switch (format) {
            case JSON -> console.json(asJson(plan, curve, file, remarks));
            case TEXT -> print(curve, file);
        }
        return curve.suggestion().isPresent() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(LearningRateCurve curve, Path file) {
        CurveChart.lines(curve).forEach(console::result);
        console.result("");
        if (curve.suggestion().isPresent()) {
            console.result(String.format(
                    Locale.ROOT,
                    "Suggestion  --learning-rate %.1e",
                    curve.suggestion().getAsDouble()));
        } else {
            console.result("Suggestion  none: the loss did not fall at any rate");
        }
        console.result("Curve       " + file);
    }

    private static Map<String, Object> asJson(
            TrainingPlan plan, LearningRateCurve curve, Path file, List<String> remarks) {
        List<Map<String, Object>> points = new ArrayList<>();
        for (LearningRateCurve.Point point : curve.points()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("learningRate", point.learningRate());
            each.put("loss", point.loss());
            each.put("smoothedLoss", point.smoothed());
            points.add(each);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", plan.dataset().name());
        json.put("network", plan.network().name());
        curve.suggestion().ifPresent(rate -> json.put("suggestion", rate));
        json.put("points", points);
        json.put("curve", file.toString());
        json.put("seed", plan.settings().seed());
        json.put("remarks", remarks);
        return json;
    }
}
