package io.fovea.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** What torchvision, PyTorch, NumPy and SciPy make of a picture: augmentation.json, by src/test/python/dataset/augmentation.py. */
final class GoldenAugmentation {

    private static final JsonNode FILE = file();
    static final int HEIGHT = FILE.get("height").asInt();
    static final int WIDTH = FILE.get("width").asInt();

    private GoldenAugmentation() {}

    private static JsonNode file() {
        try (var file = GoldenAugmentation.class.getResourceAsStream("augmentation.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Returns a picture of the file. */
    static int[] picture(String name) {
        return values(FILE.get(name));
    }

    /** Returns the pictures that a step made, by its amount. */
    static Map<Double, int[]> pictures(String step) {
        Map<Double, int[]> pictures = new TreeMap<>();
        FILE.get(step)
                .properties()
                .forEach(entry -> pictures.put(Double.parseDouble(entry.getKey()), values(entry.getValue())));
        return pictures;
    }

    /** Returns the probability of a value of Beta(α, α) up to x, by x. */
    static Map<Double, Double> beta(double alpha) {
        Map<Double, Double> probabilities = new TreeMap<>();
        FILE.get("beta")
                .get(Double.toString(alpha))
                .properties()
                .forEach(entry -> probabilities.put(
                        Double.parseDouble(entry.getKey()), entry.getValue().asDouble()));
        return probabilities;
    }

    private static int[] values(JsonNode list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = list.get(i).asInt();
        return values;
    }

    /** Returns values as unsigned bytes. */
    static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return bytes;
    }

    /** Returns the largest difference between unsigned bytes and what was expected. */
    static int largestDifference(byte[] found, int[] expected) {
        int largest = 0;
        for (int i = 0; i < expected.length; i++)
            largest = Math.max(largest, Math.abs((found[i] & 0xff) - expected[i]));
        return largest;
    }
}
