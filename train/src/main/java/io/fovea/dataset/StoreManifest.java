package io.fovea.dataset;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.image.Target;
import io.fovea.problem.Problem;
import io.fovea.task.Classification;
import io.fovea.task.Regression;
import io.fovea.task.Segmentation;
import io.fovea.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The file {@code dataset.json}: written last, so that a folder which has one is complete.
 *
 * @param formatVersion  of this file and of the records
 * @param name           the dataset's name
 * @param classNames     by label; none in a regression
 * @param targets        of a regression; empty in a classification
 * @param preparation    what the pictures were made to
 * @param form           how they lie in the store
 * @param counts         for every split the pictures of each class; in a regression, and where pictures have masks, all of them in one number
 * @param pixels         for every split the labelled pixels of each class; empty where pictures have no masks
 * @param mean           [C] 0 … 1
 * @param std            [C] 0 … 1
 * @param contentHash    see {@link Dataset#contentHash}
 * @param storeBytes     the size that {@code data.mdb} must have
 * @param sources        what it was imported from, as given
 * @param validationPercent of the import
 * @param testPercent    of the import
 * @param seed           of the import
 * @param originals      heights and widths before the preparation
 * @param brokenCount    how many pictures could not be read
 * @param broken         the first of them
 * @param remarks        what else was left out
 */
public record StoreManifest(
        int formatVersion,
        String name,
        List<String> classNames,
        List<Target> targets,
        Preparation preparation,
        StoredForm form,
        Map<Split, List<Integer>> counts,
        Map<Split, List<Long>> pixels,
        float[] mean,
        float[] std,
        String contentHash,
        long storeBytes,
        List<String> sources,
        double validationPercent,
        double testPercent,
        long seed,
        OriginalSizes originals,
        int brokenCount,
        List<BrokenPicture> broken,
        List<String> remarks) {

    public static final String FILE_NAME = "dataset.json";
    public static final String STORE_FILE_NAME = "data.mdb";

    /** Of datasets whose pictures have classes or targets. */
    public static final int FORMAT_VERSION = 1;

    /** Of datasets whose pictures have masks, which lie in their records. */
    public static final int FORMAT_VERSION_WITH_MASKS = 2;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Returns the manifest of a dataset's folder, its sizes checked against what lies beside it. */
    static StoreManifest read(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.isDirectory(folder)) {
            throw new Problem(
                    "There is no dataset here.", folder.toString(), "import it first: fovea data import NAME SOURCE…");
        }
        if (!Files.isRegularFile(file)) {
            throw new Problem(
                    "This folder is not a complete dataset: it has no " + FILE_NAME + ".",
                    folder.toString(),
                    "remove the folder and import the dataset again");
        }
        StoreManifest manifest;
        try {
            manifest = JSON.treeToValue(completed(JSON.readTree(file.toFile())), StoreManifest.class);
        } catch (JacksonException e) {
            throw damaged(file, "The dataset's description cannot be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Problem(
                    "Cannot read the dataset: " + e.getMessage(),
                    file.toString(),
                    "check that you may read the file",
                    e);
        }
        manifest.check(folder);
        return manifest;
    }

    /** Adds what the first datasets did not have yet: targets, labelled pixels, the margin of the crop, and sizes before it. */
    private static JsonNode completed(JsonNode description) {
        if (description instanceof ObjectNode fields && !fields.has("targets")) fields.putArray("targets");
        if (description instanceof ObjectNode fields && !fields.has("pixels")) fields.putObject("pixels");
        if (description instanceof ObjectNode fields && !fields.has("originals"))
            fields.set("originals", JSON.valueToTree(OriginalSizes.UNKNOWN));
        if (description.path("preparation") instanceof ObjectNode fields && !fields.has("cropMargin"))
            fields.put("cropMargin", 0);
        return description;
    }

    public void write(Path folder) throws IOException {
        Files.write(
                folder.resolve(FILE_NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    private void check(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        if (formatVersion < FORMAT_VERSION || formatVersion > FORMAT_VERSION_WITH_MASKS) {
            throw new Problem(
                    "Expected a dataset of format version " + FORMAT_VERSION + " or " + FORMAT_VERSION_WITH_MASKS
                            + ", found " + formatVersion + ".",
                    file.toString(),
                    "use the version of Fovea that made it, or import the dataset again");
        }
        boolean agrees = mean.length == preparation.channels() && std.length == preparation.channels();
        for (Split split : Split.values()) {
            agrees &= counts.containsKey(split) && counts.get(split).size() == numbersOfCounts();
            agrees &= !hasMasks()
                    || pixels.containsKey(split) && pixels.get(split).size() == classNames.size();
        }
        if (!agrees) throw damaged(file, "The dataset's description contradicts itself.");
        Path store = folder.resolve(STORE_FILE_NAME);
        long found = Files.isRegularFile(store) ? store.toFile().length() : -1;
        if (found != storeBytes) {
            String what = found < 0
                    ? "The pictures are missing."
                    : "Expected " + storeBytes + " bytes of pictures, found " + found + ".";
            throw damaged(store, what);
        }
    }

    /** Returns what a model of the dataset answers. */
    public Task task() {
        if (hasMasks()) return new Segmentation(classNames);
        return targets.isEmpty() ? new Classification(classNames) : new Regression(targets);
    }

    /** Returns whether every picture has a mask in its record. */
    boolean hasMasks() {
        return formatVersion == FORMAT_VERSION_WITH_MASKS;
    }

    /** Returns how many numbers the counts of a split have: one per label; without labels there is only label 0. */
    private int numbersOfCounts() {
        return targets.isEmpty() && !hasMasks() ? classNames.size() : 1;
    }

    /** Returns the problem of a store that was changed or cut off after the import. */
    static Problem damaged(Path where, String what) {
        return new Problem(what, where.toString(), "the dataset is damaged: import it again");
    }

    private static Problem damaged(Path where, String what, Throwable cause) {
        return new Problem(what, where.toString(), "the dataset is damaged: import it again", cause);
    }
}
