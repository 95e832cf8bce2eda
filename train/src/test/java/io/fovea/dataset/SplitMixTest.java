package io.fovea.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The generator SplitMix")
class SplitMixTest {

    @Test
    void draws_what_javas_splittable_random_draws() {
        SplitMix random = new SplitMix(42);
        SplittableRandom reference = new SplittableRandom(42);

        for (int i = 0; i < 100; i++) assertThat(random.nextLong()).isEqualTo(reference.nextLong());
    }

    @Test
    void restarts_at_a_place_of_its_own_for_each_seed_epoch_and_position() {
        assertThat(first(1, 2, 3)).isEqualTo(first(1, 2, 3));
        assertThat(new long[] {first(1, 2, 3), first(2, 1, 3), first(1, 3, 2), first(3, 2, 1), first(0, 0, 0)})
                .doesNotHaveDuplicates();
    }

    private static long first(long seed, long epoch, long position) {
        SplitMix random = new SplitMix(99);
        random.restart(seed, epoch, position);
        return random.nextLong();
    }
}
