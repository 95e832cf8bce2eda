package io.fovea.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.batch.Batch;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer behind a 1x1 convolution, with what PyTorch computes for two pictures of 7x5 in colour.
 *
 * @param name               the layer and what is special about it
 * @param network            the convolution, the layer, and a flatten at the end
 * @param weights            a pattern of numbers
 * @param logits             [N, K]
 * @param firstProbabilities [N], softmax of the logits, class 0
 */
record GoldenLayer(String name, Network network, Weights weights, float[] logits, float[] firstProbabilities) {

    static final int PICTURES = 2;
    static final Shape INPUT = new Shape(3, 7, 5);
    static final float MEAN = 0.5f;
    static final float STANDARD_DEVIATION = 0.25f;

    /** Reads every case of src/test/python/layers.py. */
    static List<GoldenLayer> all() {
        try (InputStream file = GoldenLayer.class.getResourceAsStream("layers.json")) {
            List<GoldenLayer> layers = new ArrayList<>();
            for (JsonNode json : new ObjectMapper().readTree(file)) layers.add(of(json));
            return layers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the pictures as training gets them: bytes [N, H, W, C]. */
    static Batch batch() {
        byte[] pixels = new byte[PICTURES * (int) INPUT.count()];
        for (int i = 0; i < pixels.length; i++) pixels[i] = (byte) ((i * 73 + 19) % 256);
        return new Batch(
                PICTURES, INPUT.size(1), INPUT.size(2), INPUT.size(0), pixels, new int[PICTURES], new int[] {0, 1});
    }

    /** Returns the pictures as ONNX gets them: normalised floats [N, C, H, W]. */
    static float[] pictures() {
        byte[] pixels = batch().pixels();
        int channels = INPUT.size(0);
        int area = INPUT.size(1) * INPUT.size(2);
        float[] pictures = new float[pixels.length];
        for (int n = 0; n < PICTURES; n++) {
            for (int p = 0; p < area; p++) {
                for (int c = 0; c < channels; c++) {
                    double value = (pixels[(n * area + p) * channels + c] & 0xff) / 255.0;
                    pictures[(n * channels + c) * area + p] = (float) ((value - MEAN) / STANDARD_DEVIATION);
                }
            }
        }
        return pictures;
    }

    @Override
    public String toString() {
        return name;
    }

    private static GoldenLayer of(JsonNode json) {
        StringBuilder yaml = new StringBuilder(
                "name: golden\ninput: [3, 7, 5]\nlayers:\n  - convolution: {outputs: 3, kernel: 1}\n");
        boolean endsFlat = false;
        for (JsonNode layer : json.get("layers")) {
            yaml.append("  - ").append(layer.asText()).append('\n');
            endsFlat |= layer.asText().startsWith("flatten");
        }
        if (!endsFlat) yaml.append("  - flatten\n");
        Network network = NetworkYaml.read(yaml.toString(), json.get("name").asText());
        return new GoldenLayer(
                json.get("name").asText(),
                network,
                weights(network),
                floats(json.get("logits")),
                floats(json.get("firstProbabilities")));
    }

    private static Weights weights(Network network) {
        List<NamedTensor> tensors = new ArrayList<>();
        for (ParameterSpecification parameter : Parameters.of(network)) {
            float[] values = new float[(int) parameter.count()];
            String tensor = parameter.name().substring(parameter.name().indexOf('.') + 1);
            for (int i = 0; i < values.length; i++) {
                float value = ((i * 37 + tensors.size() * 17 + 5) % 101 - 50) / 50f;
                values[i] = switch (tensor) {
                    case "running_var" -> 0.5f + Math.abs(value);
                    case "labels" -> i % 4;
                    default -> value;
                };
            }
            tensors.add(new NamedTensor(parameter.name(), parameter.shape(), values));
        }
        return new Weights(tensors);
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) values[i] = array.get(i).floatValue();
        return values;
    }
}
