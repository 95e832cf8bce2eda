package io.fovea.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.job.Job;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The lane")
class LaneTest {

    private static final Job TRAIN = Job.Train.of("digits", "lenet");
    private static final Job IMPORT = Job.Import.of("digits", "photos");
    private static final Job EVALUATE = Job.Evaluate.of("digits-lenet", "digits");

    private static Lane recipe(Job... jobs) {
        return Lane.of(new Job.Recipe("lab", List.of(jobs)));
    }

    @Test
    void of_a_training_is_learning_of_an_import_importing_of_an_evaluation_answering() {
        assertThat(Lane.of(TRAIN)).isEqualTo(Lane.LEARNING);
        assertThat(Lane.of(IMPORT)).isEqualTo(Lane.IMPORTING);
        assertThat(Lane.of(EVALUATE)).isEqualTo(Lane.ANSWERING);
    }

    @Test
    void of_a_recipe_is_that_of_its_slowest_job() {
        assertThat(recipe(EVALUATE, IMPORT, TRAIN)).isEqualTo(Lane.LEARNING);
        assertThat(recipe(EVALUATE, IMPORT)).isEqualTo(Lane.IMPORTING);
        assertThat(recipe(EVALUATE, EVALUATE)).isEqualTo(Lane.ANSWERING);
    }
}
