package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Augmentation settings")
class AugmentationTest {

    @Test
    void of_nothing_change_nothing() {
        assertThat(Augmentation.NONE.changesGeometry()).isFalse();
        assertThat(Augmentation.NONE.changesValues()).isFalse();
        assertThat(Augmentation.NONE.mixesPictures()).isFalse();
    }

    @Test
    void are_put_together_one_by_one() {
        Augmentation settings = Augmentation.NONE
                .withHorizontalFlip(0.1)
                .withVerticalFlip(0.2)
                .withShift(0.3)
                .withRotation(40)
                .withScale(0.5, 1.5)
                .withCropPadding(6)
                .withRandomCrop(RandomCrop.from(0.08))
                .withBrightness(0.7)
                .withContrast(0.8)
                .withSaturation(0.6)
                .withHue(0.1)
                .withInvert(0.9)
                .withNoise(0.05)
                .withErasing(0.25)
                .withMixup(0.2)
                .withCutmix(1);

        RandomCrop crop = new RandomCrop(0.08, 1, 0.75, 4 / 3.0);
        assertThat(settings)
                .isEqualTo(new Augmentation(
                        0.1, 0.2, 0.3, 40, 0.5, 1.5, 6, crop, 0.7, 0.8, 0.6, 0.1, 0.9, 0.05, 0.25, 0.2, 1));
    }

    @Test
    void jitter_colours_and_a_quarter_as_much_the_hue() {
        assertThat(Augmentation.NONE.withJitter(0.4))
                .isEqualTo(Augmentation.NONE
                        .withBrightness(0.4)
                        .withContrast(0.4)
                        .withSaturation(0.4)
                        .withHue(0.1));
    }

    @Test
    void tell_what_they_change() {
        assertThat(Augmentation.NONE.withCropPadding(1).changesGeometry()).isTrue();
        assertThat(Augmentation.NONE.withCropPadding(1).changesValues()).isFalse();
        assertThat(Augmentation.NONE.withRandomCrop(RandomCrop.from(0.5)).changesGeometry())
                .isTrue();
        assertThat(Augmentation.NONE.withHue(0.1).changesValues()).isTrue();
        assertThat(Augmentation.NONE.withErasing(0.1).changesValues()).isTrue();
        assertThat(Augmentation.NONE.withMixup(0.1).mixesPictures()).isTrue();
        assertThat(Augmentation.NONE.withCutmix(1).mixesPictures()).isTrue();
        assertThat(Augmentation.NONE.withCutmix(1).changesValues()).isFalse();
        assertThat(Augmentation.NONE.withNoise(0.1).changesGeometry()).isFalse();
        assertThat(Augmentation.NONE.withNoise(0.1).changesValues()).isTrue();
        assertThat(Augmentation.NONE.withScale(1, 1.1).changesGeometry()).isTrue();
        assertThat(Augmentation.NONE.withScale(0.9, 1).changesGeometry()).isTrue();
    }

    @Test
    void name_the_value_that_is_out_of_range() {
        assertThatThrownBy(() -> Augmentation.NONE.withRotation(270)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).isEqualTo("Augmentation \"rotation\" must be 0 to 180, not 270.");
            assertThat(problem.where()).isEqualTo("augmentation, rotation");
            assertThat(problem.remedy()).isEqualTo("choose a value from 0 to 180");
        });
        assertThatThrownBy(() -> Augmentation.NONE.withHorizontalFlip(1.5)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Augmentation.NONE.withShift(-0.1)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Augmentation.NONE.withNoise(Double.NaN)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Augmentation.NONE.withScale(0, 1)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Augmentation.NONE.withHue(0.6)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Augmentation.NONE.withErasing(-1)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Augmentation.NONE.withMixup(11)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Augmentation.NONE.withCutmix(Double.NaN)).isInstanceOf(Problem.class);
    }

    @Test
    void name_the_bound_of_a_random_crop_that_is_out_of_range() {
        assertThatThrownBy(() -> RandomCrop.from(0)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).isEqualTo("Augmentation \"randomCrop\" must be 0.01 to 1, not 0.");
            assertThat(problem.where()).isEqualTo("augmentation, randomCrop");
        });
        assertThatThrownBy(() -> new RandomCrop(0.5, 0.4, 1, 1)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).isEqualTo("Augmentation \"randomCrop, largestArea\" must be 0.5 to 1, not 0.4.");
        });
        assertThatThrownBy(() -> new RandomCrop(0.5, 1, 0, 1)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> new RandomCrop(0.5, 1, 2, 1)).isInstanceOf(Problem.class);
    }

    @Test
    void want_the_smallest_scale_first() {
        assertThatThrownBy(() -> Augmentation.NONE.withScale(1.2, 0.8))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .isEqualTo("Augmentation \"largestScale\" must be 1.2 to 10, not 0.8."));
    }
}
