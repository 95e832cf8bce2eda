package io.fovea.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Two old classes of 50 pictures each, then one new class of 20. */
@DisplayName("A model with a further class")
class GrowthJudgementTest {

    private static final List<String> NAMES = List.of("cat", "dog", "owl");

    @Test
    void is_described_by_shares_of_old_and_new_pictures() {
        GrowthJudgement judgement = judged(49, 48, 15);

        assertThat(judgement.oldBefore().hits()).isEqualTo(100);
        assertThat(judgement.oldAfter().hits()).isEqualTo(97);
        assertThat(judgement.oldAfter().count()).isEqualTo(100);
        assertThat(judgement.newAfter().value()).isEqualTo(0.75);
        assertThat(judgement.change().onlyFirst()).isEqualTo(3);
        assertThat(judgement.classes())
                .extracting(GrowthJudgement.ClassChange::name, change -> change.after()
                        .hits())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("cat", 49L),
                        org.assertj.core.groups.Tuple.tuple("dog", 48L),
                        org.assertj.core.groups.Tuple.tuple("owl", 15L));
        assertThat(judgement.classes().getLast().before()).isEmpty();
    }

    @Nested
    @DisplayName("is good")
    class Good {

        @Test
        void where_old_classes_lose_two_points_and_new_ones_are_as_good_as_they_were() {
            GrowthJudgement judgement = judged(49, 49, 19);

            assertThat(judgement.isInDoubt()).isFalse();
            assertThat(judgement.shortfalls()).isEmpty();
        }

        @Test
        void where_it_loses_no_more_than_one_made_anew() {
            GrowthJudgement judgement = judged(45, 45, 14);

            assertThat(judgement.isInDoubt()).isTrue();
            assertThat(judgement.with(answers(46, 46, 15)).shortfalls()).isEmpty();
            assertThat(judgement.with(answers(46, 46, 15)).remark())
                    .contains(
                            "The old classes lose 10.0 points, 8.0 in a model made anew: they are hard to tell from the"
                                    + " new ones.");
        }

        @Test
        void where_what_it_is_behind_may_be_chance() {
            assertThat(judged(45, 45, 14).with(answers(47, 48, 17)).shortfalls())
                    .isEmpty(); // five of 100, three of 20
        }

        @Test
        void where_a_single_picture_is_more_than_two_points() {
            GrowthJudgement judgement = new GrowthJudgement(
                    NAMES,
                    new int[] {0, 1, 2},
                    new boolean[] {true, true},
                    new boolean[] {true, false, true},
                    Optional.empty());

            assertThat(judgement.shortfalls()).isEmpty();
        }
    }

    @Nested
    @DisplayName("is poor")
    class Poor {

        @Test
        void where_old_classes_lose_more_than_two_points_and_nothing_shows_that_they_must() {
            assertThat(judged(48, 49, 19).shortfalls()).containsExactly("the old classes fall from 100.0 to 97.0 %");
        }

        @Test
        void where_old_classes_are_more_than_two_points_behind_a_model_made_anew() {
            assertThat(judged(45, 45, 19).with(answers(48, 48, 19)).shortfalls())
                    .containsExactly("the old classes fall from 100.0 to 90.0 %, where a model made anew has 96.0 %");
        }

        @Test
        void where_new_classes_are_more_than_five_points_behind_it() {
            assertThat(judged(50, 50, 12).with(answers(50, 50, 18)).shortfalls())
                    .containsExactly("of the new classes 60.0 % are recognised, where a model made anew has 90.0 %");
        }

        @Test
        void where_fewer_than_half_of_a_class_are_recognised_beyond_chance() {
            GrowthJudgement judgement = judged(50, 15, 19).with(answers(50, 15, 19));

            assertThat(judgement.shortfalls()).containsExactly("of \"dog\" only 30.0 % are recognised, 100.0 % before");
            assertThat(judged(50, 50, 8).with(answers(50, 50, 8)).shortfalls()).isEmpty(); // 8 of 20 may be chance
            assertThat(judged(50, 50, 4).with(answers(50, 50, 4)).shortfalls())
                    .containsExactly("of \"owl\" only 20.0 % are recognised");
        }
    }

    /** All old pictures were right before; now so many of each class are. */
    private static GrowthJudgement judged(int cats, int dogs, int owls) {
        boolean[] before = new boolean[100];
        Arrays.fill(before, true);
        int[] labels = new int[120];
        Arrays.fill(labels, 50, 100, 1);
        Arrays.fill(labels, 100, 120, 2);
        return new GrowthJudgement(NAMES, labels, before, answers(cats, dogs, owls), Optional.empty());
    }

    private static boolean[] answers(int cats, int dogs, int owls) {
        boolean[] answers = new boolean[120];
        Arrays.fill(answers, 0, cats, true);
        Arrays.fill(answers, 50, 50 + dogs, true);
        Arrays.fill(answers, 100, 100 + owls, true);
        return answers;
    }
}
