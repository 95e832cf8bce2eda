package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The distance of a vector to training vectors")
class FeatureDistanceTest {

    @Test
    void is_that_of_NumPy_from_more_or_fewer_pictures_than_numbers() throws IOException {
        JsonNode golden = golden();
        assertThat(golden.get("cases")).hasSize(2);
        for (JsonNode each : golden.get("cases")) {
            int width = each.get("width").asInt();
            FeatureDistance distance = FeatureDistance.fit(
                    "b",
                    vectors(each.get("training"), width),
                    golden.get("directions").asInt());
            double[] found = distance.of(vectors(each.get("probes"), width));
            assertThat(found).hasSize(7);
            for (int i = 0; i < found.length; i++) {
                double expected = each.get("distances").get(i).asDouble();
                assertThat(found[i])
                        .as(each.get("name").asText() + ", probe " + i)
                        .isCloseTo(expected, within(1e-3 * expected));
            }
        }
    }

    @Test
    void looks_at_the_direction_of_a_vector_and_not_at_its_length() {
        FeatureVectors training = new FeatureVectors(new float[] {1, 2, 1, 3, 1, 4, 2, 5}, 2);
        FeatureDistance distance = FeatureDistance.fit("b", training, 1);

        double[] found = distance.of(new FeatureVectors(new float[] {1, 3, 100, 300, 3, 1}, 2));

        assertThat(found[1]).isCloseTo(found[0], within(1e-3));
        assertThat(found[2]).isGreaterThan(3 * found[0]);
    }

    @Test
    void becomes_one_at_the_unit_that_it_is_brought_to() {
        FeatureVectors training = new FeatureVectors(new float[] {1, 2, 1, 3, 1, 4, 2, 5}, 2);
        FeatureVectors probe = new FeatureVectors(new float[] {3, 1}, 2);
        FeatureDistance distance = FeatureDistance.fit("b", training, 1);

        assertThat(distance.in(distance.of(probe)[0]).of(probe)[0]).isCloseTo(1, within(1e-6));
    }

    @Test
    void stays_finite_where_all_training_vectors_are_alike_or_zero() {
        for (float value : List.of(0f, 1f)) {
            float[] same = new float[30];
            Arrays.fill(same, value);
            FeatureDistance distance = FeatureDistance.fit("b", new FeatureVectors(same, 3), 2);
            double[] found = distance.of(new FeatureVectors(new float[] {value, value, value, 5, -1, 2}, 3));
            assertThat(found[0]).isFinite();
            assertThat(found[1]).isFinite().isGreaterThan(found[0]);
        }
    }

    @Test
    void leaves_one_in_twenty_beyond_a_threshold() {
        double[] hundred = new double[100];
        for (int i = 0; i < 100; i++) hundred[i] = 100 - i;
        // the 96th of 101 places that a new one could take
        assertThat(FamiliarityFit.beyond(hundred, 0.05)).isEqualTo(96);
        assertThat(FamiliarityFit.beyond(new double[] {1, 2, 3}, 0.05)).isEqualTo(3);
    }

    private static FeatureVectors vectors(JsonNode numbers, int width) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++)
            values[i] = (float) numbers.get(i).asDouble();
        return new FeatureVectors(values, width);
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = FeatureDistanceTest.class.getResourceAsStream("familiarity.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
