package io.fovea.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.fovea.candidate.Basis;
import io.fovea.candidate.Block;
import io.fovea.candidate.Candidates;
import io.fovea.candidate.FeatureMaps;
import io.fovea.candidate.Kernels;
import io.fovea.candidate.LabelledPictures;
import io.fovea.candidate.Layout;
import io.fovea.candidate.LossesHere;
import io.fovea.candidate.Topology;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.statistic.LinearHead;
import io.fovea.thread.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("An evolution of kernels")
class EvolutionTest {

    private static final Topology TOPOLOGY = new Topology(new Shape(1, HybridFixture.SIDE, HybridFixture.SIDE), 4, 6);
    private static final int REFIT = 3;

    @TempDir
    static Path folder;

    private LabelledPictures training;
    private LabelledPictures validation;
    private Preprocessing preprocessing;

    @BeforeAll
    void imports_digits() {
        try (Dataset digits = HybridFixture.digits(folder, 20)) {
            training = HybridFixture.pictures(digits, Split.TRAINING);
            validation = HybridFixture.pictures(digits, Split.TEST);
            preprocessing = HybridFixture.preprocessing(digits);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "es-adam, PARALLEL, 7",
        "cma-es, SERIAL_FILTER, 2",
        "pso, PARALLEL, 7",
        "es-adam, SERIAL_LAYER, 8",
        "cma-es, SERIAL_LAYER, 8",
        "lm-ma-es, JOINT, 7"
    })
    void ends_with_the_same_bits_when_it_was_stopped(String search, EvolutionMode mode, int generations) {
        EvolutionSettings settings = settings(search, mode, generations);
        Evolution whole = run(settings, 1, 1);

        // within a stage, at a fit of the head, right after it, and next to the end
        for (long stop : new long[] {0, 1, REFIT, 4, whole.generations() - 1}) {
            byte[] kept = stopped(settings, stop);
            try (Workers workers = new Workers(1)) {
                Evolution resumed = evolution(settings, 1, workers);
                resumed.restore(EvolutionState.read(kept, "evolution.state", "identity"));
                assertThat(resumed.generation()).isEqualTo(stop);
                resumed.run(_ -> {}, () -> false);
                assertThat(bits(resumed)).as("stopped after " + stop).isEqualTo(bits(whole));
                assertThat(resumed.generation()).isEqualTo(whole.generations());
                assertThat(resumed.evaluations()).isEqualTo(whole.evaluations());
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"es-adam, PARALLEL", "sep-cma-es, SERIAL_LAYER", "pgpe, JOINT"})
    void has_the_same_bits_with_any_number_of_threads(String search, EvolutionMode mode) {
        EvolutionSettings settings = settings(search, mode, 5);

        assertThat(bits(run(settings, 1, 3))).isEqualTo(bits(run(settings, 1, 1)));
    }

    @Test
    void is_another_with_another_seed() {
        EvolutionSettings settings = settings("es-adam", EvolutionMode.PARALLEL, 3);

        assertThat(bits(run(settings, 2, 1))).isNotEqualTo(bits(run(settings, 1, 1)));
    }

    @Test
    void does_nothing_without_generations() {
        Evolution none = run(settings("es-adam", EvolutionMode.PARALLEL, 0), 1, 1);

        assertThat(bits(none)).isEqualTo(bits(KernelSource.random(TOPOLOGY, 9)));
        assertThat(none.evaluations()).isZero();
    }

    @Test
    void lowers_what_the_head_errs_by_and_tells_how_it_goes() {
        EvolutionSettings settings =
                new EvolutionSettings("es-adam", EvolutionMode.PARALLEL, 60, 200, 10, 0.12, Optional.empty());
        List<EvolutionProgress> seen = new ArrayList<>();
        try (Workers workers = new Workers(2)) {
            Evolution evolution = evolution(settings, 1, workers);
            evolution.run(seen::add, () -> false);

            assertThat(loss(evolution.kernels(), workers)).isLessThan(loss(KernelSource.random(TOPOLOGY, 9), workers));
        }
        EvolutionProgress last = seen.getLast();
        assertThat(last.generation()).isEqualTo(60);
        assertThat(last.generations()).isEqualTo(60);
        assertThat(last.best()).isLessThan(last.mean());
        assertThat(last.validationAccuracy().orElseThrow()).isBetween(0.2, 1.0);
        assertThat(last.left().orElse(Duration.ZERO)).isZero(); // told only once the speed is known
    }

    /** Returns the loss of the head that is fitted to kernels. */
    private double loss(Kernels kernels, Workers workers) {
        return loss(head(kernels, workers), kernels, workers);
    }

    private LinearHead head(Kernels kernels, Workers workers) {
        FeatureMaps maps = new FeatureMaps(TOPOLOGY, preprocessing, workers);
        maps.set(kernels);
        return new HeadFit(maps, 10, workers).ridge(training, 0.01);
    }

    private double loss(LinearHead head, Kernels kernels, Workers workers) {
        return losses(new Block.BothLayers(), kernels, new Basis(kernels, head, training), workers)[0];
    }

    /** Returns what comes of a part of other kernels in the place of that of the basis. */
    private double[] losses(Block block, Kernels others, Basis basis, Workers workers) {
        Block.Scales one = new Block.Scales(1, 1);
        double[][] candidate = {block.read(others, one)};
        return new LossesHere(new Layout(TOPOLOGY, preprocessing, 10), workers)
                .losses(basis, Candidates.of(List.of(block), List.<double[][]>of(candidate), others, one));
    }

    @Test
    void judges_a_filter_alone_as_it_judges_all_kernels() {
        try (Workers workers = new Workers(2)) {
            Kernels kernels = KernelSource.random(TOPOLOGY, 9);
            LinearHead head = head(kernels, workers);
            Kernels others = KernelSource.random(TOPOLOGY, 4);
            Block.Scales one = new Block.Scales(1, 1);
            Kernels changed = kernels.copy();
            new Block.Filter(2).write(new Block.Filter(2).read(others, one), changed, one);

            double[] alone = losses(new Block.Filter(2), others, new Basis(kernels, head, training), workers);

            assertThat(alone[0]).isCloseTo(loss(head, changed, workers), withinPercentage(0.001));
        }
    }

    @Nested
    @DisplayName("kept as bytes")
    class Kept {

        private final byte[] bytes = stopped(settings("es-adam", EvolutionMode.PARALLEL, 7), 4);

        @Test
        void is_read_as_it_was_written() {
            EvolutionState state = EvolutionState.read(bytes, "file", "identity");

            assertThat(state.bytes()).isEqualTo(bytes);
            assertThat(state.generation()).isEqualTo(4);
            assertThat(state.planned()).isEqualTo(7);
            assertThat(state.searches()).hasSize(6);
        }

        @Test
        void is_refused_when_it_is_cut_off_anywhere() {
            for (int length : new int[] {0, 1, 15, 16, 100, bytes.length / 2, bytes.length - 1}) {
                Problem problem = problem(Arrays.copyOf(bytes, length), "identity");
                assertThat(problem.what()).isEqualTo("The state of the evolution is damaged or cut off.");
                assertThat(problem.where()).isEqualTo("kept.state");
                assertThat(problem.remedy()).contains("begin anew");
            }
        }

        @Test
        void is_refused_when_a_byte_has_changed_anywhere() {
            for (int at = 0; at < bytes.length; at += 997) {
                byte[] changed = bytes.clone();
                changed[at] ^= 4;
                assertThat(problem(changed, "identity").what()).contains("damaged");
            }
        }

        @Test
        void is_refused_when_it_belongs_to_another_evolution_with_both_named() {
            Problem problem = problem(bytes, "mine, seed 2");

            assertThat(problem.what()).contains("another evolution", "expected mine, seed 2", "found identity");
            assertThat(problem.remedy()).contains("seed", "leave --resume out");
        }

        private static Problem problem(byte[] state, String identity) {
            return catchThrowableOfType(Problem.class, () -> EvolutionState.read(state, "kept.state", identity));
        }
    }

    private static EvolutionSettings settings(String search, EvolutionMode mode, int generations) {
        return new EvolutionSettings(search, mode, generations, 24, REFIT, 0.12, Optional.empty());
    }

    private Evolution evolution(EvolutionSettings settings, long seed, Workers workers) {
        return new Evolution(
                settings,
                new Layout(TOPOLOGY, preprocessing, 10),
                new LossesHere(new Layout(TOPOLOGY, preprocessing, 10), workers),
                KernelSource.random(TOPOLOGY, 9),
                training,
                validation,
                seed,
                "identity",
                workers);
    }

    private Evolution run(EvolutionSettings settings, long seed, int threads) {
        try (Workers workers = new Workers(threads)) {
            Evolution evolution = evolution(settings, seed, workers);
            evolution.run(_ -> {}, () -> false);
            return evolution;
        }
    }

    private byte[] stopped(EvolutionSettings settings, long generation) {
        try (Workers workers = new Workers(1)) {
            Evolution evolution = evolution(settings, 1, workers);
            evolution.run(_ -> {}, () -> evolution.generation() >= generation);
            return evolution.state().bytes();
        }
    }

    private static float[] bits(Evolution evolution) {
        return bits(evolution.kernels());
    }

    private static float[] bits(Kernels kernels) {
        float[] all = new float[kernels.count()];
        int at = 0;
        for (float[] part :
                List.of(kernels.firstWeight(), kernels.firstBias(), kernels.secondWeight(), kernels.secondBias())) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
