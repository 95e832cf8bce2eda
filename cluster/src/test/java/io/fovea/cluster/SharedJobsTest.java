package io.fovea.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.Bundle;
import io.fovea.codec.PngWriter;
import io.fovea.event.Event;
import io.fovea.event.EventListener;
import io.fovea.event.EventLog;
import io.fovea.event.JobEvent;
import io.fovea.event.TrainingEvent.EpochFinished;
import io.fovea.image.Pixels;
import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.result.JobResult;
import io.fovea.training.StopSignal;
import io.fovea.work.Jobs;
import io.fovea.work.Machines;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that executors of this machine share in, by processes beside them, held against the same jobs in this process. */
@DisplayName("Jobs shared out among machines")
class SharedJobsTest {

    private static final Optional<Machines> TWO = Optional.of(new Machines("local-cluster[2,1,512]"));
    private static final Optional<Machines> NONE = Optional.empty();
    private static final Job.Train TRAINING =
            Job.Train.of("stripes", "lenet").with(Map.of("epochs", 2, "engine", "vector", "threads", 1, "seed", 1));

    @TempDir
    static Path folder;

    @BeforeAll
    static void makes_pictures() throws IOException {
        for (int i = 0; i < 40; i++) {
            Path of = Files.createDirectories(folder.resolve("pictures").resolve(i % 2 == 0 ? "lying" : "standing"));
            Files.write(of.resolve(i + ".png"), PngWriter.bytes(stripes(i)));
        }
    }

    /** Returns stripes whose direction, width and place follow from the number. */
    private static Pixels stripes(int number) {
        byte[] values = new byte[28 * 28];
        for (int y = 0; y < 28; y++)
            for (int x = 0; x < 28; x++)
                values[28 * y + x] =
                        (byte) (((number % 2 == 0 ? y : x) + number) % (5 + number % 7) < 3 ? 200 + number : number);
        return new Pixels(28, 28, 1, values);
    }

    private Workspace workspace(String name) {
        Workspace workspace = Workspace.at(folder.resolve(name));
        new Jobs(workspace)
                .run(Job.Import.of("stripes", folder.resolve("pictures").toString())
                        .set("preparation", Map.of("height", 28, "width", 28, "colorMode", "grey"))
                        .set("splits", Map.of("validationPercent", 30, "testPercent", 0)));
        return workspace;
    }

    private static Path run(Workspace workspace, Job job, EventListener listener, Optional<Machines> machines) {
        Jobs.Run run = new Jobs(workspace).begin(JobYaml.Order.of(job), Jobs.Going.ON);
        Optional<JobResult> result = run.run(listener, new StopSignal(), machines);
        assertThat(result).isPresent();
        return run.folder();
    }

    /** Lets every machine find another dataset in its place, once the driver has looked at its own, as if each had its own disk. */
    private static EventListener ownDisks(Workspace workspace) {
        AtomicInteger times = new AtomicInteger();
        Path file = workspace.dataset("stripes").resolve("data.mdb");
        return event -> {
            if (!(event instanceof JobEvent.StageBegan)) return;
            try {
                Files.setLastModifiedTime(file, FileTime.from(times.incrementAndGet(), TimeUnit.DAYS));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        };
    }

    /** Returns a run's table of epochs without the last column, which is its speed. */
    private static List<String> epochs(Path run) throws IOException {
        return Files.readAllLines(run.resolve("results.csv")).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
    }

    @Test
    void trials_give_the_same_table_as_here() throws IOException {
        Job.Tune tune = new Job.Tune(
                TRAINING, Map.of("learning_rate", "0.05,0.01,0.001", "batch_size", "8,16"), Optional.empty(), true);

        Path here = run(workspace("here"), tune, EventListener.NOBODY, NONE);
        Path there = run(workspace("there"), tune, EventListener.NOBODY, TWO);
        assertThat(Files.readString(there.resolve("log.txt"))).contains("All 6 runs on local-cluster[2,1,512]");

        assertThat(there.resolve("trials.csv")).hasSameTextualContentAs(here.resolve("trials.csv"));
        assertThat(there.resolve("best-settings.yaml")).hasSameTextualContentAs(here.resolve("best-settings.yaml"));
        for (int trial = 1; trial <= 6; trial++) {
            String run = "trial-00" + trial;
            assertThat(epochs(there.resolve(run))).isEqualTo(epochs(here.resolve(run)));
        }
    }

    @Test
    void folds_tell_what_happens_in_them_while_it_happens() throws IOException {
        ConcurrentLinkedQueue<String> epochs = new ConcurrentLinkedQueue<>();
        Workspace workspace = workspace("foldsThere");
        EventListener ownDisks = ownDisks(workspace);
        EventListener listener = new EventListener() {
            @Override
            public void on(Event event) {
                ownDisks.on(event);
            }

            @Override
            public EventListener beside(String name) {
                return event -> {
                    if (event instanceof EpochFinished epoch) epochs.add(name + ", epoch " + epoch.epoch());
                };
            }
        };

        Job.Folds folds = new Job.Folds(2, TRAINING);
        Path here = run(workspace("foldsHere"), folds, EventListener.NOBODY, NONE);
        Path there = run(workspace, folds, listener, TWO);

        assertThat(epochs)
                .containsExactlyInAnyOrder("fold 1, epoch 1", "fold 1, epoch 2", "fold 2, epoch 1", "fold 2, epoch 2");
        for (int fold = 1; fold <= 2; fold++)
            assertThat(epochs(there.resolve("fold-" + fold))).isEqualTo(epochs(here.resolve("fold-" + fold)));
    }

    @Test
    void what_is_no_work_of_parts_is_refused_before_it_begins() {
        Job.LearningRate job = new Job.LearningRate(TRAINING);
        Jobs.Run run = new Jobs(workspace("refused")).begin(JobYaml.Order.of(job), Jobs.Going.ON);

        assertThatThrownBy(() -> run.run(EventListener.NOBODY, new StopSignal(), TWO))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                        .startsWith("A job of the kind \"learningRate\" is not shared out among machines."));
    }

