package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.onnx.OnnxSession;
import io.fovea.onnx.OnnxWriter;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What torchvision computes with weights that both sides derive from names: src/test/python/networks.py. */
@DisplayName("A network of the catalogue")
class CatalogueForwardTest {

    private static final int NARROW = 16;

    /**
     * One case.
     *
     * @param node   the layer that gives the logits; blank for the last
     * @param logits [K]
     */
    record Expectation(String name, String node, Shape input, float[] logits) {
        @Override
        public String toString() {
            return node.isBlank() ? name : name + ", " + node;
        }
    }

    static List<Expectation> expectations() throws IOException {
        List<Expectation> all = new ArrayList<>();
        try (InputStream file = CatalogueForwardTest.class.getResourceAsStream("networks.json")) {
            for (JsonNode json : new ObjectMapper().readTree(file)) {
                float[] logits = new float[json.get("logits").size()];
                for (int k = 0; k < logits.length; k++)
                    logits[k] = json.get("logits").get(k).floatValue();
                all.add(new Expectation(
                        json.get("network").asText(),
                        json.get("node").asText(),
                        new Shape(
                                3, json.get("height").asInt(), json.get("width").asInt()),
                        logits));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void computes_what_torchvision_computes(Expectation expected) throws Exception {
        Network network = endingAt(expected.node(), network(expected));
        Weights weights = PatternWeights.of(network);
        float[] picture =
                PatternWeights.pattern("picture", (int) expected.input().count());

        try (OnnxSession session = new OnnxSession(OnnxWriter.write(network, weights, Map.of()))) {
            float[] logits = session.output(
                    "logits",
                    picture,
                    1,
                    3,
                    expected.input().size(1),
                    expected.input().size(2));

            float largest = 0;
            for (float logit : expected.logits()) largest = Math.max(largest, Math.abs(logit));
            assertThat(logits).containsExactly(expected.logits(), within(2e-5f * largest));
        }
    }

    /** Networks with large dense layers have narrow ones here, so that a test needs no gigabyte. */
    private static Network network(Expectation expected) {
        int classes = expected.logits().length;
        Shape input = expected.input();
        return switch (expected.name()) {
            case "alexnet" -> AlexNet.network(NARROW, input, classes);
            case "vgg16" -> Vgg.imageNet("vgg16", Vgg.SIXTEEN, Vgg.Normalisation.NONE, NARROW, input, classes);
            case "vgg16_bn" -> Vgg.imageNet("vgg16_bn", Vgg.SIXTEEN, Vgg.Normalisation.BATCH, NARROW, input, classes);
            default -> Catalogue.network(expected.name(), input, classes);
        };
    }

    /** Returns the network up to a node, by making the output of today an auxiliary one. */
    private static Network endingAt(String node, Network network) {
        if (node.isBlank()) return network;
        int end = network.nodes().stream().map(Node::name).toList().indexOf(node);
        Network cut = new Network(
                network.name(),
                network.input(),
                network.nodes().subList(0, end + 1),
                network.auxiliaries().stream()
                        .filter(auxiliary -> !auxiliary.node().equals(node))
                        .toList());
        return cut.forPrediction();
    }
}
