package io.fovea.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.fovea.problem.Problem;
import io.fovea.product.NeighbourSearch;
import io.fovea.statistic.PrototypeRefinement.Draw;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Clusters of vectors")
class ClusteringTest {

    private final Workers workers = new Workers(2);
    private final SplittableRandom random = new SplittableRandom(1);

    @AfterEach
    void ends_the_threads() {
        workers.close();
    }

    @Nested
    @DisplayName("by distance")
    class ByDistance {

        @Test
        void are_the_means_of_heaps_that_lie_apart() {
            float[] heaps = {0, 0, 0, 2, 10, 10, 12, 10, -20, 0, -20, 2};

            KMeans.Clusters clusters = KMeans.clusters(heaps, 2, 3, 20, random, workers);

            assertThat(rows(clusters.centers(), 2)).containsExactlyInAnyOrder("0.0 1.0", "11.0 10.0", "-20.0 1.0");
            int[] members = clusters.members();
            assertThat(members[0]).isEqualTo(members[1]).isNotEqualTo(members[2]);
            assertThat(members[2]).isEqualTo(members[3]).isNotEqualTo(members[4]);
            assertThat(members[4]).isEqualTo(members[5]);
        }

        @Test
        void are_the_vectors_themselves_when_there_are_as_many() {
            assertThat(rows(
                            KMeans.clusters(new float[] {3, 1, 2}, 1, 3, 20, random, workers)
                                    .centers(),
                            1))
                    .containsExactlyInAnyOrder("1.0", "2.0", "3.0");
        }

        @Test
        void may_coincide_when_all_vectors_do() {
            KMeans.Clusters clusters = KMeans.clusters(new float[] {4, 4, 4, 4}, 1, 3, 20, random, workers);

            assertThat(clusters.centers()).containsExactly(4, 4, 4);
            assertThat(clusters.members()).containsExactly(0, 0, 0, 0);
        }

        @Test
        void cannot_be_more_than_the_vectors() {
            assertThatThrownBy(() -> KMeans.clusters(new float[4], 2, 3, 20, random, workers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("k must be 1 to 2: 3");
        }
    }

    @Nested
    @DisplayName("by direction")
    class ByDirection {

        @Test
        void have_length_one_and_point_where_their_vectors_do() {
            float[] rays = new float[40];
            for (int i = 0; i < 20; i++) rays[2 * i + i % 2] = i + 1; // along one axis or the other

            float[] directions = SphericalKMeans.directions(rays, 2, 8, 20, random, workers);

            assertThat(rows(directions, 2)).contains("1.0 0.0", "0.0 1.0").hasSize(8);
            for (int c = 0; c < 8; c++) {
                assertThat(Math.hypot(directions[2 * c], directions[2 * c + 1])).isCloseTo(1, within(1e-6));
            }
        }

        @Test
        void are_nothing_where_all_vectors_are_zero() {
            assertThat(SphericalKMeans.directions(new float[12], 3, 2, 5, random, workers))
                    .containsOnly(0);
        }
    }

    @Nested
    @DisplayName("as prototypes")
    class AsPrototypes {

        // class 0: heaps at 0 and 10; class 1: heaps at 100 and 110; the order is mixed
        private final float[] codes = {0, 100, 1, 110, 10, 101, 12, 112, 2, 99};
        private final int[] labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1};

        @Test
        void are_found_within_each_class_with_the_nearest_picture_of_that_class() {
            Prototypes found = Prototypes.of(codes, 1, labels, List.of("a", "b"), 2, 1, workers);

            assertThat(found.labels()).containsExactly(0, 0, 1, 1);
            assertThat(rows(found.codes(), 1)).containsExactlyInAnyOrder("1.0", "11.0", "100.0", "111.0");
            for (int p = 0; p < 4; p++) {
                assertThat(labels[found.pictures()[p]]).isEqualTo(found.labels()[p]);
                assertThat(Math.abs(codes[found.pictures()[p]] - found.codes()[p]))
                        .isLessThanOrEqualTo(1);
            }
        }

        @Test
        void are_the_same_for_the_same_seed() {
            Prototypes first = Prototypes.of(codes, 1, labels, List.of("a", "b"), 3, 5, workers);
            Prototypes again = Prototypes.of(codes, 1, labels, List.of("a", "b"), 3, 5, workers);

            assertThat(again.codes()).isEqualTo(first.codes());
            assertThat(again.pictures()).isEqualTo(first.pictures());
        }

        @Test
        void cannot_be_more_than_a_class_has_pictures() {
            Problem problem = catchThrowableOfType(
                    Problem.class,
                    () -> Prototypes.of(
                            new float[] {1, 2, 3}, 1, new int[] {0, 0, 1}, List.of("cat", "dog"), 2, 1, workers));

            assertThat(problem.what())
                    .isEqualTo("Class \"dog\" has 1 training pictures, but 2 prototypes are wanted of each class.");
            assertThat(problem.where()).isEqualTo("--references prototypes:2");
            assertThat(problem.remedy()).contains("prototypes:1");
        }
    }

