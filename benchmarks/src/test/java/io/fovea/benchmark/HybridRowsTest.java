package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The row of a hybrid benchmark")
class HybridRowsTest {

    private static Outcome.Measured measured(String json) throws JsonProcessingException {
        return new Outcome.Measured((ObjectNode) new ObjectMapper().readTree(json), new ResidentMemory(0, List.of()));
    }

    private static Side side(String name, String family) {
        return new Side(name, family, List.of(name), Map.of());
    }

    @Test
    void of_models_has_mean_accuracies_the_median_time_and_the_largest_engine() throws JsonProcessingException {
        String run = """
            {"testAccuracy": %s, "engineBytes": %d, "referenceCount": 300, "seconds": {"total": %d},
             "validation": {"accuracyWithoutEvolution": 0.98, "accuracy": 0.99}}\
            """;

        List<String> row = HybridModelsBenchmark.row(
                "mnist",
                List.of(
                        measured(run.formatted("0.990", 70_000, 100)),
                        measured(run.formatted("0.984", 74_500, 90)),
                        measured(run.formatted("0.987", 71_000, 200))));

        assertThat(row)
                .containsExactly(
                        "mnist",
                        "3",
                        "**98.70 %**",
                        "98.40 … 99.00 %",
                        "**100.0 s**",
                        "74,500",
                        "300",
                        "98.00 %",
                        "99.00 %");
    }

    @Test
    void beside_deap_compares_with_its_fastest_sides() throws JsonProcessingException {
        Map<Side, List<Outcome>> outcomes = new LinkedHashMap<>();
        outcomes.put(side("fovea-cma-es", "fovea-cma-es"), List.of(measured("{\"evaluationsPerSecond\": 4000}")));
        outcomes.put(side("fovea-es-adam", "fovea-es-adam"), List.of(measured("{\"evaluationsPerSecond\": 10000}")));
        outcomes.put(side("deap", "deap"), List.of(measured("{\"evaluationsPerSecond\": 5}")));
        outcomes.put(side("deap-tuned", "deap"), List.of(measured("{\"evaluationsPerSecond\": 20}")));
        outcomes.put(side("deap-kept-maps", "deap-kept-maps"), List.of(measured("{\"evaluationsPerSecond\": 40}")));

        assertThat(HybridDeapBenchmark.row(outcomes))
                .containsExactly("20.0", "40.0", "4,000", "**200x**", "100x", "10,000", "**500x**", "250x");
    }

    @Test
    void beside_deap_has_no_ratio_where_deap_did_not_start() throws JsonProcessingException {
        Map<Side, List<Outcome>> outcomes = new LinkedHashMap<>();
        outcomes.put(side("fovea-cma-es", "fovea-cma-es"), List.of(measured("{\"evaluationsPerSecond\": 4000}")));
        outcomes.put(side("deap", "deap"), List.of(new Outcome.Failed("No module named 'deap'")));

        assertThat(HybridDeapBenchmark.row(outcomes)).containsExactly("–", "–", "4,000", "–", "–", "–", "–", "–");
    }
}
