package io.fovea.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.answer.AnswerTable.Order;
import io.fovea.answer.AnswerTable.Show;
import io.fovea.answer.AnswerTable.Wanted;
import io.fovea.problem.Problem;
import io.fovea.task.Proportion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A table of answers")
class AnswerTableTest {

    private static final String HEAD = "position,picture,place,truth,problem,one,one probability,two,two probability\n";

    /** Two models, five pictures: both right, one right, both wrong and different, truth unknown, broken. */
    private static final String FIVE = HEAD
            + "0,a.png,/a.png,2,,2,0.900000,2,0.800000\n"
            + "1,\"b,\"\"x\"\".png\",/b.png,10,,10,0.700000,2,0.600000\n"
            + "2,\"c\n.png\",/c.png,10,,2,0.500000,3,0.400000\n"
            + "3,d.png,/d.png,,,3,0.300000,3,0.950000\n"
            + "4,e.png,/e.png,2,it is no picture,,,,\n";

    @TempDir
    Path folder;

    private AnswerTable opened(String text) throws IOException {
        return AnswerTable.open(Files.writeString(folder.resolve("answers.csv"), text), "classify again");
    }

    private static Wanted wanted(Show show, int model, Order order) {
        return new Wanted(show, model, Optional.empty(), Optional.empty(), "", order, true);
    }

    @Test
    void counts_what_is_right_of_what_is_known() throws IOException {
        try (AnswerTable table = opened(FIVE)) {
            assertThat(table.count()).isEqualTo(5);
            assertThat(table.problems()).isEqualTo(1);
            assertThat(table.accuracy(0)).isEqualTo(new Proportion(2, 3));
            assertThat(table.accuracy(1)).isEqualTo(new Proportion(1, 3));
            assertThat(table.agreement()).isEqualTo(new Proportion(2, 4));
        }
    }

    @Nested
    @DisplayName("of several classes for each picture")
    class OfRanks {

        private static final String TWO_AND_ONE =
                "position,picture,place,truth,problem,one,one probability,rank 2 of one,"
                        + "probability of rank 2 of one,rank 2 of one 2,rank 2 of one 2 probability\n"
                        + "0,a.png,/a.png,2,,3,0.600000,2,0.300000,2,0.800000\n"
                        + "1,b.png,/b.png,10,,10,0.700000,2,0.200000,2,0.600000\n"
                        + "2,c.png,/c.png,10,,2,0.500000,3,0.400000,3,0.400000\n"
                        + "3,e.png,/e.png,2,it is no picture,,,,,,\n";

        @Test
        void tells_ranks_and_models_apart_whatever_models_are_called() throws IOException {
            try (AnswerTable table = opened(TWO_AND_ONE)) {
                assertThat(table.models()).containsExactly("one", "rank 2 of one 2");
                assertThat(table.ranks(0)).isEqualTo(2);
                assertThat(table.ranks(1)).isEqualTo(1);
                assertThat(table.row(0).answers().get(0).ranking())
                        .containsExactly(new AnswerRow.Ranked("3", 0.6), new AnswerRow.Ranked("2", 0.3));
                assertThat(table.row(3).answers()).isEmpty();
            }
        }

        @Test
        void counts_how_often_the_true_class_is_among_them() throws IOException {
            try (AnswerTable table = opened(TWO_AND_ONE)) {
                assertThat(table.accuracy(0)).isEqualTo(new Proportion(1, 3));
                assertThat(table.topAccuracy(0)).isEqualTo(new Proportion(2, 3));
                assertThat(table.topAccuracy(1)).isEqualTo(table.accuracy(1));
            }
        }
    }

    @Test
    void has_a_matrix_whose_numbers_are_in_the_order_of_numbers() throws IOException {
        try (AnswerTable table = opened(FIVE)) {
            AnswerTable.Matrix matrix = table.matrix(0).orElseThrow();
            assertThat(matrix.classNames()).containsExactly("2", "10");
            assertThat(matrix.counts()).isDeepEqualTo(new long[][] {{1, 0}, {1, 1}});
        }
    }

    @Test
    void finds_rows_and_orders_them() throws IOException {
        try (AnswerTable table = opened(FIVE)) {
            assertThat(table.rows(wanted(Show.DIFFERENT, 0, Order.POSITION))).containsExactly(1, 2);
            assertThat(table.rows(wanted(Show.PROBLEMS, 0, Order.POSITION))).containsExactly(4);
            assertThat(table.rows(wanted(Show.RIGHT, 1, Order.POSITION))).containsExactly(0);
            assertThat(table.rows(wanted(Show.WRONG, 1, Order.POSITION))).containsExactly(1, 2);
            assertThat(table.rows(wanted(Show.WRONG, 1, Order.PROBABILITY))).containsExactly(2, 1);
            assertThat(table.rows(wanted(Show.ALL, 0, Order.AGREEMENT))).startsWith(1, 2);
            assertThat(table.rows(
                            new Wanted(Show.ALL, 0, Optional.of("10"), Optional.of("2"), "C\n", Order.POSITION, true)))
                    .containsExactly(2);
            assertThat(table.rows(new Wanted(
                            Show.ALL, 0, Optional.of("nothing"), Optional.empty(), "", Order.POSITION, true)))
                    .isEmpty();
        }
    }

    @Test
    void reads_rows_where_they_stand_whatever_names_hold() throws IOException {
        try (AnswerTable table = opened(FIVE)) {
            assertThat(table.row(2).picture()).isEqualTo("c\n.png");
            assertThat(table.row(1).picture()).isEqualTo("b,\"x\".png");
            assertThat(table.row(1).answers().get(1))
                    .isEqualTo(new AnswerRow.Said(List.of(new AnswerRow.Ranked("2", 0.6))));
            assertThat(table.row(4).problem()).contains("it is no picture");
            assertThatThrownBy(() -> table.row(5)).isInstanceOf(Problem.class).hasMessageContaining("table has 5");
        }
    }

    @Test
    void may_be_empty() throws IOException {
        try (AnswerTable table = opened(HEAD)) {
            assertThat(table.count()).isZero();
            assertThat(table.agreement()).isEqualTo(new Proportion(0, 0));
            assertThat(table.matrix(0)).isEmpty();
            assertThat(table.rows(wanted(Show.ALL, 0, Order.AGREEMENT))).isEmpty();
        }
    }

    @Nested
    @DisplayName("that is damaged")
    class Damaged {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "position,picture\n",
                    "position,picture,place,truth,problem,one,one probability\n0,a,/a,2,,2\n",
                    "position,picture,place,truth,problem,one,one probability\nx,a,/a,2,,2,0.5\n",
                    "position,picture,place,truth,problem,one,one probability\n0,a,/a,2,,2,much\n",
                    "position,picture,place,truth,problem,one,one probability\n0,\"a,/a,2,,2,0.5\n"
                })
        void says_in_which_line(String text) {
            assertThatThrownBy(() -> opened(text)).isInstanceOf(Problem.class).hasMessageContaining("damaged in line");
        }

        @Test
        void or_absent_says_so() {
            assertThatThrownBy(() -> AnswerTable.open(folder.resolve("none.csv"), "classify again"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("no table");
        }
    }
}
