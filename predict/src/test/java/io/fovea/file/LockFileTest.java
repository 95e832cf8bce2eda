package io.fovea.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
        LockFile held = LockFile.take(file).orElseThrow();
        LockFile other = LockFile.take(folder.resolve("other.lock")).orElseThrow();
        assertThat(LockFile.take(file)).isEmpty();
        held.close();
        other.close();
        Optional<LockFile> again = LockFile.take(file);
        assertThat(again).isPresent();
        again.orElseThrow().close();
    }

    @Test
    void is_taken_and_seen_as_it_is_while_others_look(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("run.lock");
        LockFile.take(file).orElseThrow().close();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> lookers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread looker = new Thread(() -> {
                while (!over.get()) if (LockFile.isHeld(file)) wrong.incrementAndGet();
            });
            looker.start();
            lookers.add(looker);
        }
        for (int i = 0; i < 200; i++) assertThat(LockFile.isHeld(file)).isFalse();
        over.set(true);
        for (Thread looker : lookers) looker.join();
        assertThat(wrong).hasValue(0);
        for (int i = 0; i < 50; i++) {
            try (LockFile held = LockFile.take(file).orElseThrow()) {
                assertThat(LockFile.isHeld(file)).isTrue();
                assertThat(held).isNotNull();
            }
        }
    }
}
