package io.fovea.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The tables of the lab \"hybrid\"")
class HybridTablesTest {

    private static final HybridRow.Evolved BETTER =
            new HybridRow.Evolved(2_560, 53_760, 61, 666, 0.9, 0.97, true, 1e-6);

    private static final List<HybridMethod> METHODS = HybridRecipe.read().methods();

    /** Every method with the same figures, but for one search. */
    private static HybridFigures results(HybridRow.Evolved cmaEs) {
        List<HybridRow> rows = new ArrayList<>();
        for (HybridMethod method : METHODS) {
            boolean sliced = method.way() instanceof HybridMethod.Way.Slicing;
            rows.add(new HybridRow(
                    method.key(),
                    HybridColumn.FEW_5,
                    0.957,
                    1_000,
                    0.9612,
                    sliced ? 18_816 : 31_714,
                    150_000,
                    sliced ? 4_000 : 0,
                    12.34,
                    method.key().equals("kmeans-cma-es")
                            ? cmaEs
                            : method.evolves() ? BETTER : HybridRow.Evolved.NOTHING,
                    "model.fovea"));
        }
        return new HybridFigures(METHODS, List.of(HybridColumn.FEW_5), rows);
    }

    private static List<String> row(Table table, String name) {
        return table.rows().stream()
                .filter(row -> row.getFirst().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    @DisplayName("of sizes")
    class Sizes {
        private final Table table = SizeTable.of(results(BETTER), 4_000);

        @Test
        void put_four_bytes_a_parameter_beside_what_the_talk_says() {
            assertThat(row(table, "hybrid-8"))
                    .containsExactly("hybrid-8", "31,714", "126,856", "124 KB", "150,000", "–");
        }

        @Test
        void count_the_references_that_the_talk_leaves_out() {
            assertThat(row(table, "sliced, kernels alone"))
                    .containsExactly("sliced, kernels alone", "18,816", "75,264", "74 KB", "–", "–");
            assertThat(row(table, "sliced, with its references"))
                    .containsExactly("sliced, with its references", "18,816", "25,675,264", "–", "–", "4,000");
        }
    }

    @Nested
    @DisplayName("of accuracies")
    class Accuracies {
        @Test
        void put_the_talk_beside_ours_and_the_same_model_on_all_test_pictures() {
            Table table = AccuracyTable.of(results(BETTER));
            assertThat(table.heads()).containsExactly("method", "4k×5 talk", "4k×5", "4k×5 on 10k");
            assertThat(row(table, "mnist-cnn")).containsExactly("mnist-cnn", "97.5", "95.70", "96.12");
            assertThat(row(table, "random, no evolution"))
                    .containsExactly("random, no evolution", "–", "95.70", "96.12");
        }

        @Test
        void say_so_when_evolution_added_something() {
            assertThat(AccuracyTable.of(results(BETTER)).notes())
                    .contains("k-means, CMA-ES, 4k: 97.00 % of 666 held-out training pictures after 2,560 generations,"
                            + " 90.00 % before. Evolution added that much.");
        }

        @Test
        void say_so_when_evolution_added_nothing() {
            HybridRow.Evolved worse = new HybridRow.Evolved(2_560, 53_760, 61, 666, 0.97, 0.96, false, 0.3);
            assertThat(AccuracyTable.of(results(worse)).notes())
                    .contains("k-means, CMA-ES, 4k: 96.00 % of 666 held-out training pictures after 2,560 generations,"
                            + " 97.00 % before. Evolution added nothing: the kernels before it are kept.");
        }

        @Test
        void say_so_when_a_gain_may_be_chance() {
            // 1.96·√((0.97·0.03 + 0.975·0.025) / 666) = 0.0176 is more than the gain of 0.005
            HybridRow.Evolved little = new HybridRow.Evolved(2_560, 53_760, 61, 666, 0.97, 0.975, true, 0.4);
            assertThat(AccuracyTable.of(results(little)).notes())
                    .contains("k-means, CMA-ES, 4k: 97.50 % of 666 held-out training pictures after 2,560 generations,"
                            + " 97.00 % before. The gain may be chance.");
        }

        @Test
        void show_a_sliced_row_in_all_columns_of_its_pictures() {
            HybridFigures few = results(BETTER);
            HybridMethod swarm = METHODS.stream()
                    .filter(method -> method.key().equals("random-pso"))
                    .findFirst()
                    .orElseThrow();
            assertThat(few.row(swarm, HybridColumn.FEW_20)).isEqualTo(few.row(swarm, HybridColumn.FEW_5));
            assertThat(few.row(METHODS.getFirst(), HybridColumn.FEW_20)).isEmpty();
        }
    }

    @Nested
    @DisplayName("of seconds")
    class Seconds {
        @Test
        void put_the_search_beside_the_hours_of_the_talk() {
            Table table = SecondsTable.of(results(BETTER), 2);
            assertThat(table.heads())
                    .containsExactly("method", "4k×5", "4k searching", "4k generations", "4k candidates", "talk");
            assertThat(row(table, "k-means, CMA-ES"))
                    .containsExactly("k-means, CMA-ES", "12.3", "61.0", "2,560", "53,760", "24 h on 6 cores");
            assertThat(row(table, "hybrid-8")).containsExactly("hybrid-8", "12.3", "–", "–", "–", "–");
        }
    }

    @Nested
    @DisplayName("of speeds")
    class Speeds {
        @Test
        void measure_one_thread_and_all_one_picture_and_many() {
            assertThat(SpeedTable.settings(2).stream()
                            .map(SpeedTable.Setting::head)
                            .toList())
                    .containsExactly("1 thread ×1", "1 thread ×64", "2 threads ×1", "2 threads ×64");
            assertThat(SpeedTable.settings(1)).hasSize(2);
        }

        @Test
        void say_in_words_how_much_faster_or_slower_the_sliced_network_is() {
            Table table = SpeedTable.of(
                    List.of(
                            new SpeedTable.Measured("mnist-cnn", List.of(1_200.0, 900.0)),
                            new SpeedTable.Measured("sliced, 60,000 references", List.of(3_600.0, 950.4)),
                            new SpeedTable.Measured("sliced, 100 references", List.of(300.0, 200.0))),
                    SpeedTable.settings(1));
            assertThat(table.rows().get(1)).containsExactly("sliced, 60,000 references", "3,600", "950");
            assertThat(table.notes())
                    .contains(
                            "sliced, 60,000 references: 3.0 times as slow as mnist-cnn, one picture on one thread.",
                            "sliced, 100 references: 4.0 times as fast as mnist-cnn, one picture on one thread.");
        }

        @Test
        void take_the_middle_call() {
            assertThat(PredictionSpeed.median(new long[] {9, 1, 5})).isEqualTo(5);
            assertThat(PredictionSpeed.median(new long[] {9, 1, 5, 7})).isEqualTo(6);
        }
    }

    @Nested
    @DisplayName("when the lab was stopped")
    class Stopped {
        @TempDir
        private Path folder;

        @Test
        void find_a_row_whose_model_is_still_there() throws Exception {
            HybridRows rows = new HybridRows(folder);
            Path bundle = Files.createFile(folder.resolve("model.fovea"));
            HybridMethod method = METHODS.getFirst();
            HybridRow row = new HybridRow(
                    method.key(), HybridColumn.ALL_5, 0.99, 10_000, 0.99, 7, 8, 9, 1.5, BETTER, bundle.toString());
            rows.keep(method, row);
            assertThat(rows.find(method, HybridColumn.ALL_5)).contains(row);
            assertThat(rows.find(method, HybridColumn.FEW_5)).isEmpty();
            Files.delete(bundle);
            assertThat(rows.find(method, HybridColumn.ALL_5)).isEmpty();
        }

        @Test
        void make_a_row_again_whose_file_is_damaged() throws Exception {
            HybridMethod method = METHODS.getFirst();
            Files.createDirectories(folder.resolve("rows"));
            Files.writeString(folder.resolve("rows/60kx5-mnist-cnn.json"), "{\"method\":");
            assertThat(new HybridRows(folder).find(method, HybridColumn.ALL_5)).isEmpty();
        }
    }
}
