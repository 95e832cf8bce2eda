package io.fovea.resource;

import io.fovea.choice.OptimizerName;
import io.fovea.choice.ScheduleName;
import io.fovea.optimize.LearningRateSchedule;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.record.RecordTree;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What can be chosen for a training, and what is usual. Threads may share it. */
public final class SettingAnswers {

    private static final int POINTS = 200;

    private SettingAnswers() {}

    /** Returns the usual settings, and what optimizers and courses of the learning rate there are, each as a job's settings name it. */
    public static Map<String, Object> usual() {
        TrainingSettings defaults = TrainingSettings.defaults(1);
        Map<String, Object> json = new LinkedHashMap<>();
        Map<String, Object> settings = SettingsYaml.tree(defaults);
        settings.remove("seed");
        json.put("settings", settings);
        List<Map<String, Object>> optimizers = new ArrayList<>();
        for (OptimizerName name : OptimizerName.values()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", word(name));
            entry.put("learningRate", name.learningRate());
            entry.put("setting", RecordTree.write(name.optimizer()));
            optimizers.add(entry);
        }
        json.put("optimizers", optimizers);
        List<Map<String, Object>> schedules = new ArrayList<>();
        for (ScheduleName name : ScheduleName.values()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", word(name));
            entry.put("setting", RecordTree.write(name.schedule()));
            schedules.add(entry);
        }
        json.put("schedules", schedules);
        return json;
    }

    /**
     * Returns the learning rate over a run.
     *
     * @param schedule     the name of its course
     * @param learningRate its base
     * @param epochs       of the run
     * @param warmUp       the first part of the run in which it rises from 0; 0 for none
     */
    public static Map<String, Object> course(String schedule, double learningRate, int epochs, double warmUp) {
        if (!(learningRate > 0) || learningRate > 1000 || epochs < 1 || !(warmUp >= 0 && warmUp < 1))
            throw new Problem(
                    "There is no course of " + epochs + " epochs from a learning rate of " + learningRate
                            + " with a warm-up of " + warmUp + ".",
                    "learningRate, epochs, warmUp",
                    "choose a learning rate above 0, at least one epoch and a warm-up from 0 to below 1");
        LearningRateSchedule named = of(schedule);
        LearningRateSchedule course = warmUp == 0 ? named : new LearningRateSchedule.WarmUp(warmUp, named);
        double[] at = new double[POINTS + 1];
        double[] rates = new double[POINTS + 1];
        for (int i = 0; i <= POINTS; i++) {
            double progress = (double) i / POINTS;
            at[i] = progress * epochs;
            rates[i] = learningRate * course.factor(progress);
        }
        return Map.of("epochs", at, "rates", rates);
    }

    private static LearningRateSchedule of(String word) {
        for (ScheduleName name : ScheduleName.values()) if (word(name).equals(word)) return name.schedule();
        Function<ScheduleName, String> words = SettingAnswers::word;
        throw new Problem(
                "There is no course of the learning rate named \"" + word + "\".",
                "schedule",
                Nearest.suggestion(
                        word, Arrays.stream(ScheduleName.values()).map(words).toList()));
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
