package io.fovea.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A problem")
class ProblemTest {

    private final Problem problem =
            new Problem("Expected 3 channels, found 4", "layer \"conv1\"", "set inChannels to 3");

    @Test
    void shows_its_parts_as_three_lines() {
        assertThat(problem.threeLines()).isEqualTo("""
            Expected 3 channels, found 4
              where: layer "conv1"
              do:    set inChannels to 3\
            """);
    }

    @Test
    void tells_everything_in_its_message_too() {
        assertThat(problem).hasMessage("Expected 3 channels, found 4 (layer \"conv1\"): set inChannels to 3");
    }

    @Test
    void keeps_the_failure_it_follows_from() {
        IOException cause = new IOException("disk on fire");

        assertThat(new Problem("what", "where", "remedy", cause)).hasCause(cause);
    }

    @Test
    void needs_all_three_parts() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Problem("what", "where", null))
                .withMessage("remedy");
    }
}
