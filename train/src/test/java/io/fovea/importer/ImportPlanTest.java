package io.fovea.importer;

import static io.fovea.importer.ImportSteps.ALL_TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import io.fovea.source.GivenValidation;
import io.fovea.source.ListedPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The plan of an import")
class ImportPlanTest {

    @Test
    void divides_every_class_by_the_same_percentages() {
        List<ListedPicture> pictures = pictures("cat", 100, Split.TRAINING);
        pictures.addAll(pictures("dog", 10, Split.TRAINING));

        ImportPlan plan = plan(pictures, ALL_TRAINING.withSplits(new SplitSettings(25, 10)));

        assertThat(counts(plan, 0, 100)).containsExactly(65, 25, 10);
        assertThat(counts(plan, 100, 110)).containsExactly(6, 3, 1);
    }

    @Test
    void always_leaves_a_class_a_picture_for_training() {
        List<ListedPicture> pictures = pictures("cat", 1, Split.TRAINING);
        pictures.addAll(pictures("dog", 2, Split.TRAINING));

        ImportPlan plan = plan(pictures, ALL_TRAINING.withSplits(new SplitSettings(60, 39)));

        assertThat(counts(plan, 0, 1)).containsExactly(1, 0, 0);
        assertThat(counts(plan, 1, 3)).containsExactly(1, 0, 1);
    }

    @Test
    void says_which_shares_are_not_used_because_the_source_brings_the_part() {
        List<ListedPicture> pictures = pictures("cat", 4, Split.TRAINING);
        pictures.addAll(pictures("dog", 4, Split.TRAINING));
        pictures.addAll(pictures("cat", 1, Split.VALIDATION));
        String remark = "The pictures for validation come from the source as they are, so --validation 20 was not used:"
                + " give each of its folders as train=FOLDER to divide all pictures anew.";

        assertThat(plan(pictures, ALL_TRAINING.withSplits(new SplitSettings(20, 25)))
                        .remarks())
                .containsExactly(remark);
        assertThat(ImportPlan.ofTargets(pictures, ALL_TRAINING.withSplits(new SplitSettings(20, 0)))
                        .remarks())
                .containsExactly(remark);
        assertThat(plan(pictures, ALL_TRAINING.withSplits(new SplitSettings(0, 25)))
                        .remarks())
                .isEmpty();
    }

    @Test
    void is_silent_of_shares_that_nobody_asked_for() {
        List<ListedPicture> pictures = pictures("cat", 4, Split.TRAINING);
        pictures.addAll(pictures("dog", 4, Split.TRAINING));
        pictures.addAll(pictures("cat", 1, Split.VALIDATION));
        pictures.addAll(pictures("cat", 1, Split.TEST));

        assertThat(plan(pictures, ALL_TRAINING.withSplits(SplitSettings.DEFAULT))
                        .remarks())
                .isEmpty();
        assertThat(plan(
                                pictures,
                                ALL_TRAINING.withSplits(
                                        new SplitSettings(25, 12.5, GivenValidation.AS_VALIDATION, Set.of(Split.TEST))))
                        .remarks())
                .singleElement()
                .asString()
                .startsWith("The pictures for the test come from the source as they are, so --test 12.5 was not used");
    }

    @Test
    void takes_a_single_class_for_a_test_and_not_for_training() {
        ImportPlan plan = plan(pictures("cat", 3, Split.TEST), ALL_TRAINING);

        assertThat(plan.classNames()).containsExactly("cat");
        assertThat(counts(plan, 0, 3)).containsExactly(0, 0, 3);
        assertThatThrownBy(() -> plan(pictures("cat", 3, Split.TRAINING), ALL_TRAINING))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("Expected pictures of at least two classes, found only \"cat\".");
    }

    @Test
    void draws_the_pictures_at_random_and_not_the_first_ones() {
        List<ListedPicture> pictures = pictures("cat", 1000, Split.TRAINING);
        pictures.addAll(pictures("dog", 1000, Split.TRAINING));

        ImportPlan plan = plan(pictures, ALL_TRAINING.withMaximumPerClass(100));

        List<Integer> cats =
                IntStream.range(0, 1000).filter(plan::isTaken).boxed().toList();
        assertThat(cats).hasSize(100);
        assertThat(cats.stream().filter(i -> i < 500).count()).isBetween(30L, 70L);
    }

