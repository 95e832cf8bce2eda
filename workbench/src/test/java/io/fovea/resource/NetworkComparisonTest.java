package io.fovea.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two networks layer by layer")
class NetworkComparisonTest {

    private static final Network LENET = Catalogue.entry("lenet").network();

    private static List<Object> changes(Network first, Network second) {
        return NetworkComparison.rows(first, second).stream()
                .map(row -> row.get("change"))
                .toList();
    }

    @Test
    void are_the_same_if_they_are_one() {
        assertThat(changes(LENET, LENET)).hasSize(LENET.nodes().size()).containsOnly("same");
    }

    @Test
    void show_the_change_of_the_course() {
        Network changed = NetworkYaml.read("""
            name: lenet-mine
            input: [1, 28, 28]
            layers:
              - convolution: {outputs: 75, kernel: 5}
              - max-pooling: {kernel: 2}
              - relu
              - convolution: {outputs: 100, kernel: 5}
              - max-pooling: {kernel: 2}
              - flatten
              - dense: {outputs: 500}
              - relu
              - dense: {outputs: 10}
            """, "lenet-mine");
        assertThat(changes(LENET, changed))
                .containsExactly(
                        "changed", "follows", "added", "changed", "follows", "follows", "follows", "same", "same");
    }

    @Test
    void say_what_only_the_first_has() {
        Network shorter =
                NetworkYaml.read("name: s\ninput: [1, 28, 28]\nlayers:\n  - flatten\n  - dense: {outputs: 10}\n", "s");
        assertThat(changes(LENET, shorter)).contains("removed").doesNotContain("added");
    }
}
