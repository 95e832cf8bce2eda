package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.batching.Rejection;
import io.fovea.predict.Tensor;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelCall;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A model with one worker that can be kept busy, so that whoever asks meanwhile waits. */
final class BusyModel implements AutoCloseable {

    /** Of one question; computing it takes seconds. */
    private static final int PICTURES = 600;

    /** One after the other; a machine may be quick, or stand still for a while. */
    private static final int QUESTIONS = 8;

    final ModelRepository models;

    BusyModel(Path folder) {
        ExampleModels.write(ExampleModels.SLOW, ExampleModels.CLASSES, 1, folder.resolve("slow.fovea"));
        models = ModelRepository.open(
                List.of(folder), RepositorySettings.USUAL.withQueue((QUESTIONS + 1) * PICTURES, 1, 1), Duration.ZERO);
    }

    /** Keeps the model busy, with the one question that it computes already and those that wait behind it. */
    Occupation occupied() {
        Occupation begun = new Occupation();
        until(() -> waiting() == QUESTIONS - 1);
        return begun;
    }

    /** What keeps the model busy; closing it ends that with the question that is computed. */
    final class Occupation implements AutoCloseable {

        private final AtomicBoolean over = new AtomicBoolean();
        private final List<CompletableFuture<Void>> questions = new ArrayList<>();

        private Occupation() {
            ExecutorService each = Executors.newVirtualThreadPerTaskExecutor();
            for (int i = 0; i < QUESTIONS; i++) questions.add(CompletableFuture.runAsync(this::ask, each));
            each.shutdown();
        }

        private void ask() {
            Tensor pictures = Tensor.floats(new int[] {PICTURES, 3, 10, 12}, new float[PICTURES * 360]);
            try (ModelCall call =
                    models.call("slow", Optional.empty(), PICTURES, over::get, System.nanoTime() + (1L << 40))) {
                call.outputs(pictures, List.of("logits"));
            } catch (Rejection gone) {
                if (!over.get()) throw gone;
            }
        }

        boolean isOver() {
            return questions.stream().allMatch(CompletableFuture::isDone);
        }

        @Override
        public void close() {
            over.set(true);
            questions.forEach(CompletableFuture::join);
        }
    }

    private LoadedModel slow() {
        return models.model("slow", Optional.empty());
    }

    int waiting() {
        return slow().waiting();
    }

    /** Returns how many pictures of others have a place. */
    int others() {
        return slow().underWay() % PICTURES;
    }

    long failed() {
        return slow().statistics().failed().count();
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
