package io.fovea.result;

import io.fovea.dataset.OriginalSizes;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.evaluation.ReportPart;
import io.fovea.importer.ImportLook;
import io.fovea.importer.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What sources would become, for people and for programs. */
public final class LookReport {

    private static final int CLASSES_SHOWN = 50;

    private LookReport() {}

    /** Returns lines and a table. */
    public static List<ReportPart> of(ImportLook look) {
        List<ReportPart> parts = new ArrayList<>();
        parts.add(new ReportPart.Line(sentence(look) + ", nothing is imported yet"));
        if (!look.usedLists().isEmpty())
            parts.add(new ReportPart.Line("The folder alone is no dataset; give its list as the source: "
                    + String.join(" ", look.usedLists())));
        OriginalSizes sizes = sizes(look);
        if (sizes.different() > 0)
            parts.add(new ReportPart.Line(String.format(
                    Locale.ROOT,
                    "Sizes     %d to %d high, %d to %d wide, of %,d pictures that were looked at",
                    sizes.smallestHeight(),
                    sizes.largestHeight(),
                    sizes.smallestWidth(),
                    sizes.largestWidth(),
                    look.sizes().size())));
        look.ownSize()
                .ifPresent(own -> parts.add(new ReportPart.Line(String.format(
                        Locale.ROOT,
                        "All are alike; --size %dx%d keeps them as they are",
                        own.height(),
                        own.width()))));
        List<List<String>> rows = new ArrayList<>();
        boolean hasClasses = look.truth() instanceof Truth.Classes;
        for (int i = 0;
                hasClasses && i < Math.min(CLASSES_SHOWN, look.classNames().size());
                i++) rows.add(row(look.classNames().get(i), look, i));
        if (!hasClasses) rows.add(row("all", look, 0));
        parts.add(new ReportPart.Table(List.of("class", "training", "validation", "test"), rows));
        if (look.leftOut() > 0)
            parts.add(new ReportPart.Line(String.format(Locale.ROOT, "%,d pictures are left out", look.leftOut())));
        look.remarks().forEach(remark -> parts.add(new ReportPart.Line(remark)));
        look.broken().forEach(broken -> parts.add(new ReportPart.Line(broken.source() + ": " + broken.reason())));
        return parts;
    }

    private static String sentence(ImportLook look) {
        int pictures =
                pictures(look).values().stream().mapToInt(Integer::intValue).sum();
        return String.format(
                Locale.ROOT,
                switch (look.truth()) {
                    case Truth.Numbers _ -> "%,d pictures with numbers: " + String.join(", ", look.targets());
                    case Truth.Masks _ -> "%,d pictures with masks";
                    case Truth.Classes _, Truth.Detected _ ->
                        "%,d pictures of " + look.classNames().size() + " classes";
                },
                pictures);
    }

    private static List<String> row(String name, ImportLook look, int label) {
        List<String> row = new ArrayList<>();
        row.add(name);
        for (Split split : Split.values())
            row.add(String.format(
                    Locale.ROOT, "%,d", look.countsPerClass().get(split).get(label)));
        return row;
    }

    /**
     * Returns it as JSON has it.
     *
     * @param preparation what the pictures would be made to
     */
    public static Map<String, Object> json(ImportLook look, Preparation preparation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("usedLists", look.usedLists());
        json.put("lists", look.lists());
        json.put("task", task(look.truth()));
        json.put("truth", truth(look.truth()));
        look.shape().ifPresent(shape -> json.put("shape", preparation(shape)));
        json.put("preparation", preparation(preparation));
        look.ownSize()
                .ifPresent(own -> json.put(
                        "proposed",
                        preparation(new Preparation(
                                own.height(), own.width(), preparation.colorMode(), preparation.resizeMode()))));
        json.put("classNames", look.classNames());
        json.put("targets", look.targets());
        json.put("pictures", pictures(look));
        Map<String, List<Integer>> perClass = new LinkedHashMap<>();
        for (Split split : Split.values())
            perClass.put(DataJson.word(split), look.countsPerClass().get(split));
        json.put("picturesPerClass", perClass);
        json.put("leftOut", look.leftOut());
        json.put("sizes", DataJson.originals(sizes(look)));
        json.put("lookedAt", look.sizes().size() + look.broken().size());
        json.put("samples", look.samples().stream().map(LookReport::sample).toList());
        json.put(
                "broken",
                look.broken().stream()
                        .map(broken -> Map.of("source", broken.source(), "reason", broken.reason()))
                        .toList());
        json.put("remarks", look.remarks());
        return json;
    }

    private static String task(Truth truth) {
        return switch (truth) {
            case Truth.Numbers _ -> "regression";
            case Truth.Masks _ -> "segmentation";
            case Truth.Classes _, Truth.Detected _ -> "classification";
        };
    }

    /** As the settings of an import take it. */
    private static Map<String, Object> truth(Truth truth) {
        return switch (truth) {
            case Truth.Numbers(List<String> targets, var unit) ->
                Map.of("kind", "numbers", "targets", targets, "unit", DataJson.word(unit));
            case Truth.Masks(var ignored) -> Map.of("kind", "masks", "ignoredValues", ignored);
            case Truth.Classes _ -> Map.of("kind", "classes");
            case Truth.Detected _ -> Map.of("kind", "detected");
        };
    }

    private static Map<String, Object> preparation(Preparation preparation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("height", preparation.height());
        json.put("width", preparation.width());
        json.put("colorMode", DataJson.word(preparation.colorMode()));
        json.put("resizeMode", DataJson.word(preparation.resizeMode()));
        json.put("cropMargin", preparation.cropMargin());
        return json;
    }

    private static Map<String, Integer> pictures(ImportLook look) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Split split : Split.values())
            counts.put(
                    DataJson.word(split),
                    look.countsPerClass().get(split).stream()
                            .mapToInt(Integer::intValue)
                            .sum());
        return counts;
    }

    private static Map<String, Object> sample(ImportLook.Sample sample) {
        return Map.of(
                "source", sample.source(),
                "className", sample.className(),
                "split", DataJson.word(sample.split()),
                "height", sample.picture().height(),
                "width", sample.picture().width());
    }

    private static OriginalSizes sizes(ImportLook look) {
        OriginalSizes.Counting counting = new OriginalSizes.Counting();
        look.sizes().forEach(size -> counting.add(size.height(), size.width()));
        return counting.sizes();
    }
}