    @Test
    void candidates_of_an_evolution_give_the_kernels_that_one_process_finds() throws IOException {
        Job.Hybrid hybrid = new Job.Hybrid(
                "stripes",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(4),
                Optional.empty(),
                Optional.of(1),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1L),
                Optional.of(1));

        run(workspace("bred"), hybrid, EventListener.NOBODY, NONE);
        Workspace there = workspace("bredThere");
        run(there, hybrid, ownDisks(there), TWO);

        String model = "models/stripes-hybrid/1/stripes-hybrid.fovea";
        assertThat(Bundle.open(folder.resolve("bredThere").resolve(model)).onnx())
                .isEqualTo(Bundle.open(folder.resolve("bred").resolve(model)).onnx());
    }

    @Test
    void ranks_make_the_model_that_one_process_makes_but_for_rounding() throws IOException {
        Optional<Machines> ranks = Optional.of(new Machines("local-cluster[2,1,512]", OptionalInt.of(2)));

        Path here = run(workspace("one"), TRAINING, EventListener.NOBODY, NONE);
        Workspace workspace = workspace("ranks");
        Path there = run(workspace, TRAINING, ownDisks(workspace), ranks);

        List<String> alone = Files.readAllLines(here.resolve("results.csv"));
        List<String> together = Files.readAllLines(there.resolve("results.csv"));
        assertThat(together).hasSameSizeAs(alone);
        for (int epoch = 1; epoch < alone.size(); epoch++) {
            double loss = Double.parseDouble(alone.get(epoch).split(",")[2]);
            assertThat(Double.parseDouble(together.get(epoch).split(",")[2])).isCloseTo(loss, within(1e-4 * loss));
        }
        assertThat(EventLog.read(there.resolve("events.jsonl")))
                .extracting(Event::number)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(folder.resolve("ranks/models/stripes-lenet/1/stripes-lenet.fovea"))
                .exists();

        run(workspace, learningOn(there), ownDisks(workspace), ranks);
        assertThat(folder.resolve("ranks/models/on/1/on.fovea")).exists();
    }

    /** Returns a training that begins with what an earlier one has learned. */
    private static Job.Train learningOn(Path run) {
        return new Job.Train(
                TRAINING.data(),
                Optional.empty(),
                Optional.of("on"),
                TRAINING.task(),
                TRAINING.pretrained(),
                TRAINING.transfer(),
                TRAINING.head(),
                TRAINING.copies(),
                TRAINING.newHead(),
                TRAINING.settings(),
                TRAINING.outputs(),
                TRAINING.weights(),
                Optional.of(run.getFileName() + "/best"));
    }

    @Test
    void runs_that_are_stopped_save_themselves_and_go_on_to_the_same_table() throws IOException {
        Job.Tune tune = new Job.Tune(
                TRAINING.with(Map.of("epochs", 60, "engine", "vector", "threads", 1, "seed", 1)),
                Map.of("learning_rate", "0.01,0.001"),
                Optional.empty(),
                false);
        Path here = run(workspace("unstopped"), tune, EventListener.NOBODY, NONE);

        Jobs jobs = new Jobs(workspace("stopped"));
        StopSignal stop = new StopSignal();
        Set<String> begun = ConcurrentHashMap.newKeySet();
        EventListener stopping = new EventListener() {
            @Override
            public void on(Event event) {}

            @Override
            public EventListener beside(String name) {
                return event -> {
                    if (event instanceof EpochFinished) begun.add(name);
                    if (begun.size() == 2) stop.request();
                };
            }
        };
        Optional<JobResult> stopped =
                jobs.begin(JobYaml.Order.of(tune), Jobs.Going.ON).run(stopping, stop, TWO);

        assertThat(stopped).isEmpty();
        Path there = folder.resolve("stopped/runs/stripes-lenet-tune-1");
        for (int trial = 1; trial <= 2; trial++)
            assertThat(there.resolve("trial-00" + trial + "/checkpoints/last.safetensors"))
                    .exists();
        jobs.begin(JobYaml.Order.of(tune), Jobs.Going.ON).run(EventListener.NOBODY, new StopSignal(), TWO);
        assertThat(there.resolve("trials.csv")).hasSameTextualContentAs(here.resolve("trials.csv"));
    }
}
