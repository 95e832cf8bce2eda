package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.predict.Tensor;
import io.fovea.repository.ModelCall;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A model with one worker that computes for seconds, so that whoever asks meanwhile waits. */
final class BusyModel implements AutoCloseable {

    private static final int PICTURES = 600;

    final ModelRepository models;

    BusyModel(Path folder) {
        ExampleModels.write(ExampleModels.SLOW, ExampleModels.CLASSES, 1, folder.resolve("slow.fovea"));
        models = ModelRepository.open(
                List.of(folder), RepositorySettings.USUAL.withQueue(2 * PICTURES, 1, 1), Duration.ZERO);
    }

    /** Begins the long work; the future ends with it. */
    CompletableFuture<Void> occupied() {
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
            try (ModelCall call =
                    models.call("slow", Optional.empty(), PICTURES, () -> false, System.nanoTime() + (1L << 40))) {
                call.outputs(
                        Tensor.floats(new int[] {PICTURES, 3, 10, 12}, new float[PICTURES * 360]), List.of("logits"));
            }
        });
        until(() -> underWay() >= PICTURES);
        return work;
    }

    int underWay() {
        return models.model("slow", Optional.empty()).underWay();
    }

    /** Returns how many pictures of others have a place. */
    int others() {
        return underWay() % PICTURES;
    }

    long failed() {
        return models.model("slow", Optional.empty()).statistics().failed().count();
    }

    static void until(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            try {
                Thread.sleep(2);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    @Override
    public void close() {
        models.close();
    }
}
