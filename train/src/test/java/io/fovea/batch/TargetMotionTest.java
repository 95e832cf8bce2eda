package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.TargetMotion.Mirroring;
import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Moving targets with their pictures")
class TargetMotionTest {

    private static final int HEIGHT = 48;
    private static final int WIDTH = 64;
    private static final List<Target> POINT = List.of(x("dot_x"), y("dot_y"));

    @Nested
    @DisplayName("when a picture is flipped")
    class Flipped {

        @Test
        void mirrors_places_and_leaves_plain_values() {
            List<Target> targets = List.of(x("x"), y("y"), new Target("age", Axis.NONE, 0, 1));
            AffineMap map = new AffineMap(HEIGHT, WIDTH);
            map.flipHorizontally();
            map.flipVertically();

            assertThat(moved(targets, map, Mirroring.MIRRORED, 10, 20, 33)).containsExactly(54, 28, 33);
        }

        @Test
        void exchanges_left_and_right_as_they_are_seen() {
            List<Target> targets = List.of(
                    x("left_eye_x"), y("left_eye_y"), x("right_eye_x"), y("right_eye_y"), x("nose_x"), y("nose_y"));
            AffineMap map = new AffineMap(HEIGHT, WIDTH);
            map.flipHorizontally();

            assertThat(moved(targets, map, Mirroring.MIRRORED, 10, 20, 30, 21, 22, 25))
                    .containsExactly(34, 21, 54, 20, 42, 25);
        }

        @Test
        void finds_left_and_right_anywhere_between_other_words() {
            List<Target> targets = List.of(x("mouth_left_x"), x("mouth_right_x"), x("Left gap x"), x("Right gap x"));
            AffineMap map = new AffineMap(HEIGHT, WIDTH);
            map.flipHorizontally();

            assertThat(moved(targets, map, Mirroring.MIRRORED, 1, 2, 3, 4)).containsExactly(62, 63, 60, 61);
        }

        @Test
        void keeps_a_left_without_a_right_and_words_that_only_begin_so() {
            List<Target> targets = List.of(x("left_x"), x("leftover_x"), x("rightover_x"));
            AffineMap map = new AffineMap(HEIGHT, WIDTH);
            map.flipHorizontally();

            assertThat(moved(targets, map, Mirroring.MIRRORED, 1, 2, 3)).containsExactly(63, 62, 61);
        }

        @Test
        void keeps_left_and_right_where_only_top_and_bottom_change() {
            List<Target> targets = List.of(y("left_y"), y("right_y"));
            AffineMap map = new AffineMap(HEIGHT, WIDTH);
            map.flipVertically();

            assertThat(moved(targets, map, Mirroring.AS_IT_WAS, 10, 20)).containsExactly(38, 28);
        }
    }

    @Nested
    @DisplayName("when a picture is moved")
    class Moved {

        @Test
        void lets_a_point_leave_the_picture() {
            AffineMap map = new AffineMap(HEIGHT, WIDTH);
            map.shift(20, -30);

            assertThat(moved(POINT, map, Mirroring.AS_IT_WAS, 60, 10)).containsExactly(80, -20);
        }

        @Test
        void moves_a_place_that_is_known_along_one_side_only() {
            AffineMap map = new AffineMap(HEIGHT, WIDTH);
            map.scale(2);

            assertThat(moved(List.of(y("steering_y")), map, Mirroring.AS_IT_WAS, 30))
                    .containsExactly(36);
        }

        @Test
        void refuses_to_rotate_a_place_that_is_known_along_one_side_only() {
            Problem problem =
                    catchThrowableOfType(Problem.class, () -> new TargetMotion(List.of(x("steering_x")), HEIGHT, WIDTH)
                            .check(Augmentation.NONE.withRotation(5)));

            assertThat(problem.threeLines())
                    .isEqualTo("Pictures cannot be rotated, for where their \"steering_x\" goes depends on"
                            + " \"steering_y\", which the dataset does not have.\n"
                            + "  where: augmentation, rotation\n"
                            + "  do:    leave rotation at 0, or import the dataset with both places of each"
                            + " point");
        }
    }

    @Nested
    @DisplayName("in batches")
    class Batches {

