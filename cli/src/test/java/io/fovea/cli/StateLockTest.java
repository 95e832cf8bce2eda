package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.problem.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The lock of an evolution's state")
class StateLockTest {

    @TempDir
    Path folder;

    @Test
    void is_held_by_one_at_a_time() {
        Path state = folder.resolve("evolution/digits.state");
        try (StateLock _ = StateLock.of(state, "digits")) {
            Problem problem = catchThrowableOfType(Problem.class, () -> StateLock.of(state, "digits"));

            assertThat(problem.what()).contains("Another process is making the model \"digits\"");
            assertThat(problem.remedy()).contains("another name");
            StateLock.of(folder.resolve("evolution/others.state"), "others").close();
        }
        StateLock.of(state, "digits").close();
    }
}
