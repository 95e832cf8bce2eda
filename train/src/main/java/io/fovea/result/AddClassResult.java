package io.fovea.result;

import io.fovea.hybrid.ClassAddition;
import io.fovea.hybrid.GrowthJudgement;
import io.fovea.hybrid.NewClass;
import io.fovea.problem.Problem;
import io.fovea.task.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model that got further classes, or did not because it would be poor.
 *
 * @param addition what was to be done
 * @param report   what came of it
 */
public record AddClassResult(ClassAddition addition, ClassAddition.Report report) implements JobResult {

    /** Returns why nothing was written, if nothing was. */
    public Optional<Problem> refusal() {
        if (report.written().isPresent()) return Optional.empty();
        String classes = addition.classes().stream()
                .map(each -> "\"" + each.name() + "\" from " + each.folder())
                .collect(Collectors.joining(", "));
        return Optional.of(new Problem(
                "The model would be poor: " + String.join("; ", report.shortfalls()) + ". Nothing was written.",
                addition.model() + " with " + classes,
                switch (report.way()) {
                    case REFITTED ->
                        "look at the pictures of the new classes: are they of one kind, and of none that the model"
                                + " knows? --force writes it all the same";
                    case APPENDED ->
                        "name the dataset that the model was made from with --data, or make a model of all classes"
                                + " anew; --force writes it all the same";
                }));
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("added", added());
        json.put("way", DataJson.word(report.way()));
        json.put("judgedOn", report.judgedOn());
        putJudgement(json);
        json.put("references", report.references());
        json.put("shortfalls", report.shortfalls());
        json.put("remarks", report.remarks());
        json.put("leftOut", report.broken().stream().map(Problem::parts).toList());
        report.written().ifPresent(written -> {
            json.put("engineBytes", written.engineBytes());
            written.dataset().ifPresent(name -> json.put("dataset", name));
            json.put("bundle", written.bundle().toString());
            json.put("bytes", written.bytes());
        });
        refusal().ifPresent(problem -> json.put("problem", problem.parts()));
        return json;
    }

    private List<Map<String, Object>> added() {
        List<Map<String, Object>> added = new ArrayList<>();
        for (int c = 0; c < addition.classes().size(); c++) {
            NewClass each = addition.classes().get(c);
            added.add(Map.of(
                    "className",
                    each.name(),
                    "folder",
                    each.folder().toString(),
                    "pictures",
                    report.pictures().get(c)));
        }
        return added;
    }

    private void putJudgement(Map<String, Object> json) {
        GrowthJudgement judgement = report.judgement();
        json.put("oldBefore", share(judgement.oldBefore()));
        json.put("oldAfter", share(judgement.oldAfter()));
        json.put("newAfter", share(judgement.newAfter()));
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("lost", judgement.change().onlyFirst());
        change.put("won", judgement.change().onlySecond());
        change.put("pValue", judgement.change().pValue());
        json.put("oldPictures", change);
        judgement.oldAnew().ifPresent(anew -> json.put("oldAnew", share(anew)));
        judgement.newAnew().ifPresent(anew -> json.put("newAnew", share(anew)));
        List<Map<String, Object>> classes = new ArrayList<>();
        for (GrowthJudgement.ClassChange each : judgement.classes()) {
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("className", each.name());
            each.before().ifPresent(before -> own.put("before", share(before)));
            own.put("after", share(each.after()));
            classes.add(own);
        }
        json.put("classes", classes);
    }

    private static Map<String, Object> share(Proportion share) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("accuracy", share.value());
        json.put("interval", List.of(share.low(), share.high()));
        json.put("pictures", share.count());
        return json;
    }
}
