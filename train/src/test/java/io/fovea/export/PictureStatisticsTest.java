package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.onnx.OnnxGraph;
import io.fovea.onnx.OnnxRun;
import io.fovea.onnx.OnnxWriter;
import io.fovea.onnx.OperatorSet;
import io.fovea.task.ModelOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Statistics of a picture")
class PictureStatisticsTest {

    private static final int HEIGHT = 9;
    private static final int WIDTH = 7;

    /** Far from 0 and 1, so that a filter that forgets them is seen. */
    private static Preprocessing preprocessing(int channels) {
        float[] mean = {0.48f, 0.4f, 0.3f};
        float[] std = {0.25f, 0.2f, 0.5f};
        return new Preprocessing(
                HEIGHT,
                WIDTH,
                channels == 1 ? ColorMode.GREY : ColorMode.COLOR,
                ResizeMode.SQUASH,
                Arrays.copyOf(mean, channels),
                Arrays.copyOf(std, channels));
    }

    @Test
    void are_those_of_NumPy_in_ONNX_Runtime_for_grey_and_for_colour() throws IOException {
        for (JsonNode each : golden()) {
            int channels = each.get("channels").asInt();
            float[] found = statistics(preprocessing(channels), bytes(each.get("probes")));
            JsonNode expected = each.get("statistics");
            assertThat(found).hasSize(6 * (channels == 1 ? 8 : 12));
            assertThat(found).hasSize(expected.size());
            for (int i = 0; i < found.length; i++)
                assertThat((double) found[i])
                        .as(channels + " channels, number " + i)
                        .isCloseTo(expected.get(i).asDouble(), within(2e-3));
        }
    }

    @Test
    void lie_as_far_from_training_pictures_as_NumPy_says_in_Java_and_in_ONNX_Runtime() throws IOException {
        for (JsonNode each : golden()) {
            Preprocessing preprocessing = preprocessing(each.get("channels").asInt());
            byte[] probes = bytes(each.get("probes"));
            int width = PictureFilters.count(preprocessing.channels());
            StatisticsDistance distance = StatisticsDistance.fit(
                    new FeatureVectors(statistics(preprocessing, bytes(each.get("training"))), width));

            double[] java = distance.of(new FeatureVectors(statistics(preprocessing, probes), width));
            float[] onnx = squared(preprocessing, distance, probes);

            for (int i = 0; i < java.length; i++) {
                double expected = each.get("distances").get(i).asDouble();
                assertThat(java[i]).as("probe " + i).isCloseTo(expected, within(5e-3 * expected));
                assertThat(Math.sqrt(onnx[i])).as("probe " + i).isCloseTo(java[i], within(1e-3 * java[i]));
            }
        }
    }

    @Test
    void change_their_unit_with_the_distance() {
        FeatureVectors training = new FeatureVectors(new float[] {1, 2, 1, 3, 1, 4, 2, 5}, 2);
        FeatureVectors probe = new FeatureVectors(new float[] {3, 1}, 2);
        StatisticsDistance distance = StatisticsDistance.fit(training);

        assertThat(distance.in(distance.of(probe)[0]).of(probe)[0]).isCloseTo(1, within(1e-5));
    }

    @Test
    void have_a_finite_distance_where_all_training_pictures_are_alike() {
        StatisticsDistance distance = StatisticsDistance.fit(new FeatureVectors(new float[] {2, 2, 2, 2}, 1));

        double[] found = distance.of(new FeatureVectors(new float[] {2, 3}, 1));

        assertThat(found[0]).isCloseTo(0, within(1e-4));
        assertThat(found[1]).isCloseTo(1 / Math.sqrt(0.001), within(1e-2)); // the variance that is added
    }

    @Test
    void need_four_pixels_and_grey_or_colour() {
        assertThat(PictureFilters.fit(1, 4, 4)).isTrue();
        assertThat(PictureFilters.fit(3, 224, 224)).isTrue();
        assertThat(PictureFilters.fit(3, 3, 224)).isFalse();
        assertThat(PictureFilters.fit(1, 4, 3)).isFalse();
        assertThat(PictureFilters.fit(2, 8, 8)).isFalse();
    }

    /** [N·F] by ONNX Runtime. */
    private static float[] statistics(Preprocessing preprocessing, byte[] pixels) {
        FamiliarityPart part = part(preprocessing);
        OnnxGraph graph = graph(preprocessing);
        new OnnxFamiliarity(graph).vector(part, 0, OnnxWriter.INPUT, "x");
        graph.output(ModelOutput.floats("x", part.width(), "statistics"));
        return run(graph, preprocessing, "x", part.width(), pixels);
    }

    private static float[] squared(Preprocessing preprocessing, StatisticsDistance distance, byte[] pixels) {
        OnnxGraph graph = graph(preprocessing);
        new OnnxFamiliarity(graph).add(List.of(part(preprocessing)), List.of(OnnxWriter.INPUT), List.of(distance), "d");
        graph.output(ModelOutput.floats("d", 1, "squared distance"));
        return run(graph, preprocessing, "d", 1, pixels);
    }

    private static FamiliarityPart part(Preprocessing preprocessing) {
        int count = PictureFilters.count(preprocessing.channels());
        return new FamiliarityPart(
                Network.INPUT, new FamiliarityPart.Picture(PictureFilters.of(preprocessing)), count, count);
    }

    private static OnnxGraph graph(Preprocessing preprocessing) {
        OnnxGraph graph = new OnnxGraph("statistics", OperatorSet.USUAL, OnnxGraph.Notes.NONE);
        graph.input(OnnxWriter.INPUT, new Shape(preprocessing.channels(), HEIGHT, WIDTH));
        return graph;
    }

    private static float[] run(OnnxGraph graph, Preprocessing preprocessing, String output, int width, byte[] pixels) {
        int count = pixels.length / (preprocessing.channels() * HEIGHT * WIDTH);
        byte[] onnx = OnnxWriter.model(graph, OperatorSet.USUAL).build().toByteArray();
        float[] found = new float[count * width];
        try (OnnxRun run = new OnnxRun(onnx, preprocessing, Map.of(output, width), count, 1)) {
            run.run(pixels, count);
            run.copy(output, count, found, 0);
        }
        return found;
    }

    private static byte[] bytes(JsonNode numbers) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) numbers.get(i).asInt();
        return bytes;
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = PictureStatisticsTest.class.getResourceAsStream("picture-statistics.json")) {
            JsonNode cases = new ObjectMapper().readTree(in).get("cases");
            assertThat(cases).hasSize(2);
            return cases;
        }
    }
}
