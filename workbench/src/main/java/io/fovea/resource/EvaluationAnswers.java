package io.fovea.resource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fovea.dataset.Dataset;
import io.fovea.evaluation.Calibration;
import io.fovea.evaluation.KeptPanels;
import io.fovea.evaluation.KeptPanels.Panel;
import io.fovea.evaluation.KeptPredictions;
import io.fovea.evaluation.KeptPredictions.Classified;
import io.fovea.evaluation.KeptPredictions.Kept;
import io.fovea.evaluation.KeptPredictions.Masked;
import io.fovea.evaluation.KeptPredictions.Restored;
import io.fovea.evaluation.KeptPredictions.Scored;
import io.fovea.evaluation.KeptPredictions.TargetValue;
import io.fovea.evaluation.KeptPredictions.Valued;
import io.fovea.evaluation.PairedComparison;
import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.image.TargetPoint;
import io.fovea.problem.Problem;
import io.fovea.record.RecordYaml;
import io.fovea.result.DataJson;
import io.fovea.task.Proportion;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How good a model was found to be, as the folder of the job that judged it says: figures, and each picture. Threads may share it. */
public final class EvaluationAnswers {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** In one answer. */
    private static final int MOST_PICTURES = 500;

    /** What the files of an evaluation tell of any task. */
    private static final List<String> FIGURES = List.of(
            "classNames",
            "confusion",
            "perClass",
            "macroAverage",
            "meanLoss",
            "top5Accuracy",
            "mostConfused",
            "unit",
            "guessError",
            "perTarget",
            "perPoint",
            "labelledPixels");

    private final Workspace workspace;
    private final Jobs jobs;
    private final OpenFiles<Table> tables = new OpenFiles<>(6, Table::new);

    /** Evaluations of a workspace. */
    public EvaluationAnswers(Workspace workspace) {
        this.workspace = workspace;
        this.jobs = new Jobs(workspace);
    }

    /** A table of predictions, kept for the next question. */
    private record Table(KeptPredictions read) implements AutoCloseable {

