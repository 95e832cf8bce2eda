package io.fovea.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A search")
class SearchTest {

    static List<String> names() {
        return Searches.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void comes_nearer_to_the_bottom_of_a_bowl(String name) {
        double[] start = new double[10];
        Arrays.fill(start, 1);
        Search search = Searches.begin(name, SearchSettings.of(start, 0.3, 1).withGenerations(300));
        while (search.generation() < 300) {
            double[][] candidates = search.ask();
            double[] fitness = new double[candidates.length];
            for (int i = 0; i < fitness.length; i++) fitness[i] = Rows.dot(candidates[i], candidates[i]);
            search.tell(fitness);
        }
        assertThat(Rows.dot(search.mean(), search.mean())).isLessThan(0.1);
    }
}
