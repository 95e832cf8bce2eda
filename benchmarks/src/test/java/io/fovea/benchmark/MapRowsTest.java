package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The row of a benchmark of maps")
class MapRowsTest {

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    private static List<Outcome> ran(double imagesPerSecond) throws JsonProcessingException {
        ObjectNode figures = (ObjectNode) json("{\"imagesPerSecond\": " + imagesPerSecond + "}");
        return List.of(new Outcome.Measured(figures, new ResidentMemory(0, List.of())));
    }

    private static Side side(String name, String family) {
        return new Side(name, family, List.of(name), Map.of());
    }

    @Test
    void has_a_score_with_its_interval_and_the_seconds_of_training_and_judging() throws JsonProcessingException {
        JsonNode model = json("""
            {"testMeanIntersectionOverUnion": 0.4727, "testMeanIntersectionOverUnionInterval": [0.466, 0.4789],
             "seconds": {"training": 100, "evaluation": 20}}\
            """);

        assertThat(MapLabs.scores(model)).containsExactly("**47.27 %** (46.60 to 47.89)", "120 s");
    }

    @Test
    void has_no_interval_where_pictures_are_few() throws JsonProcessingException {
        JsonNode model = json("""
            {"testMeanIntersectionOverUnion": 0.8, "seconds": {"training": 1, "evaluation": 1}}\
            """);

        assertThat(MapLabs.scores(model)).containsExactly("**80.00 %**", "2 s");
    }

    @Test
    void has_dashes_where_no_second_network_learned() {
        assertThat(MapLabs.scores(MissingNode.getInstance())).containsExactly("–", "–");
    }

    @Test
    void adds_the_pixels_of_all_model_files_and_takes_the_greatest_difference() throws JsonProcessingException {
        JsonNode exported = json("""
            [{"pixels": 1000, "differingPixels": 1, "greatestProbabilityDifference": 1e-6},
             {"pixels": 2000, "differingPixels": 2, "greatestProbabilityDifference": 3e-6}]\
            """);

        assertThat(MapLabs.differences(exported)).isEqualTo("3 of 3,000; 3.0e-06");
    }

    @Test
    void tells_what_a_network_gains_on_noise_and_on_non_local_means() throws JsonProcessingException {
        JsonNode model = json("""
            {"testPsnrAsShown": 13, "testPsnr": 22.5, "seconds": {"training": 100, "evaluation": 5}}\
            """);

        assertThat(MapLabs.noise(model, new NonLocalMeans.Judged(84, 1000, 13, 16)))
                .containsExactly("13.00 dB", "16.00 dB (h 84)", "22.50 dB", "**+9.50 dB**", "**+6.50 dB**", "105 s");
    }

    @Test
    void compares_with_the_fastest_side_of_the_same_precision() throws JsonProcessingException {
        Map<Side, List<Outcome>> outcomes = new LinkedHashMap<>();
        outcomes.put(side("fovea", "fovea"), ran(60));
        outcomes.put(side("pytorch", "pytorch"), ran(10));
        outcomes.put(side("pytorch-tuned", "pytorch"), ran(30));
        outcomes.put(side("pytorch-bfloat16", "pytorch-bfloat16"), ran(90));

        assertThat(NetworkSpeeds.ratio(outcomes, "")).containsExactly("60.0", "30.0", "**2.00x**");
        assertThat(NetworkSpeeds.ratio(outcomes, "-bfloat16")).containsExactly("–", "90.0", "–");
    }
}