        @Test
        void keeps_the_target_on_the_dot_through_flips_shifts_turns_scales_and_crops() {
            Augmentation everything = Augmentation.NONE
                    .withHorizontalFlip(0.5)
                    .withVerticalFlip(0.5)
                    .withShift(0.1)
                    .withRotation(25)
                    .withScale(0.8, 1.3)
                    .withCropPadding(3)
                    .withRandomCrop(RandomCrop.from(0.6));

            List<Double> distances = new ArrayList<>();
            try (BatchLoader loader =
                    new BatchLoader(new Dot(40.5, 19.5), BatchSettings.forTraining(4, everything, 5, 0))) {
                for (int epoch = 0; epoch < 25; epoch++) {
                    loader.start(epoch, 0);
                    Batch batch = loader.next().orElseThrow();
                    for (int row = 0; row < 4; row++) if (isWhole(batch, row)) distances.add(distance(batch, row));
                }
            }

            assertThat(distances).hasSizeGreaterThan(50).allSatisfy(each -> assertThat(each)
                    .isLessThan(0.1));
        }

        @Test
        void gives_network_units_without_augmentation_too() {
            try (BatchLoader loader = new BatchLoader(new Dot(48, 12), BatchSettings.forEvaluation(3, 0))) {
                loader.start(0, 0);
                Batch batch = loader.next().orElseThrow();

                assertThat(batch.targets()).containsExactly(0.5f, -0.5f, 0.5f, -0.5f, 0.5f, -0.5f);
            }
        }

        @Test
        void does_not_depend_on_the_number_of_threads() {
            Augmentation turned = Augmentation.NONE.withRotation(90);
            assertThat(targets(turned, 2)).isEqualTo(targets(turned, 0));
        }

        private List<Float> targets(Augmentation augmentation, int threads) {
            try (BatchLoader loader =
                    new BatchLoader(new Dot(48, 12), BatchSettings.forTraining(1, augmentation, 5, threads))) {
                loader.start(0, 0);
                return Stream.generate(() -> loader.next().orElseThrow().targets()[0])
                        .limit(4)
                        .toList();
            }
        }

        /** Whether all of the light is still in the picture. */
        private boolean isWhole(Batch batch, int row) {
            double x = POINT.get(0).value(batch.targets()[2 * row]);
            double y = POINT.get(1).value(batch.targets()[2 * row + 1]);
            return Math.min(x, WIDTH - x) > 12 && Math.min(y, HEIGHT - y) > 12;
        }

        /** How far the target of a picture lies from the middle of its light, in pixels. */
        private double distance(Batch batch, int row) {
            double light = 0;
            double x = 0;
            double y = 0;
            for (int i = 0; i < HEIGHT * WIDTH; i++) {
                int value = batch.pixels()[row * HEIGHT * WIDTH + i] & 0xff;
                light += value;
                x += value * (i % WIDTH + 0.5);
                y += value * (i / WIDTH + 0.5);
            }
            double targetX = POINT.get(0).value(batch.targets()[2 * row]);
            double targetY = POINT.get(1).value(batch.targets()[2 * row + 1]);
            return Math.hypot(targetX - x / light, targetY - y / light);
        }
    }

    @Test
    void takes_values_to_the_outputs_that_stand_for_them() {
        List<Target> targets = List.of(x("x"), y("y"), new Target("age", Axis.NONE, 40, 10));
        float[] values = {9, 64, 24, 55};

        new TargetMotion(targets, HEIGHT, WIDTH).toOutputs(values, 1);

        assertThat(values).containsExactly(new float[] {9, 1, 0, 1.5f}, within(1e-6f));
    }

    private static float[] moved(List<Target> targets, AffineMap map, Mirroring mirroring, float... values) {
        new TargetMotion(targets, HEIGHT, WIDTH).apply(map, mirroring, values, 0);
        return values;
    }

    private static Target x(String name) {
        return Target.place(name, Axis.X, WIDTH);
    }

    private static Target y(String name) {
        return Target.place(name, Axis.Y, HEIGHT);
    }

    /** Four black pictures with a round light at (x, y), which is their target. */
    private record Dot(double x, double y) implements PictureSource {

        @Override
        public int count() {
            return 4;
        }

        @Override
        public int height() {
            return HEIGHT;
        }

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int label(int example) {
            return 0;
        }

        @Override
        public List<Target> targets() {
            return POINT;
        }

        @Override
        public void copyTargets(int example, float[] out, int offset) {
            out[offset] = (float) x;
            out[offset + 1] = (float) y;
        }

        @Override
        public void copyPicture(int example, byte[] target, int offset) {
            for (int i = 0; i < HEIGHT * WIDTH; i++) {
                double distance = Math.hypot(i % WIDTH + 0.5 - x, i / WIDTH + 0.5 - y);
                target[offset + i] = (byte) Math.round(250 * Math.exp(-distance * distance / 8));
            }
        }
    }
}
