package io.fovea.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.batch.Augmentation;
import io.fovea.batch.RandomCrop;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitOrder;
import io.fovea.importer.Truth;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Optimizer;
import io.fovea.source.GivenValidation;
import io.fovea.training.MapTraining;
import io.fovea.training.TrainingSettings;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The recipe of a lab")
class RecipeTest {

    private static Choice epochs(OptionalInt epochs) {
        return Choice.of(Optional.empty(), Optional.empty(), epochs, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mnist", "cifar10", "regression", "denoise", "camvid", "membrane", "transfer", "cats-dogs"})
    void says_pictures_and_settings_of_every_network(String lab) {
        Recipe recipe = Recipe.named(lab);
        for (NetworkRecipe network : recipe.networks())
            assertThat(network.settings(epochs(OptionalInt.empty())).seed()).isEqualTo(7);
        assertThat(recipe.pictures().settings("name").name()).isEqualTo("name");
    }

    @Test
    void gives_way_to_what_was_chosen() {
        NetworkRecipe network = Recipe.named("mnist").network();
        assertThat(network.settings(epochs(OptionalInt.empty())).course().epochs())
                .isEqualTo(10);
        TrainingSettings chosen = network.settings(epochs(OptionalInt.of(3)));
        assertThat(chosen.course().epochs()).isEqualTo(3);
        assertThat(chosen.step().optimizer()).isEqualTo(new Optimizer.Momentum(0.9));
        assertThat(chosen.step().learningRate()).isEqualTo(0.02);
        assertThat(chosen.pictures().augmentation())
                .isEqualTo(Augmentation.NONE.withShift(0.07).withRotation(8));
    }

    @Test
    void refuses_a_number_that_is_out_of_range() {
        NetworkRecipe network = Recipe.named("mnist").network();
        assertThatThrownBy(() -> network.settings(epochs(OptionalInt.of(0))))
                .isInstanceOf(Choice.OutOfRange.class)
                .hasMessageContaining("epochs");
    }

    @Test
    void takes_fewer_epochs_over_a_whole_set_unless_they_were_chosen() {
        NetworkRecipe network = Recipe.named("denoise").network();
        TrainingSettings whole = network.settings(epochs(OptionalInt.empty()), DigitSize.FULL);
        TrainingSettings small = network.settings(epochs(OptionalInt.empty()), DigitSize.SMALL);
        assertThat(whole.course().epochs()).isLessThan(small.course().epochs());
        assertThat(network.settings(epochs(OptionalInt.of(9)), DigitSize.FULL)
                        .course()
                        .epochs())
                .isEqualTo(9);
    }

    @Test
    void begins_with_what_is_usual_for_its_beginning() {
        TrainingSettings drawn = Recipe.named("camvid").network().settings(epochs(OptionalInt.empty()));
        assertThat(drawn.step()).isEqualTo(MapTraining.defaults(7).step());
        assertThat(drawn.loss()).isEqualTo(new Loss.CrossEntropy(0, new ClassWeights.Softened()));
        TrainingSettings onWeights = Recipe.named("camvid").networks().getLast().settings(epochs(OptionalInt.empty()));
        assertThat(onWeights.step()).isEqualTo(MapTraining.onBackbone(7).step());
    }

    @Test
    void keeps_val_for_the_test_and_chooses_on_the_last_tenth() {
        ImportSettings settings = Recipe.named("camvid").pictures().settings("streets");
        assertThat(settings.truth()).isEqualTo(new Truth.Masks(Set.of(11)));
        assertThat(settings.splits().givenValidation()).isEqualTo(GivenValidation.AS_TEST);
        assertThat(settings.splits().order()).isEqualTo(SplitOrder.BLOCK);
        assertThat(settings.splits().validationPercent()).isEqualTo(10);
    }

    @Test
    void draws_windows_of_photographs() {
        TrainingSettings settings = Recipe.named("transfer").network().settings(epochs(OptionalInt.empty()));
        assertThat(settings.pictures().augmentation())
                .isEqualTo(
                        Augmentation.NONE.withRandomCrop(RandomCrop.from(0.35)).withHorizontalFlip(0.5));
    }
}
