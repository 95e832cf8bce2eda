package io.fovea.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A lab's table")
class TableTest {

    private static final Table TABLE = new Table(
            "sizes",
            "Sizes",
            List.of("network", "bytes", "talk"),
            List.of(List.of("hybrid-8", "126,856", "124 KB"), List.of("k-means, PSO", "75,264", "–")),
            List.of("The talk counts kernels alone."));

    @Nested
    @DisplayName("as Markdown")
    class Markdown {
        @Test
        void is_a_section_with_the_first_column_to_the_left_and_the_others_to_the_right() {
            assertThat(TABLE.markdown()).isEqualTo("""
                ## Sizes

                | network | bytes | talk |
                | --- | ---: | ---: |
                | hybrid-8 | 126,856 | 124 KB |
                | k-means, PSO | 75,264 | – |

                - The talk counts kernels alone.
                """);
        }

        @Test
        void keeps_a_bar_within_its_cell() {
            Table table = new Table("t", "T", List.of("a", "b"), List.of(List.of("x|y", "1")), List.of());
            assertThat(table.markdown()).contains("| x\\|y | 1 |");
        }
    }

    @Nested
    @DisplayName("as CSV")
    class Csv {
        @Test
        void has_a_line_for_each_cell_that_says_something() {
            assertThat(TABLE.csv())
                    .containsExactly(
                            "sizes,hybrid-8,bytes,126856",
                            "sizes,hybrid-8,talk,124 KB",
                            "sizes,\"k-means, PSO\",bytes,75264");
        }

        @Test
        void doubles_quotes() {
            Table table = new Table("t", "T", List.of("a", "b"), List.of(List.of("x", "say \"1\"")), List.of());
            assertThat(table.csv()).containsExactly("t,x,b,\"say \"\"1\"\"\"");
        }
    }

    @Test
    void refuses_a_row_of_another_length() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table("t", "T", List.of("a", "b"), List.of(List.of("alone")), List.of()))
                .withMessage("1 cells under 2 heads: [alone]");
    }
}
