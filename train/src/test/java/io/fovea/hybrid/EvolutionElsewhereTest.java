package io.fovea.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.fovea.candidate.AnsweringHere;
import io.fovea.candidate.CandidateLosses;
import io.fovea.candidate.Kernels;
import io.fovea.candidate.LabelledPictures;
import io.fovea.candidate.Layout;
import io.fovea.candidate.LossesElsewhere;
import io.fovea.candidate.LossesHere;
import io.fovea.candidate.Topology;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.network.Shape;
import io.fovea.thread.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("An evolution whose candidates are judged by other processes")
class EvolutionElsewhereTest {

    private static final Topology TOPOLOGY = new Topology(new Shape(1, HybridFixture.SIDE, HybridFixture.SIDE), 4, 6);

    @TempDir
    static Path folder;

    private Dataset digits;
    private LabelledPictures training;
    private LabelledPictures validation;
    private Layout layout;

    /** What an evolution came to: every loss that it told, and its kernels. */
    private record Course(List<Double> losses, Kernels kernels) {

        void isThatOf(Course other, String words) {
            assertThat(losses).as(words).isEqualTo(other.losses);
            assertThat(kernels.firstWeight()).as(words).isEqualTo(other.kernels.firstWeight());
            assertThat(kernels.firstBias()).as(words).isEqualTo(other.kernels.firstBias());
            assertThat(kernels.secondWeight()).as(words).isEqualTo(other.kernels.secondWeight());
            assertThat(kernels.secondBias()).as(words).isEqualTo(other.kernels.secondBias());
        }
    }

    @BeforeAll
    void imports_digits() {
        digits = HybridFixture.digits(folder, 20);
        training = HybridFixture.pictures(digits, Split.TRAINING);
        validation = HybridFixture.pictures(digits, Split.TEST);
        layout = new Layout(TOPOLOGY, HybridFixture.preprocessing(digits), 10);
    }

    @AfterAll
    void closes_them() {
        digits.close();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "es-adam, PARALLEL, 5",
        "cma-es, PARALLEL, 5",
        "cma-es, SERIAL_FILTER, 2",
        "pgpe, SERIAL_FILTER, 2",
        "es-adam, SERIAL_LAYER, 8",
        "cma-es, SERIAL_LAYER, 8",
        "lm-ma-es, JOINT, 4",
        "pgpe, JOINT, 4"
    })
    void has_the_same_bits_as_here_whatever_their_number(String search, EvolutionMode mode, int generations) {
        // 27 pictures: the last chunk is not whole
        EvolutionSettings settings = new EvolutionSettings(search, mode, generations, 27, 3, 0.12, Optional.empty());
        Course here = here(settings, 1);

        here(settings, 2).isThatOf(here, "here, two threads");
        elsewhere(settings, 1, _ -> {}).isThatOf(here, "one process");
        elsewhere(settings, 3, _ -> {}).isThatOf(here, "three processes");
        int[] generation = {0};
        elsewhere(settings, 2, processes -> {
                    if (++generation[0] == 2) processes.lose();
                })
                .isThatOf(here, "two processes, one of them lost, two that come late");
    }

    private Course here(EvolutionSettings settings, int threads) {
        try (Workers workers = new Workers(threads)) {
            return course(settings, new LossesHere(layout, workers), workers, () -> {});
        }
    }

    private Course elsewhere(EvolutionSettings settings, int count, Consumer<AnsweringHere> between) {
        try (Workers workers = new Workers(1);
                AnsweringHere processes = new AnsweringHere(count)) {
            LossesElsewhere losses = new LossesElsewhere(processes, digits, layout);
            Course course = course(settings, losses, workers, () -> between.accept(processes));
            assertThat(processes.questions()).isPositive();
            return course;
        }
    }

    private Course course(EvolutionSettings settings, CandidateLosses losses, Workers workers, Runnable between) {
        List<Double> told = new ArrayList<>();
        Evolution evolution = new Evolution(
                settings,
                layout,
                losses,
                KernelSource.random(TOPOLOGY, 9),
                training,
                validation,
                1,
                "identity",
                workers);
        evolution.run(
                progress -> {
                    told.add(progress.best());
                    told.add(progress.mean());
                    between.run();
                },
                () -> false);
        return new Course(told, evolution.kernels());
    }
}
