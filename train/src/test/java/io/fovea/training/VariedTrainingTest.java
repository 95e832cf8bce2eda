package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Order;
import io.fovea.batch.RandomCrop;
import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.module.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Training on cropped, erased and mixed pictures of balanced classes")
class VariedTrainingTest {

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"LIBTORCH", "VECTOR"})
    void learns(Engine engine, @TempDir Path folder) {
        TrainingSettings settings = TrainingFixture.settings(engine)
                .withEpochs(8)
                .withSampling(Order.BALANCED)
                .withAugmentation(Augmentation.NONE
                        .withRandomCrop(RandomCrop.from(0.7))
                        .withErasing(0.1)
                        .withMixup(0.2)
                        .withCutmix(0.2));
        List<EpochFinished> epochs = new ArrayList<>();
        try (Dataset digits = Dataset.open(TrainingFixture.digits(folder))) {
            new Trainer(
                            digits,
                            TrainingFixture.NETWORK,
                            settings,
                            folder.resolve("run"),
                            event -> {
                                if (event instanceof EpochFinished epoch) epochs.add(epoch);
                            },
                            new StopSignal())
                    .run();
        }

        assertThat(epochs.getLast().trainLoss()).isLessThan(epochs.getFirst().trainLoss() - 0.15);
        assertThat(epochs.getLast().validation().getFirst().value()).isGreaterThan(0.3);
    }
}
