package io.fovea.tensorboard;

import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Points with names and pictures for TensorBoard's projector, which turns them by PCA, t-SNE or UMAP into something to look at.
 *
 * <p>Files: {@code tensors.tsv} (a point per row), {@code metadata.tsv} (what is known of it), {@code sprite.png} (all pictures in one),
 * {@code projector_config.pbtxt} (which names the others). They lie in the folder of the event file that they belong to.
 *
 * <p>Source: TensorBoard's plugins/projector, projector_config.proto and the description of its data formats.
 *
 * @param name       of the points, such as {@code logits}
 * @param dimensions D of each point
 * @param points     [N, D]; nobody changes it afterwards
 * @param columns    column name → N words, at least one column; a page can colour by them
 * @param sprite     the pictures of the points, if there are any
 */
public record Projection(
        String name, int dimensions, float[] points, Map<String, List<String>> columns, Optional<Sprite> sprite) {

    /**
     * N small pictures in one, row by row from the top left, in as many columns as rows (the last rows may be empty).
     *
     * @param png    the encoded file
     * @param width  of one picture
     * @param height of one picture
     */
    public record Sprite(byte[] png, int width, int height) {

        /** Returns how many pictures lie beside each other: the smallest square that holds all, ⌈√N⌉. */
        public static int columns(int pictures) {
            return (int) Math.ceil(Math.sqrt(pictures));
        }
    }

    /** Checks that all have the same N. */
    public Projection {
        if (dimensions < 1 || points.length % dimensions != 0) {
            throw new IllegalArgumentException(
                    "Expected points [N, " + dimensions + "], found " + points.length + " numbers");
        }
        columns = new LinkedHashMap<>(columns);
        if (columns.isEmpty()) throw new IllegalArgumentException("A projection needs a column of names");
        int count = points.length / dimensions;
        columns.forEach((column, words) -> {
            if (words.size() != count) {
                throw new IllegalArgumentException(
                        "Column \"" + column + "\": expected " + count + " words, found " + words.size());
            }
        });
    }

    /**
     * Writes the files into {@code folder}, the one that names the others last.
     *
     * @throws Problem if the folder cannot be written
     */
    public void write(Path folder) {
        AtomicFile.write(folder.resolve("tensors.tsv"), bytes(tensors()));
        AtomicFile.write(folder.resolve("metadata.tsv"), bytes(metadata()));
        sprite.ifPresent(pictures -> AtomicFile.write(folder.resolve("sprite.png"), pictures.png()));
        AtomicFile.write(folder.resolve("projector_config.pbtxt"), bytes(configuration()));
    }

    private String tensors() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            text.append(points[i]).append((i + 1) % dimensions == 0 ? '\n' : '\t');
        }
        return text.toString();
    }

    /** The names of the columns stand above them only if there are several: so the page expects it. */
    private String metadata() {
        StringBuilder text = new StringBuilder();
        if (columns.size() > 1) text.append(row(List.copyOf(columns.keySet())));
        for (int i = 0; i < points.length / dimensions; i++) {
            int point = i;
            text.append(
                    row(columns.values().stream().map(words -> words.get(point)).toList()));
        }
        return text.toString();
    }

    private static String row(List<String> words) {
        StringJoiner row = new StringJoiner("\t", "", "\n");
        for (String word : words) row.add(cell(word));
        return row.toString();
    }

    /** A tab or a line's end would shift the columns; an empty row would be skipped. */
    private static String cell(String word) {
        return word.isBlank() ? "(none)" : word.replaceAll("[\\t\\r\\n\\u2028\\u2029]", " ");
    }

    private String configuration() {
        StringBuilder text = new StringBuilder("embeddings {\n");
        text.append("  tensor_name: \"").append(escaped(name)).append("\"\n");
        text.append("  tensor_shape: ").append(points.length / dimensions).append('\n');
        text.append("  tensor_shape: ").append(dimensions).append('\n');
        text.append("  tensor_path: \"tensors.tsv\"\n  metadata_path: \"metadata.tsv\"\n");
        sprite.ifPresent(pictures -> text.append("  sprite {\n    image_path: \"sprite.png\"\n    single_image_dim: ")
                .append(pictures.width())
                .append("\n    single_image_dim: ")
                .append(pictures.height())
                .append("\n  }\n"));
        return text.append("}\n").toString();
    }

    private static String escaped(String word) {
        return word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
