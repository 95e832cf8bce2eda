package io.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of rooms")
class ArchitectureTableTest {

    private static final String ROOMS = """
        # Title
        ## Rooms
        | room | meaning | may use |
        | --- | --- | --- |
        | `ground` | below all | – |
        | `middle` | with a `name` in its meaning | `ground` |
        | `roof` | above all | all |
        ## Next section
        | `cellar` | not a room | `roof` |
        """;

    @Test
    void lists_the_rooms_of_its_section_only() {
        assertThat(ArchitectureTable.parse(ROOMS).mayUse().keySet()).containsExactly("ground", "middle", "roof");
    }

    @Test
    void takes_arrows_from_the_last_column() {
        ArchitectureTable table = ArchitectureTable.parse(ROOMS);
        assertThat(table.mayUse().get("middle")).isEqualTo(Set.of("ground"));
        assertThat(table.mayUse().get("roof")).isEqualTo(Set.of("ground", "middle"));
    }

    @Test
    void forbids_an_arrow_that_is_not_listed() {
        ArchitectureTable table = ArchitectureTable.parse(ROOMS);
        assertThat(table.allows("middle", "ground")).isTrue();
        assertThat(table.allows("ground", "middle")).isFalse();
        assertThat(table.allows("ground", "ground")).isTrue();
    }

    @Test
    void shows_a_cycle_as_the_way_round() {
        String circle = ROOMS.replace("| – |", "| `roof` |");
        assertThat(ArchitectureTable.parse(circle).cycle()).containsExactly("ground", "roof", "ground");
        assertThat(ArchitectureTable.parse(ROOMS).cycle()).isEmpty();
    }
}
