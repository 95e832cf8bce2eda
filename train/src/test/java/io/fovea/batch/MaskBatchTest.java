package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.image.Target;
import io.fovea.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Batches of pictures with masks")
class MaskBatchTest {

    private static final int UNLABELLED = 255;

    @Test
    void hold_a_mask_for_every_picture() {
        Batch batch = batch(Augmentation.NONE, CleanPictures.LEFT_OUT);

        assertThat(numbers(batch.masks())).containsExactly(0, 1, 2, 3, 10, 11, 12, 13);
    }

    @Test
    void have_no_masks_where_pictures_have_none() {
        try (BatchLoader loader = new BatchLoader(new NumberedPictures(2), settings(Augmentation.NONE))) {
            loader.start(0, 0);
            assertThat(loader.next().orElseThrow().masks()).isEmpty();
        }
    }

    @Nested
    @DisplayName("that are augmented")
    class Augmented {

        @Test
        void mirror_masks_with_their_pictures() {
            Batch batch = batch(Augmentation.NONE.withHorizontalFlip(1), CleanPictures.LEFT_OUT);

            assertThat(numbers(batch.masks())).containsExactly(3, 2, 1, 0, 13, 12, 11, 10);
            assertThat(numbers(batch.pixels())).containsExactly(30, 20, 10, 0, 130, 120, 110, 100);
        }

        @Test
        void know_nothing_where_a_picture_repeats_its_edge() {
            MaskMotion motion = new MaskMotion(1, 4);
            AffineMap map = new AffineMap(1, 4);
            map.shift(2, 0);
            byte[] mask = {0, 1, 2, 3};

            motion.apply(map, mask, 0);

            assertThat(numbers(mask)).containsExactly(UNLABELLED, UNLABELLED, 0, 1);
        }

        @Test
        void leave_masks_as_they_are_where_only_values_change() {
            Batch batch = batch(Augmentation.NONE.withInvert(1).withErasing(1), CleanPictures.LEFT_OUT);

            assertThat(numbers(batch.masks())).containsExactly(0, 1, 2, 3, 10, 11, 12, 13);
        }

        @Test
        void set_the_same_window_into_picture_and_mask_by_cutmix() {
            Batch batch = batch(Augmentation.NONE.withCutmix(1), CleanPictures.LEFT_OUT);

            for (int i = 0; i < batch.masks().length; i++)
                assertThat(10 * (batch.masks()[i] & 0xff)).isEqualTo(batch.pixels()[i] & 0xff);
            assertThat(batch.secondLabels()).isEmpty();
        }

        @Test
        void refuse_mixup_for_a_pixel_of_two_classes_is_none() {
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> batch(Augmentation.NONE.withMixup(1), CleanPictures.LEFT_OUT));

            assertThat(problem.what()).startsWith("Mixup needs one class for a picture");
            assertThat(problem.where()).isEqualTo("augmentation, mixup");
        }
    }

    @Nested
    @DisplayName("with clean pictures")
    class Clean {

        @Test
        void have_none_unless_asked_for() {
            assertThat(batch(Augmentation.NONE, CleanPictures.LEFT_OUT).clean()).isEmpty();
        }

        @Test
        void hold_pictures_that_were_moved_but_not_changed() {
            Batch batch =
                    batch(Augmentation.NONE.withHorizontalFlip(1).withInvert(1).withNoise(0.3), CleanPictures.KEPT);

            assertThat(numbers(batch.clean())).containsExactly(30, 20, 10, 0, 130, 120, 110, 100);
            assertThat(numbers(batch.pixels())).isNotEqualTo(numbers(batch.clean()));
        }

        @Test
        void hold_pictures_twice_where_nothing_is_varied() {
            Batch batch = batch(Augmentation.NONE, CleanPictures.KEPT);

            assertThat(batch.clean()).isEqualTo(batch.pixels());
        }

        @Test
        void refuse_to_mix_them() {
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> batch(Augmentation.NONE.withCutmix(1), CleanPictures.KEPT));

            assertThat(problem.what()).contains("cannot be mixed");
        }
    }

    private static Batch batch(Augmentation augmentation, CleanPictures clean) {
        try (BatchLoader loader =
                new BatchLoader(new StripedPictures(), settings(augmentation).withClean(clean))) {
            loader.start(0, 0);
            return loader.next().orElseThrow();
        }
    }

    private static BatchSettings settings(Augmentation augmentation) {
        return new BatchSettings(2, augmentation, Order.SEQUENTIAL, Remainder.KEEP, 1, 0);
    }

    private static int[] numbers(byte[] bytes) {
        int[] numbers = new int[bytes.length];
        for (int i = 0; i < numbers.length; i++) numbers[i] = bytes[i] & 0xff;
        return numbers;
    }

    /** Two grey pictures of one row of four; a pixel's class is 0, 1, 2, 3 in the first, 10 more in the second, its value ten times that. */
    private record StripedPictures() implements PictureSource {

        @Override
        public int count() {
            return 2;
        }

        @Override
        public int height() {
            return 1;
        }

        @Override
        public int width() {
            return 4;
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
            return List.of();
        }

        @Override
        public void copyTargets(int example, float[] out, int offset) {}

        @Override
        public boolean hasMasks() {
            return true;
        }

        @Override
        public void copyMask(int example, byte[] out, int offset) {
            for (int x = 0; x < 4; x++) out[offset + x] = (byte) (10 * example + x);
        }

        @Override
        public void copyPicture(int example, byte[] target, int offset) {
            for (int x = 0; x < 4; x++) target[offset + x] = (byte) (10 * (10 * example + x));
        }
    }
}
