package io.fovea.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A lock file")
class LockFileTest {

    @TempDir
    Path folder;

    @Test
    void is_held_by_one_at_a_time() throws IOException {
        Path file = folder.resolve("run.lock");
        try (LockFile _ = LockFile.take(file).orElseThrow();
                LockFile _ = LockFile.take(folder.resolve("other.lock")).orElseThrow()) {
            assertThat(LockFile.take(file)).isEmpty();
        }
        Optional<LockFile> again = LockFile.take(file);
        assertThat(again).isPresent();
        again.orElseThrow().close();
    }
}
