package io.fovea.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.network.Shape;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.serve.PredictionServer;
import io.fovea.serve.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hour of {@code benchmarks/run endurance}, for a few seconds. */
@DisplayName("A server under good and bad load")
class MixedLoadTest {

    @TempDir
    Path folder;

    @Test
    void answers_all_that_is_good_always_alike_and_refuses_all_that_is_bad() throws IOException, InterruptedException {
        ServeBenchmark.write("lenet", new Shape(1, 28, 28), 10, folder.resolve("models/small.fovea"));
        try (ModelRepository models = ModelRepository.open(
                        List.of(folder.resolve("models")), RepositorySettings.USUAL, Duration.ZERO);
                PredictionServer server = PredictionServer.start(
                        models, ServerSettings.onThisMachine(0).withGrpc(0));
                MixedLoad load = new MixedLoad(
                        server.address(), server.grpcPort().orElseThrow(), "small", ServeBenchmark.photo())) {
            load.run(4, Duration.ofSeconds(4), 0.4, 1);
            assertThat(load.failures()).isEmpty();
            assertThat(load.answered())
                    .isGreaterThan(load.requests().get(MixedLoad.Kind.GOOD).size());
            assertThat(load.refused())
                    .isGreaterThan(load.requests().get(MixedLoad.Kind.BAD).size());
        }
    }
}
