package io.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.event.TrainingEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.event.TrainingEvent.Remarked;
import io.fovea.event.TrainingEvent.RunStarted;
import io.fovea.module.Engine;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.speed.Contest;
import io.fovea.speed.Speed;
import io.fovea.speed.SpeedRecords;
import io.fovea.speed.Surroundings;
import io.fovea.tensor.Precision;
import io.fovea.weights.NamedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Trials of one step each, so that a run of a second has one; when the trial comes is left to the clock, as for users. */
@DisplayName("A run whose engine nobody chose")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunEngineTest {

    /** Nothing is drawn in its steps, so that both engines compute the same but for rounding. */
    private static final Network NETWORK = NetworkYaml.read("""
        name: plain
        input: [1, 14, 14]
        layers:
          - convolution: {outputs: 6, kernel: 3}
          - relu
          - max-pooling: {kernel: 2}
          - flatten
          - dense: {outputs: 10}
        """, "RunEngineTest");

    private static final Contest.Rule AT_ONCE = new Contest.Rule(0, 0.001, 1, 0, 0);
    private static final Surroundings HERE = new Surroundings("this processor", "this JVM", "this version");
    private Dataset dataset;

    @BeforeAll
    void importDigits(@TempDir Path folder) {
        dataset = Dataset.open(TrainingFixture.digits(folder));
    }

    @AfterAll
    void close() {
        dataset.close();
    }

    private static TrainingSettings settings(Engine engine) {
        return TrainingFixture.settings(engine)
                .withAugmentation(Augmentation.NONE)
                .withComputation(new ComputationSettings(engine, Precision.FLOAT32, 2));
    }

    private Trainer trainer(Engine engine, Path run, List<TrainingEvent> events) {
        return new Trainer(dataset, NETWORK, settings(engine), run, events::add, new StopSignal());
    }

    private static EngineSpeeds speeds(Path folder) {
        return new EngineSpeeds(SpeedRecords.in(folder.resolve("speeds.yaml"), HERE), AT_ONCE);
    }

    @Test
    void tries_both_says_which_it_takes_and_loses_nothing_by_the_handing_over(@TempDir Path folder) throws IOException {
        List<TrainingEvent> events = new ArrayList<>();
        TrainingResult tried = trainer(Engine.AUTOMATIC, folder.resolve("tried"), events)
                .measuring(speeds(folder))
                .run();
        TrainingResult straight = trainer(Engine.VECTOR, folder.resolve("straight"), new ArrayList<>())
                .run();

        List<String> remarks = remarks(events);
        assertThat(remarks).hasSize(1);
        assertThat(remarks.getFirst()).contains("vector kernels", "libtorch", "images/s", "measured in this run");
        boolean keptVector = remarks.getFirst().startsWith("Computed by vector kernels");
        assertThat(Files.readString(folder.resolve("tried").resolve("computation.yaml")))
                .contains(keptVector ? "engine: vector" : "engine: libtorch");
        assertThat(Files.readString(folder.resolve("speeds.yaml"))).contains("the vector kernels", "libtorch");
        // the optimizer's memory went with the weights: Adam without it would be far away
        for (NamedTensor tensor : straight.weights().tensors()) {
            float[] other = tried.weights().tensor(tensor.name()).orElseThrow().values();
            for (int i = 0; i < other.length; i++) {
                assertThat(other[i]).as(tensor.name()).isCloseTo(tensor.values()[i], within(0.02f));
            }
        }
        assertThat(events.stream().filter(EpochFinished.class::isInstance)).hasSize(6);
    }

    @Test
    void begins_by_what_earlier_runs_measured_warm_up_counted(@TempDir Path folder) {
        TrainingTask task = Trainer.checked(dataset, NETWORK, settings(Engine.AUTOMATIC), TrainingStart.NONE);
        EngineSpeeds known = speeds(folder);
        // 6 epochs of 225 pictures: 20.3 s cold by the faster one, 2.4 s by the other
        known.keep(task, List.of(new Speed("the vector kernels", 5000, 20), new Speed("libtorch", 1000, 1)));
        List<TrainingEvent> events = new ArrayList<>();
        trainer(Engine.AUTOMATIC, folder.resolve("run"), events)
                .measuring(known)
                .run();

        assertThat(((RunStarted) events.getFirst()).engine()).contains("libtorch");
        assertThat(remarks(events).getFirst())
                .contains("Computed by libtorch", "1,000 images/s", "5,000 by the vector kernels", "earlier runs");
    }

    @Test
    void of_which_one_engine_alone_is_remembered_measures(@TempDir Path folder) {
        TrainingTask task = Trainer.checked(dataset, NETWORK, settings(Engine.AUTOMATIC), TrainingStart.NONE);
        EngineSpeeds known = speeds(folder);
        known.keep(task, List.of(new Speed("libtorch", 1_000_000, 0)));
        List<TrainingEvent> events = new ArrayList<>();
        trainer(Engine.AUTOMATIC, folder.resolve("run"), events)
                .measuring(known)
                .run();
        assertThat(remarks(events).getFirst()).contains("measured in this run");
    }

    @Test
    void goes_on_by_what_it_was_computed_by_without_another_trial(@TempDir Path folder) throws IOException {
        Path run = folder.resolve("run");
        StopSignal stop = new StopSignal();
        new Trainer(
                        dataset,
                        NETWORK,
                        settings(Engine.AUTOMATIC),
                        run,
                        event -> {
                            if (event instanceof EpochFinished finished && finished.epoch() == 3) stop.request();
                        },
                        stop)
                .measuring(speeds(folder))
                .run();
        Files.writeString(run.resolve("computation.yaml"), "engine: libtorch\nprecision: float32\n");
        Files.delete(folder.resolve("speeds.yaml"));
        List<TrainingEvent> events = new ArrayList<>();
        trainer(Engine.AUTOMATIC, run, events).measuring(speeds(folder)).run();

        assertThat(((RunStarted) events.getFirst()).engine()).contains("libtorch");
        assertThat(remarks(events)).isEmpty();
    }

    @Test
    void measures_nothing_where_an_engine_was_chosen(@TempDir Path folder) {
        List<TrainingEvent> events = new ArrayList<>();
        trainer(Engine.VECTOR, folder.resolve("run"), events)
                .measuring(speeds(folder))
                .run();
        assertThat(remarks(events)).isEmpty();
        assertThat(folder.resolve("speeds.yaml")).doesNotExist();
    }

    @Test
    void trains_on_where_nothing_can_be_remembered_and_says_so(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("speeds.yaml").resolve("in the way"));
        List<TrainingEvent> events = new ArrayList<>();
        trainer(Engine.AUTOMATIC, folder.resolve("run"), events)
                .measuring(speeds(folder))
                .run();
        assertThat(remarks(events).getFirst()).contains("not remembered");
        assertThat(events.getLast()).isInstanceOf(TrainingEvent.RunFinished.class);
    }

    private static List<String> remarks(List<TrainingEvent> events) {
        return events.stream()
                .filter(Remarked.class::isInstance)
                .map(event -> ((Remarked) event).remark())
                .toList();
    }
}
