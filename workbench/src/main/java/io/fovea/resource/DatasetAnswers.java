package io.fovea.resource;

import io.fovea.codec.PngWriter;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.PictureSheet;
import io.fovea.image.Pixels;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.result.DataJson;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Datasets and their pictures. Threads may share it. */
public final class DatasetAnswers {

    private static final int SHEET_COLUMNS = 10;

    private final Workspace workspace;
    private final OpenFiles<Dataset> open = new OpenFiles<>(4, Dataset::open);

    /** Those of a workspace. */
    public DatasetAnswers(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Returns all datasets; one that cannot be read says why, and hides no other. */
    public List<Map<String, Object>> list() {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (String name : workspace.names(Shelf.DATASETS)) {
            try {
                entries.add(with(name, dataset -> {
                    Map<String, Object> entry = DataJson.summary(name, dataset);
                    entry.put("sizeInBytes", dataset.sizeInBytes());
                    return entry;
                }));
            } catch (Problem problem) {
                entries.add(Map.of("name", name, "problem", problem.parts()));
            }
        }
        return entries;
    }

    /** Returns all that is known of a dataset. */
    public Map<String, Object> show(String name) {
        return with(name, dataset -> {
            Map<String, Object> json = DataJson.of(dataset);
            json.put("name", name);
            json.put("sources", dataset.sources());
            json.put("sizeInBytes", dataset.sizeInBytes());
            json.put("brokenCount", dataset.brokenCount());
            json.put(
                    "broken",
                    dataset.broken().stream()
                            .map(broken -> Map.of("source", broken.source(), "reason", broken.reason()))
                            .toList());
            json.put("remarks", dataset.remarks());
            json.put("originals", DataJson.originals(dataset.originals()));
            return json;
        });
    }

    /**
     * Returns the positions of a split's pictures, in their order.
     *
     * @param className those of which class; empty for all
     * @param words     that their source must hold, in any case of letters; empty for all
     */
    public Map<String, Object> pictures(String name, String split, Optional<String> className, String words) {
        return with(name, dataset -> {
            Split part = split(split);
            int label = className.map(each -> label(dataset, each)).orElse(-1);
            String wanted = words.toLowerCase(Locale.ROOT);
            int[] positions = IntStream.range(0, dataset.count(part))
                    .filter(i -> label < 0 || dataset.label(part, i) == label)
                    .filter(i -> wanted.isEmpty()
                            || dataset.source(part, i).toLowerCase(Locale.ROOT).contains(wanted))
                    .toArray();
            return Map.of("split", DataJson.word(part), "count", positions.length, "positions", positions);
        });
    }

    /** Returns all that is known of a picture. */
    public Map<String, Object> picture(String name, String split, int position) {
        return with(name, dataset -> {
            Split part = split(split);
            check(dataset, part, position);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("position", position);
            json.put("split", DataJson.word(part));
            json.put("source", dataset.source(part, position));
            if (!dataset.classNames().isEmpty() && !dataset.hasMasks())
                json.put("className", dataset.classNames().get(dataset.label(part, position)));
            if (!dataset.targets().isEmpty()) {
                float[] values = new float[dataset.targets().size()];
                dataset.copyTargets(part, position, values, 0);
                List<Map<String, Object>> targets = new ArrayList<>();
                for (int i = 0; i < values.length; i++)
                    targets.add(Map.of("name", dataset.targets().get(i).name(), "value", values[i]));
                json.put("targets", targets);
            }
            json.put("hash", dataset.pictureHash(part, position));
            return json;
        });
    }

    /** Returns a picture as it was prepared, as PNG. */
    public byte[] png(String name, String split, int position) {
        return with(name, dataset -> {
            Split part = split(split);
            check(dataset, part, position);
            return PngWriter.bytes(dataset.picture(part, position));
        });
    }

    /**
     * Returns pictures side by side in one PNG, {@value #SHEET_COLUMNS} in a row.
     *
     * @param positions of pictures in the split
     */
    public byte[] sheet(String name, String split, int[] positions) {
        return with(name, dataset -> {
            Split part = split(split);
            for (int position : positions) check(dataset, part, position);
            List<Pixels> pictures = Arrays.stream(positions)
                    .mapToObj(i -> dataset.picture(part, i))
                    .toList();
            return PngWriter.bytes(PictureSheet.of(pictures, SHEET_COLUMNS));
        });
    }

    /** Returns the mean of the training pictures as PNG. */
    public byte[] mean(String name) {
        return with(name, dataset -> PngWriter.bytes(dataset.statistics().meanPixels()));
    }

    /** Lets go of a dataset's files, so that the disk is free once they are deleted. */
    public void forget(String name) {
        open.forget(workspace.dataset(name));
    }

    private <T> T with(String name, Function<Dataset, T> read) {
        Path folder = workspace.existing(Shelf.DATASETS, name);
        return open.with(folder, folder.resolve("dataset.json"), read);
    }

    private static Split split(String word) {
        for (Split split : Split.values()) if (DataJson.word(split).equals(word)) return split;
        throw new Problem("There is no part \"" + word + "\".", "split", "name training, validation or test");
    }

    private static int label(Dataset dataset, String className) {
        int label = dataset.classNames().indexOf(className);
        if (label >= 0) return label;
        throw new Problem(
                "There is no class \"" + className + "\".",
                "dataset \"" + dataset.name() + "\"",
                dataset.classNames().isEmpty()
                        ? "leave the class out"
                        : Nearest.suggestion(className, dataset.classNames()));
    }

    private static void check(Dataset dataset, Split split, int position) {
        int count = dataset.count(split);
        if (position >= 0 && position < count) return;
        throw new Problem(
                "There is no picture " + position + "; the part has " + count + ".",
                "dataset \"" + dataset.name() + "\", " + DataJson.word(split),
                "name a position from 0 to " + Math.max(0, count - 1));
    }
}