    @Nested
    @DisplayName("refined")
    class Refined {

        private static final int COUNT = 400;
        private final float[] codes = new float[COUNT * 2];
        private final int[] labels = new int[COUNT];
        private final float[] start = {-1, 0, -1, 2, 1, 0, 1, -2};
        private final int[] classes = {0, 0, 1, 1};

        Refined() {
            // two long heaps side by side that begin to overlap
            for (int n = 0; n < COUNT; n++) {
                labels[n] = n % 2;
                codes[2 * n] = (float) ((labels[n] == 0 ? -2 : 2) + random.nextGaussian());
                codes[2 * n + 1] = (float) (4 * random.nextGaussian());
            }
        }

        @Test
        void lower_the_loss_and_stay_of_their_class() {
            int[] before = classes.clone();
            float[] moved = refine(2);

            assertThat(loss(moved)).isLessThan(0.8 * loss(start));
            assertThat(classes).isEqualTo(before);
            assertThat(start).containsExactly(-1, 0, -1, 2, 1, 0, 1, -2);
        }

        @Test
        void have_the_same_bits_with_any_number_of_threads() {
            assertThat(refine(1)).isEqualTo(refine(3));
        }

        @Test
        void give_a_rare_class_more_room_where_classes_are_drawn_alike() {
            int[] few = IntStream.range(0, COUNT)
                    .filter(n -> n % 2 == 0 || n % 20 == 1)
                    .toArray(); // 20 of 220
            float[] fewCodes = Codes.rows(codes, 2, few);
            int[] fewLabels = Arrays.stream(few).map(n -> labels[n]).toArray();
            float[] byPictures = refine(fewCodes, fewLabels, Draw.BY_PICTURES, 2);
            float[] alike = refine(fewCodes, fewLabels, Draw.CLASSES_ALIKE, 2);

            assertThat(recognised(alike, fewCodes, fewLabels))
                    .isGreaterThan(recognised(byPictures, fewCodes, fewLabels));
        }

        /** Returns how many of class 1 are nearest to one of its prototypes. */
        private long recognised(float[] prototypes, float[] some, int[] own) {
            try (Workers two = new Workers(2)) {
                int[] nearest =
                        new NeighbourSearch(prototypes, 2).nearest(some, 1, two).positions();
                return IntStream.range(0, own.length)
                        .filter(n -> own[n] == 1 && classes[nearest[n]] == 1)
                        .count();
            }
        }

        private float[] refine(int threads) {
            return refine(codes, labels, Draw.BY_PICTURES, threads);
        }

        private float[] refine(float[] some, int[] own, Draw draw, int threads) {
            try (Workers workers = new Workers(threads)) {
                return PrototypeRefinement.refine(
                        start, classes, 2, new float[][] {some}, own, draw, new SplittableRandom(4), workers);
            }
        }

        /** The formula of the docstring with T = 10, in 64 bits. */
        private double loss(float[] prototypes) {
            double loss = 0;
            for (int n = 0; n < COUNT; n++) {
                double all = 0;
                double own = 0;
                for (int j = 0; j < classes.length; j++) {
                    double x = codes[2 * n] - prototypes[2 * j];
                    double y = codes[2 * n + 1] - prototypes[2 * j + 1];
                    double share = Math.exp(-(x * x + y * y) / 20);
                    all += share;
                    if (classes[j] == labels[n]) own += share;
                }
                loss -= Math.log(own / all) / COUNT;
            }
            return loss;
        }
    }

    private static List<String> rows(float[] values, int size) {
        return IntStream.range(0, values.length / size)
                .mapToObj(row -> Arrays.toString(Arrays.copyOfRange(values, row * size, (row + 1) * size))
                        .replaceAll("[\\[\\],]", ""))
                .toList();
    }
}
