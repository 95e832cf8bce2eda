package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A rank's share of a batch")
class ShareTest {

    @ParameterizedTest
    @CsvSource({
        "16, 1, 8 8",
        "16, 1, 5 5 6",
        "2, 1, 1 1 0",
        "1, 1, 1 0",
        "0, 1, 0 0",
        "5, 2, 2 3 0",
        "3, 2, 3 0",
        "1, 2, 1 0"
    })
    void is_as_large_as_the_others_but_for_one_and_never_too_small_unless_empty(
            int batchSize, int smallest, String expected) {
        int[] sizes =
                Arrays.stream(expected.split(" ")).mapToInt(Integer::parseInt).toArray();
        int from = 0;
        for (int rank = 0; rank < sizes.length; rank++) {
            Share share = new Share(rank, sizes.length, smallest);
            assertThat(share.size(batchSize)).as("rank %d", rank).isEqualTo(sizes[rank]);
            if (sizes[rank] > 0) assertThat(share.from(batchSize)).isEqualTo(from);
            from += sizes[rank];
        }
    }

    @Test
    void is_of_a_rank_that_there_is() {
        assertThatThrownBy(() -> new Share(2, 2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0", "0.4, 0.7"})
    void holds_the_bytes_that_the_whole_batch_has_there(double mixup, double cutmix) {
        Augmentation augmentation =
                Augmentation.NONE.withShift(0.3).withNoise(0.1).withMixup(mixup).withCutmix(cutmix);
        BatchSettings settings = BatchSettings.forTraining(7, augmentation, 5, 1);
        PictureSource source = new NumberedPictures(16);
        for (int rank = 0; rank < 3; rank++) {
            try (BatchLoader whole = new BatchLoader(source, settings);
                    BatchLoader part = new BatchLoader(source, settings, new Share(rank, 3, 1))) {
                whole.start(1, 0);
                part.start(1, 0);
                for (Optional<Batch> next = whole.next(); next.isPresent(); next = whole.next()) {
                    compare(next.get(), part.next().orElseThrow(), new Share(rank, 3, 1));
                }
                assertThat(part.next()).isEmpty();
            }
        }
    }

    private static void compare(Batch whole, Batch part, Share share) {
        int from = share.from(whole.size());
        int size = share.size(whole.size());
        int bytes = whole.height() * whole.width() * whole.channels();
        assertThat(part.size()).isEqualTo(size);
        assertThat(Arrays.copyOf(part.pixels(), size * bytes))
                .isEqualTo(Arrays.copyOfRange(whole.pixels(), from * bytes, (from + size) * bytes));
        assertThat(Arrays.copyOf(part.labels(), size)).isEqualTo(Arrays.copyOfRange(whole.labels(), from, from + size));
        assertThat(Arrays.copyOf(part.examples(), size))
                .isEqualTo(Arrays.copyOfRange(whole.examples(), from, from + size));
        if (whole.shares().length == 0) return;
        assertThat(Arrays.copyOf(part.shares(), size)).isEqualTo(Arrays.copyOfRange(whole.shares(), from, from + size));
        assertThat(Arrays.copyOf(part.secondLabels(), size))
                .isEqualTo(Arrays.copyOfRange(whole.secondLabels(), from, from + size));
    }
}
