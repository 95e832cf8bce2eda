package io.fovea.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Metrics of a prediction server")
class MetricsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Nested
    @DisplayName("as a text")
    class Text {

        @Test
        void are_names_with_labels_and_values() {
            Metrics read = Metrics.read("""
                # HELP a_total Counts.
                a_total{model="say \\"hi\\", a\\\\b\\nc",version="2"} 3
                b 1.5e3

                c{} +Inf 1700000000
                """, "here");
            assertThat(read.of("a_total"))
                    .containsExactly(new Sample("a_total", Map.of("model", "say \"hi\", a\\b\nc", "version", "2"), 3));
            assertThat(read.value("b", _ -> true)).hasValue(1500.0);
            assertThat(read.value("c", _ -> true)).hasValue(Double.POSITIVE_INFINITY);
            assertThat(read.value("d", _ -> true)).isEmpty();
        }

        @Test
        void have_histograms_whose_ranges_count_what_lies_in_them() {
            Metrics read = Metrics.read("""
                h_bucket{le="0.1"} 2
                h_bucket{le="1.0"} 5
                h_bucket{le="+Inf"} 6
                h_sum 7.5
                h_count 6
                """, "here");
            assertThat(read.histogram("h", _ -> true))
                    .hasValue(Map.of("bounds", List.of(0.1, 1.0), "counts", List.of(2L, 3L, 1L), "sum", 7.5));
        }

        @ParameterizedTest
        @ValueSource(strings = {"<html>", "a{b=\"c\" 1", "a{b=c} 1", "a", "a{b=\"c\"}", "a x", "{\"models\":[]}"})
        void of_another_kind_are_a_problem_with_their_line(String line) {
            assertThatThrownBy(() -> Metrics.read("a 1\n" + line + "\n", "here"))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.where())
                            .isEqualTo("here, line 2"));
        }
    }

    /** What a server with two models told: the first was asked five times and once for what is no picture; a file beside them is cut off. */
    @Nested
    @DisplayName("that a server told")
    class Recorded {

        private final JsonNode told = told();

        private static String resource(String name) {
            try (InputStream in = MetricsTest.class.getResourceAsStream(name)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException impossible) {
                throw new java.io.UncheckedIOException(impossible);
            }
        }

        private static JsonNode told() {
            try {
                JsonNode models = JSON.readTree(resource("overview.json")).path("models");
                return JSON.valueToTree(ServerAnswers.json(
                        "http://127.0.0.1:8080", models, Metrics.read(resource("metrics.txt"), "recorded"), 12.5));
            } catch (IOException impossible) {
                throw new java.io.UncheckedIOException(impossible);
            }
        }

        @Test
        void are_its_models_with_what_each_has_done() {
            assertThat(told.path("models").findValuesAsText("name"))
                    .containsExactly("cut", "mnist-lenet", "mnist-lenet-int8");
            JsonNode cut = told.path("models").path(0);
            assertThat(cut.path("state").asText()).isEqualTo("failed");
            assertThat(cut.path("problem").path("what").asText()).startsWith("Not a complete bundle");
            assertThat(cut.has("counts")).isFalse();
            JsonNode counts = told.path("models").path(1).path("counts");
            assertThat(counts.path("answered").asInt()).isEqualTo(5);
            assertThat(counts.path("failed").asInt()).isEqualTo(1);
            assertThat(counts.path("pictures").asInt()).isEqualTo(5);
            assertThat(counts.path("batchPictures").path("counts").path(0).asInt())
                    .isEqualTo(5);
            assertThat(counts.path("places").asInt()).isEqualTo(256);
        }

        @Test
        void are_its_requests_by_how_they_ended() {
            assertThat(told.path("requests"))
                    .anySatisfy(each -> {
                        assertThat(each.path("protocol").asText()).isEqualTo("picture");
                        assertThat(each.path("outcome").asText()).isEqualTo("200");
                        assertThat(each.path("count").asInt()).isEqualTo(5);
                    })
                    .anySatisfy(
                            each -> assertThat(each.path("outcome").asText()).isEqualTo("400"));
            assertThat(told.path("latencies").path(0).path("seconds").path("counts"))
                    .hasSize(17);
        }
    }

    @Test
    void of_a_split_and_a_shadow_tell_who_answered_and_how_often_both_agreed() {
        Metrics read = Metrics.read("""
            fovea_split_requests_total{model="pets",to="1"} 90
            fovea_split_requests_total{model="pets",to="2"} 10
            fovea_split_missed_total{model="pets",to="2"} 3
            fovea_shadow_requests_total{model="pets",shadow="2",outcome="compared"} 8
            fovea_shadow_requests_total{model="pets",shadow="2",outcome="dropped"} 1
            fovea_shadow_ranked_pictures_total{model="pets",shadow="2"} 8
            fovea_shadow_agreed_pictures_total{model="pets",shadow="2"} 7
            fovea_shadow_seconds_bucket{model="pets",shadow="2",le="+Inf"} 8
            fovea_shadow_seconds_sum{model="pets",shadow="2"} 0.5
            fovea_shadow_seconds_count{model="pets",shadow="2"} 8
            """, "here");
        JsonNode told = JSON.valueToTree(ServerAnswers.json("here", JSON.createArrayNode(), read, 1));
        assertThat(told.path("splits").path(1).path("missed").asInt()).isEqualTo(3);
        JsonNode shadow = told.path("shadows").path(0);
        assertThat(shadow.path("agreedPictures").asInt()).isEqualTo(7);
        assertThat(shadow.path("dropped").asInt()).isEqualTo(1);
        assertThat(shadow.path("failed").asInt()).isZero();
    }
}