        Table(Path folder) {
            this(KeptPredictions.read(folder, again(folder.getFileName().toString())));
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /**
     * Returns what was found.
     *
     * @throws Problem if the job is not done, judged nothing, or its files are damaged
     */
    public Map<String, Object> show(String id) {
        Map<String, Object> result = result(id);
        Path folder = workspace.existing(Shelf.RUNS, id);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", id);
        json.put("data", result.get("data"));
        json.put("split", result.get("split"));
        model(result).ifPresent(file -> {
            json.put("file", file.toString());
            named(file).ifPresent(name -> json.put("model", name));
        });
        json.put("remarks", result.getOrDefault("remarks", List.of()));
        json.put("measures", measures(result));
        json.put("files", drawn(folder));
        List<Map<String, String>> missing = new ArrayList<>();
        figures(id, folder, json, missing);
        predictions(id, folder, json, missing);
        pictures(id, result, json, missing).ifPresent(problem -> missing.add(problem.parts()));
        json.put("missing", missing);
        return json;
    }

    private Map<String, Object> result(String id) {
        if (!jobs.isDone(id))
            throw new Problem(
                    "The job has no evaluation yet.",
                    "job \"" + id + "\"",
                    "wait until it is done, or go on with it: fovea job run " + id);
        Map<String, Object> result = jobs.result(id);
        if (result.get("split") instanceof String && result.get("data") instanceof String) return result;
        throw new Problem(
                "The job judged no model.", "job \"" + id + "\"", "look at a job of evaluate, train or hybrid");
    }

    /** Where a job's evaluation lies in its own folder, that job is done again. */
    private static String again(String id) {
        return "evaluate the model again: in the page, or with \"fovea evaluate\"; it keeps a table of all pictures in"
                + " the folder of a new job (instead of \"" + id + "\")";
    }

    private static Optional<Path> model(Map<String, Object> result) {
        return Optional.ofNullable(result.get("model"))
                .or(() -> Optional.ofNullable(result.get("bundle")))
                .map(String::valueOf)
                .map(Path::of);
    }

    /** A model of the workspace has a name. */
    private Optional<String> named(Path file) {
        return Optional.of(workspace.folder().resolve(Shelf.MODELS.folder()))
                .filter(file::startsWith)
                .map(shelf -> shelf.relativize(file).getName(0).toString());
    }

    private static List<Map<String, Object>> measures(Map<String, Object> result) {
        List<Map<String, Object>> measures = new ArrayList<>();
        // a hybrid tells other measures too, and calls these by their part
        Object told = result.containsKey("measures") ? result.get("measures") : result.get("testMeasures");
        if (!(told instanceof List<?> list)) return measures;
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> measure) || !(measure.get("value") instanceof Number value)) continue;
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", String.valueOf(measure.get("name")));
            json.put("value", value);
            json.put("unit", String.valueOf(measure.get("unit")).toLowerCase(Locale.ROOT));
            json.put("better", String.valueOf(measure.get("better")).toLowerCase(Locale.ROOT));
            if (measure.get("interval") instanceof Map<?, ?> interval) {
                json.put("low", interval.get("low"));
                json.put("high", interval.get("high"));
            }
            measures.add(json);
        }
        return measures;
    }

    private static List<String> drawn(Path folder) {
        return Stream.of("confusion", "calibration", "predictions", "curves", "worst", "examples")
                .flatMap(name -> Stream.of(name + ".svg", name + ".png"))
                .filter(name -> Files.isRegularFile(folder.resolve(name)))
                .toList();
    }

    private static void figures(String id, Path folder, Map<String, Object> json, List<Map<String, String>> missing) {
        Path file = folder.resolve("evaluation.json");
        Map<String, Object> figures = Map.of();
        try {
            figures = JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
        } catch (IOException absent) {
            String what = Files.exists(file)
                    ? "The evaluation's figures cannot be read."
                    : "The evaluation's figures are not in the job's folder.";
            missing.add(new Problem(what, file.toString(), again(id)).parts());
        }
        json.put("task", task(figures));
        if (task(figures).equals("segmentation") && figures.get("classNames") instanceof List<?> names)
            json.put("colors", ClassColors.of(names.size()));
        if (figures.get("pictures") instanceof Integer count) json.put("pictures", count);
        for (String name : FIGURES) if (figures.containsKey(name)) json.put(name, figures.get(name));
    }

    private static String task(Map<String, Object> figures) {
        if (figures.containsKey("perTarget")) return "regression";
        if (figures.containsKey("labelledPixels")) return "segmentation";
        if (figures.containsKey("psnr")) return "reconstruction";
        return figures.containsKey("confusion") ? "classification" : "unknown";
    }

    private void predictions(String id, Path folder, Map<String, Object> json, List<Map<String, String>> missing) {
        try {
            table(id, folder, predictions -> {
                json.putIfAbsent("pictures", predictions.pictures().size());
                Calibration calibration = predictions.calibration();
                if (calibration.count() > 0) json.put("calibration", calibration(calibration));
                return true;
            });
        } catch (Problem problem) {
            missing.add(problem.parts());
        }
    }

    private <R> R table(String id, Path folder, java.util.function.Function<KeptPredictions, R> read) {
        return tables.with(folder, folder.resolve(KeptPredictions.FILE), table -> read.apply(table.read()));
    }

    private static Map<String, Object> calibration(Calibration calibration) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("expectedError", calibration.expectedError());
        json.put("words", calibration.words());
        json.put(
                "bins",
                calibration.bins().stream()
                        .map(bin -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("low", bin.low());
                            entry.put("high", bin.high());
                            entry.put("probability", bin.probability());
                            entry.put("right", share(bin.right()));
                            return entry;
                        })
                        .toList());
        return json;
    }

    private static Map<String, Object> share(Proportion share) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", share.value());
        json.put("low", share.low());
        json.put("high", share.high());
        json.put("hits", share.hits());
        json.put("count", share.count());
        return json;
    }

    /** What keeps the judged pictures from being shown: a dataset that is gone, or made anew since. */
    private Optional<Problem> pictures(
            String id, Map<String, Object> result, Map<String, Object> json, List<Map<String, String>> already) {
        String data = String.valueOf(result.get("data"));
        if (!already.isEmpty()) return Optional.empty();
        try (Dataset dataset = Dataset.open(workspace.existing(Shelf.DATASETS, data))) {
            json.put("height", dataset.preparation().height());
            json.put("width", dataset.preparation().width());
            Optional<String> judged = judgedHash(id);
            if (judged.isEmpty() || judged.get().equals(dataset.contentHash())) return Optional.empty();
            return Optional.of(new Problem(
                    "The dataset was made anew since, so its pictures are not those that were judged.",
                    "dataset \"" + data + "\"",
                    again(id)));
        } catch (Problem absent) {
            return Optional.of(absent);
        }
    }

    private Optional<String> judgedHash(String id) {
        Path file = workspace.run(id).resolve("inputs.yaml");
        try {
            Object hash = RecordYaml.read(Files.readString(file), file.toString(), "job's inputs")
                    .tree()
                    .get("dataset");
            return Optional.ofNullable(hash).map(String::valueOf);
        } catch (IOException ofAnEarlierVersion) {
            return Optional.empty();
        }
    }

    /** Which pictures of an evaluation are wanted. */
    public enum Wanted {
        /** Those of a cell of the confusion matrix, the surest first. */
        CELL,
        /** Those that are taken for a class, the surest first. */
        SUREST,
        /** All, the hardest first. */
        HARDEST
    }

    /**
     * Returns pictures with what was made of them.
     *
     * @param label     of the cell; -1 otherwise
     * @param predicted of the cell, or the class; -1 for the hardest
     * @param from      how many are passed over
     * @param count     how many are told, at most {@value #MOST_PICTURES}
     */
    public Map<String, Object> pictures(String id, Wanted wanted, int label, int predicted, int from, int count) {
        result(id);
        Path folder = workspace.existing(Shelf.RUNS, id);
        if (from < 0 || count < 1 || count > MOST_PICTURES)
            throw new Problem(
                    "There is no answer with " + count + " pictures from " + from + " on.",
                    "from, count",
                    "ask for 1 to " + MOST_PICTURES + " pictures, from 0 on");
        PictureJson told = new PictureJson(folder, axes(folder));
        return table(id, folder, predictions -> {
            List<? extends Kept> found =
                    switch (wanted) {
                        case CELL -> predictions.cell(label, predicted);
                        case SUREST -> predictions.surest(predicted);
                        case HARDEST -> predictions.hardest();
                    };
            return Map.of(
                    "count",
                    found.size(),
                    "pictures",
                    found.stream().skip(from).limit(count).map(told::of).toList());
        });
    }

    /** Returns the axis of each target of a regression, by its name; none of other tasks. */
    private static Map<String, Axis> axes(Path folder) {
        Map<String, Axis> axes = new LinkedHashMap<>();
        try {
            for (var target :
                    JSON.readTree(folder.resolve("evaluation.json").toFile()).path("perTarget"))
                axes.put(
                        target.path("name").asText(),
                        Axis.valueOf(target.path("axis").asText("none").toUpperCase(Locale.ROOT)));
        } catch (IOException | IllegalArgumentException told) {
            // what is missing or damaged is told where the figures are shown
        }
        return axes;
    }

    /** What was made of a picture, as pages draw it. */
    private record PictureJson(Path folder, Map<String, Axis> axes) {

        Map<String, Object> of(Kept kept) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("position", kept.position());
            json.put("source", kept.source());
            if (kept instanceof Scored scored) {
                json.put("measure", scored.name());
                scored.score().ifPresent(score -> json.put("score", score));
            }
            switch (kept) {
                case Classified each -> {
                    json.put("label", each.label());
                    json.put("predicted", each.predicted());
                    json.put("probability", each.probability());
                    each.loss().ifPresent(loss -> json.put("loss", loss));
                }
                case Valued each -> {
                    json.put("points", points(each.values()));
                    json.put("values", each.values());
                }
                case Masked each -> {
                    json.put("perClass", each.perClass());
                    json.put("panels", panels(each));
                }
                case Restored each -> {
                    json.put("asShown", each.before());
                    json.put("panels", panels(each));
                }
            }
            return json;
        }

        private List<Map<String, Object>> points(List<TargetValue> values) {
            List<Target> targets = values.stream()
                    .map(each -> new Target(each.target(), axes.getOrDefault(each.target(), Axis.NONE), 0, 1))
                    .toList();
            return TargetPoint.among(targets).stream()
                    .map(point -> {
                        TargetValue x = values.get(point.x());
                        TargetValue y = values.get(point.y());
                        Map<String, Object> json = new LinkedHashMap<>();
                        json.put("name", point.name());
                        json.put("truth", Map.of("x", x.truth(), "y", y.truth()));
                        json.put("predicted", Map.of("x", x.predicted(), "y", y.predicted()));
                        return json;
                    })
                    .toList();
        }

        private List<String> panels(Kept kept) {
            return KeptPanels.of(folder, kept.position()).stream()
                    .map(DataJson::word)
                    .toList();
        }
    }

    /**
     * Returns a panel that the evaluation kept of a picture, as PNG.
     *
     * @throws Problem if it kept none
     */
    public byte[] panel(String id, int position, String word) {
        result(id);
        Panel panel = Stream.of(Panel.values())
                .filter(each -> DataJson.word(each).equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There is no panel \"" + word + "\".", "panel", "name one of picture, truth, answer"));
        Path file = KeptPanels.file(workspace.existing(Shelf.RUNS, id), position, panel);
        try {
            return Files.readAllBytes(file);
        } catch (IOException absent) {
            throw new Problem(
                    "The evaluation kept no picture of place " + position + ".",
                    file.toString(),
                    "ask for one of the " + KeptPanels.MOST + " hardest; or " + again(id),
                    absent);
        }
    }

    /**
     * Returns evaluations of classifiers on the same pictures side by side, each against the first.
     *
     * @param ids of at least two jobs
     * @throws Problem if they judged other pictures, or one keeps no table
     */
    public Map<String, Object> compare(List<String> ids) {
        if (ids.size() < 2)
            throw new Problem("There is nothing to compare.", "job", "name two evaluations or more: ?job=…&job=…");
        List<Map<String, Object>> entries = new ArrayList<>();
        List<Classified> first = classified(ids.getFirst());
        Optional<String> hash = judgedHash(ids.getFirst());
        for (String id : ids) {
            List<Classified> each = classified(id);
            boolean same = each.size() == first.size()
                    && judgedHash(id).equals(hash)
                    && IntStream.range(0, each.size()).allMatch(i -> samePicture(each.get(i), first.get(i)));
            if (!same)
                throw new Problem(
                        "The evaluations are not of the same pictures.",
                        "jobs \"" + ids.getFirst() + "\" and \"" + id + "\"",
                        "evaluate both models on the same part of the same dataset");
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("job", id);
            model(result(id)).flatMap(this::named).ifPresent(name -> entry.put("model", name));
            long hits = each.stream().filter(Classified::isRight).count();
            entry.put("accuracy", share(new Proportion(hits, each.size())));
            entry.put("againstFirst", against(first, each));
            entries.add(entry);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", result(ids.getFirst()).get("data"));
        json.put("split", result(ids.getFirst()).get("split"));
        json.put("pictures", first.size());
        json.put("evaluations", entries);
        return json;
    }

    private static boolean samePicture(Classified one, Classified other) {
        return one.position() == other.position()
                && one.source().equals(other.source())
                && one.label() == other.label();
    }

    private static Map<String, Object> against(List<Classified> first, List<Classified> second) {
        boolean[] one = new boolean[first.size()];
        boolean[] other = new boolean[first.size()];
        for (int i = 0; i < one.length; i++) {
            one[i] = first.get(i).isRight();
            other[i] = second.get(i).isRight();
        }
        PairedComparison compared = PairedComparison.of(one, other);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gain", compared.gain());
        json.put("onlyFirst", compared.onlyFirst());
        json.put("onlyThis", compared.onlySecond());
        json.put("pValue", compared.pValue());
        json.put("beyondChance", compared.isBeyondChance());
        return json;
    }

    private List<Classified> classified(String id) {
        result(id);
        List<Classified> pictures =
                table(id, workspace.existing(Shelf.RUNS, id), predictions -> predictions.classified(_ -> true));
        if (!pictures.isEmpty()) return pictures;
        throw new Problem(
                "The evaluation is not of a classifier.", "job \"" + id + "\"", "compare evaluations of classifiers");
    }
}