    @Test
    void draws_the_same_again_with_the_same_seed_and_others_with_another() {
        List<ListedPicture> pictures = pictures("cat", 100, Split.TRAINING);
        pictures.addAll(pictures("dog", 100, Split.TRAINING));
        ImportSettings settings = ALL_TRAINING.withSplits(SplitSettings.DEFAULT);

        assertThat(validation(plan(pictures, settings))).isEqualTo(validation(plan(pictures, settings)));
        assertThat(validation(plan(pictures, settings))).isNotEqualTo(validation(plan(pictures, settings.withSeed(2))));
    }

    @Test
    void draws_a_class_alike_whatever_other_classes_there_are() {
        List<ListedPicture> two = pictures("cat", 40, Split.TRAINING);
        two.addAll(pictures("dog", 40, Split.TRAINING));
        List<ListedPicture> three = new ArrayList<>(two);
        three.addAll(pictures("ant", 40, Split.TRAINING));
        ImportSettings settings = ALL_TRAINING.withSplits(SplitSettings.DEFAULT);

        assertThat(validation(plan(three, settings)).stream()
                        .filter(i -> i < 80)
                        .toList())
                .isEqualTo(validation(plan(two, settings)));
    }

    @Test
    void leaves_classes_below_the_minimum_out_and_says_so() {
        List<ListedPicture> pictures = pictures("cat", 5, Split.TRAINING);
        pictures.addAll(pictures("cow", 1, Split.TRAINING));
        pictures.addAll(pictures("dog", 5, Split.TRAINING));

        ImportPlan plan = plan(pictures, ALL_TRAINING.withMinimumPerClass(2));

        assertThat(plan.classNames()).containsExactly("cat", "dog");
        assertThat(plan.isTaken(5)).isFalse();
        assertThat(plan.label(6)).isEqualTo(1);
        assertThat(plan.remarks()).containsExactly("Class \"cow\" has 1 of at least 2 pictures and was left out.");
    }

    @Test
    void keeps_given_parts_whole_when_it_samples() {
        List<ListedPicture> pictures = pictures("cat", 50, Split.TRAINING);
        pictures.addAll(pictures("dog", 50, Split.TRAINING));
        pictures.addAll(pictures("dog", 30, Split.TEST));

        ImportPlan plan = plan(pictures, ALL_TRAINING.withMaximumPerClass(10).withSplits(new SplitSettings(20, 50)));

        assertThat(plan.count(Split.TRAINING)).isEqualTo(16);
        assertThat(plan.count(Split.VALIDATION)).isEqualTo(4);
        assertThat(plan.count(Split.TEST)).isEqualTo(30);
    }

    @Test
    void keeps_the_numbers_that_a_source_gives_its_classes() {
        List<ListedPicture> pictures = pictures("zebra", 5, Split.TRAINING);
        pictures.addAll(pictures("ant", 5, Split.TRAINING));

        ImportPlan plan =
                ImportPlan.of(pictures, List.of("zebra", "cow", "ant"), List.of(), ALL_TRAINING, Set.of(), "here");

        assertThat(plan.classNames()).containsExactly("zebra", "cow", "ant");
        assertThat(plan.label(5)).isEqualTo(2);
    }

    private static ImportPlan plan(List<ListedPicture> pictures, ImportSettings settings) {
        return ImportPlan.of(pictures, List.of(), List.of(), settings, Set.of(), "here");
    }

    private static List<ListedPicture> pictures(String className, int count, Split part) {
        List<ListedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) pictures.add(new ListedPicture(className + i, className, part));
        return pictures;
    }

    private static List<Integer> counts(ImportPlan plan, int from, int to) {
        int[] counts = new int[3];
        for (int i = from; i < to; i++) counts[plan.split(i).ordinal()]++;
        return IntStream.of(counts).boxed().toList();
    }

    private static List<Integer> validation(ImportPlan plan) {
        return IntStream.range(0, plan.size())
                .filter(i -> plan.isTaken(i) && plan.split(i) == Split.VALIDATION)
                .boxed()
                .toList();
    }
}
