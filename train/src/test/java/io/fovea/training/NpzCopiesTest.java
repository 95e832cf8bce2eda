package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.dataset.Dataset;
import io.fovea.module.Engine;
import io.fovea.optimize.Averaging;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Npz;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run that writes npz")
class NpzCopiesTest {

    @TempDir
    static Path folder;

    @Test
    void has_the_weights_of_every_checkpoint_once_more_also_the_mean_ones() {
        TrainingSettings settings = TrainingFixture.settings(Engine.VECTOR)
                .withEpochs(2)
                .withAveraging(new Averaging.Exponential(0.9))
                .withSnapshots(new Snapshots.Every(0.5));
        try (Dataset dataset = Dataset.open(TrainingFixture.digits(folder))) {
            new Trainer(
                            dataset,
                            TrainingFixture.NETWORK,
                            settings,
                            folder.resolve("run"),
                            event -> {},
                            new StopSignal())
                    .writing(Set.of(RunOutput.NPZ))
                    .run();
        }
        for (String name : new String[] {"last", "best", "epoch-000.50", "epoch-002"}) {
            Path checkpoint = folder.resolve("run/checkpoints/" + name + ".safetensors");
            Path copy = folder.resolve("run/checkpoints/" + name + ".npz");
            assertSame(Npz.read(copy), Checkpoint.read(checkpoint).weights());
        }
    }

    private static void assertSame(Weights found, Weights expected) {
        assertThat(found.names()).containsExactlyElementsOf(expected.names());
        for (NamedTensor tensor : expected.tensors()) {
            assertThat(found.values(tensor.name())).containsExactly(tensor.values());
        }
    }
}
