package io.fovea.resource;

import io.fovea.answer.AnswerRow;
import io.fovea.answer.AnswerTable;
import io.fovea.answer.AnswerTable.Order;
import io.fovea.answer.AnswerTable.Show;
import io.fovea.answer.AnswerTable.Wanted;
import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.result.DataJson;
import io.fovea.task.Proportion;
import io.fovea.work.Jobs;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What models said about many pictures: the table that a job left, looked into. Threads may share it. */
public final class ClassifyAnswers {

    /** In one answer. */
    private static final int MOST_ROWS = 500;

    private static final String TABLE = "answers.csv";

    private final Workspace workspace;
    private final Jobs jobs;
    private final OpenFiles<AnswerTable> tables = new OpenFiles<>(4, ClassifyAnswers::opened);
    private final OpenFiles<Dataset> datasets = new OpenFiles<>(2, Dataset::open);

    /** Those of a workspace. */
    public ClassifyAnswers(Workspace workspace) {
        this.workspace = workspace;
        this.jobs = new Jobs(workspace);
    }

    private static AnswerTable opened(Path folder) {
        return AnswerTable.open(folder.resolve(TABLE), "classify the pictures again");
    }

    private <R> R with(String id, Function<AnswerTable, R> read) {
        if (!jobs.isDone(id))
            throw new Problem(
                    "The job has no answers yet.",
                    "job \"" + id + "\"",
                    "wait until it is done; its page shows how far it is");
        Path folder = workspace.existing(Shelf.RUNS, id);
        return tables.with(folder, folder.resolve(TABLE), read);
    }

    /** Returns what was found in all. */
    public Map<String, Object> show(String id) {
        return with(id, table -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("job", id);
            json.put("pictures", table.count());
            json.put("problems", table.problems());
            if (table.models().size() > 1) json.put("agreement", share(table.agreement()));
            List<Map<String, Object>> models = new ArrayList<>();
            for (int m = 0; m < table.models().size(); m++) {
                Map<String, Object> model = new LinkedHashMap<>();
                model.put("name", table.models().get(m));
                model.put("top", table.ranks(m));
                if (table.accuracy(m).count() > 0) {
                    model.put("accuracy", share(table.accuracy(m)));
                    if (table.ranks(m) > 1) model.put("topAccuracy", share(table.topAccuracy(m)));
                }
                table.matrix(m).ifPresent(matrix -> {
                    model.put("classNames", matrix.classNames());
                    model.put("confusion", matrix.counts());
                });
                models.add(model);
            }
            json.put("models", models);
            return json;
        });
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

    /** Returns the word of a choice, or the usual one. */
    public static Show show(Optional<String> word) {
        return chosen(Show.values(), word, "show");
    }

    /** Returns the word of a choice, or the usual one. */
    public static Order order(Optional<String> word) {
        return chosen(Order.values(), word, "order");
    }

    private static <E extends Enum<E>> E chosen(E[] values, Optional<String> word, String where) {
        if (word.isEmpty()) return values[0];
        return Arrays.stream(values)
                .filter(each -> DataJson.word(each).equals(word.get()))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There is no \"" + word.get() + "\" to " + where + ".",
                        where,
                        "name one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values)
                                                .map(DataJson::word)
                                                .toList())));
    }

    /**
     * Returns some rows of the table.
     *
     * @param from  how many are passed over
     * @param count how many are told, at most {@value #MOST_ROWS}
     */
    public Map<String, Object> rows(String id, Wanted wanted, int from, int count) {
        return with(id, table -> {
            if (from < 0 || count < 1 || count > MOST_ROWS)
                throw new Problem(
                        "There is no answer with " + count + " pictures from " + from + " on.",
                        "from, count",
                        "ask for 1 to " + MOST_ROWS + " pictures, from 0 on");
            if (wanted.model() < 0 || wanted.model() >= table.models().size())
                throw new Problem(
                        "There is no model " + wanted.model() + ".",
                        "model",
                        "name a position from 0 to " + (table.models().size() - 1));
            int[] rows = table.rows(wanted);
            List<Map<String, Object>> told = new ArrayList<>();
            for (int i = from; i < Math.min((long) from + count, rows.length); i++) told.add(row(table.row(rows[i])));
            return Map.of("count", rows.length, "rows", told);
        });
    }

    private static Map<String, Object> row(AnswerRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("position", row.position());
        json.put("picture", row.picture());
        row.truth().ifPresent(truth -> json.put("truth", truth));
        row.problem().ifPresent(problem -> json.put("problem", problem));
        json.put("agrees", row.agrees());
        json.put(
                "answers",
                row.answers().stream()
                        .map(said -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("className", said.className());
                            entry.put("probability", said.probability());
                            entry.put("ranking", said.ranking());
                            row.truth()
                                    .ifPresent(truth ->
                                            entry.put("right", said.className().equals(truth)));
                            return entry;
                        })
                        .toList());
        return json;
    }

    /**
     * Returns the file of a picture; empty where it is a dataset's.
     *
     * @throws Problem if the table has no such picture
     */
    public Optional<Path> file(String id, int position) {
        return with(id, table -> table.row(position)).place().map(Path::of);
    }

    /**
     * Returns a dataset's picture as PNG.
     *
     * @throws Problem if the dataset has no such picture any more
     */
    public byte[] ofDataset(String id, int position) {
        Job.Classify job = jobs.order(id)
                .map(JobYaml.Order::job)
                .filter(Job.Classify.class::isInstance)
                .map(Job.Classify.class::cast)
                .filter(each -> each.data().isPresent())
                .orElseThrow(() -> new Problem(
                        "The picture is not there any more.", "job \"" + id + "\"", "classify the pictures again"));
        Path folder = workspace.existing(Shelf.DATASETS, job.data().get());
        return datasets.with(folder, folder.resolve("dataset.json"), dataset -> {
            Split split = job.split()
                    .flatMap(word -> Arrays.stream(Split.values())
                            .filter(each -> DataJson.word(each).equals(word))
                            .findFirst())
                    .orElseGet(() -> dataset.count(Split.TEST) > 0 ? Split.TEST : Split.VALIDATION);
            if (position >= dataset.count(split))
                throw new Problem(
                        "The dataset was made anew since, and has no such picture.",
                        "dataset \"" + dataset.name() + "\"",
                        "classify its pictures again");
            return PngWriter.bytes(dataset.picture(split, position));
        });
    }
}
