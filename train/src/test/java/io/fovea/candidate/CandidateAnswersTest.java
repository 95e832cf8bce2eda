package io.fovea.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.hybrid.HybridFixture;
import io.fovea.image.Preprocessing;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.statistic.LinearHead;
import io.fovea.thread.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A process that judges candidates for another")
class CandidateAnswersTest {

    private static final Topology TOPOLOGY = new Topology(new Shape(1, HybridFixture.SIDE, HybridFixture.SIDE), 4, 6);

    @TempDir
    Path folder;

    private Dataset digits;
    private LabelledPictures training;
    private Layout layout;

    @BeforeEach
    void imports_digits() {
        digits = HybridFixture.digits(folder, 5);
        training = HybridFixture.pictures(digits, Split.TRAINING);
        Preprocessing preprocessing = HybridFixture.preprocessing(digits);
        layout = new Layout(TOPOLOGY, preprocessing, 10);
    }

    @AfterEach
    void closes_them() {
        digits.close();
    }

    @ParameterizedTest(name = "{0} pictures")
    @ValueSource(ints = {1, 8, 9, 50})
    void gives_the_losses_that_there_are_here(int pictures) {
        Basis basis = basis(1, pictures);
        try (AnsweringHere processes = new AnsweringHere(3);
                Workers workers = new Workers(2)) {
            CandidateLosses elsewhere = new LossesElsewhere(processes, digits, layout);
            CandidateLosses here = new LossesHere(layout, workers);

            for (Candidates candidates : List.of(filters(70), first(3), filters(2))) {
                assertThat(elsewhere.losses(basis, candidates)).isEqualTo(here.losses(basis, candidates));
            }
        }
    }

    @Test
    void is_asked_for_a_chunk_of_pictures_at_least() {
        try (AnsweringHere processes = new AnsweringHere(3)) {
            new LossesElsewhere(processes, digits, layout).losses(basis(1, 16), filters(2));

            assertThat(processes.questions()).isEqualTo(2);
        }
    }

    @Test
    void is_told_by_name_what_it_knows_and_all_of_it_when_it_does_not() {
        List<Integer> lengths = new ArrayList<>();
        Basis basis = basis(1, 8);
        try (CandidateAnswers knowing = new CandidateAnswers(1);
                CandidateAnswers fresh = new CandidateAnswers(1)) {
            CandidateLosses losses = losses(question -> {
                lengths.add(question.length);
                return (lengths.size() < 3 ? knowing : fresh).answer(question, UnaryOperator.identity());
            });

            double[] first = losses.losses(basis, filters(2));
            double[] second = losses.losses(basis, filters(2)); // by name
            double[] third = losses.losses(basis, filters(2)); // by name, unknown, all of it

            assertThat(second).isEqualTo(first);
            assertThat(third).isEqualTo(first);
            assertThat(lengths).hasSize(4);
            assertThat(lengths.get(1)).isEqualTo(lengths.get(2)).isLessThan(lengths.get(0));
            assertThat(lengths.get(3)).isEqualTo(lengths.get(0));
        }
    }

    @Test
    void does_not_take_another_basis_for_the_one_it_knows() {
        try (CandidateAnswers process = new CandidateAnswers(1);
                Workers workers = new Workers(1)) {
            CandidateLosses elsewhere = losses(question -> process.answer(question, UnaryOperator.identity()));
            elsewhere.losses(basis(1, 8), filters(2));
            Basis other = basis(2, 8);

            assertThat(elsewhere.losses(other, filters(2)))
                    .isEqualTo(new LossesHere(layout, workers).losses(other, filters(2)));
        }
    }

    @Nested
    @DisplayName("refuses")
    class Refuses {

        @Test
        void a_question_of_another_version() {
            Problem problem = refused(question -> {
                question[7]++;
                return question;
            });

            assertThat(problem.what())
                    .isEqualTo("The question about candidates has version 2, this process knows version 1.");
            assertThat(problem.where()).contains("another process");
            assertThat(problem.remedy()).contains("the same version of Fovea");
        }

        @Test
        void what_is_cut_off_or_no_question() {
            for (int length : new int[] {0, 7, 11, 12, 200, 2_000}) {
                assertThat(refused(question -> Arrays.copyOf(question, length)).what())
                        .contains("cut off, changed, or something else", length + " bytes");
            }
            assertThat(refused(question -> "What is the loss of these filters?".getBytes())
                            .what())
                    .contains("something else");
        }

        @Test
        void what_has_changed_on_the_way() {
            for (int at : new int[] {8, 100, 1_000}) {
                assertThat(refused(question -> {
                                    question[at] ^= 1;
                                    return question;
                                })
                                .what())
                        .contains("changed");
            }
        }

        @Test
        void a_dataset_that_is_not_there() throws IOException {
            byte[] question = question();
            digits.close();
            Files.move(folder.resolve("digits"), folder.resolve("elsewhere"));

            Problem problem = refused(question);

            assertThat(problem.what())
                    .contains("are not here", digits.contentHash().substring(0, 12), "found none");
            assertThat(problem.where()).contains(folder.resolve("digits").toString());
            assertThat(problem.remedy()).contains("by the same path");
        }

        @Test
        void another_dataset_in_its_place() throws IOException {
            byte[] question = question();
            digits.close();
            try (Stream<Path> files = Files.list(folder.resolve("digits"))) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(folder.resolve("digits"));
            String other;
            try (Dataset others = HybridFixture.digits(Files.createDirectories(folder.resolve("more")), 6)) {
                other = others.contentHash();
            }
            Files.move(folder.resolve("more/digits"), folder.resolve("digits"));

            Problem problem = refused(question);

            assertThat(problem.what())
                    .contains(
                            "Another dataset",
                            "expected the content hash " + digits.contentHash().substring(0, 12),
                            "found " + other.substring(0, 12));
            assertThat(problem.where()).contains(folder.resolve("digits").toString());
            assertThat(problem.remedy()).contains("the same workspace");
        }

        @Test
        void an_answer_to_something_else() {
            byte[][] kept = {{}};
            try (CandidateAnswers process = new CandidateAnswers(1)) {
                losses(question -> kept[0] = process.answer(question, UnaryOperator.identity()))
                        .losses(basis(1, 8), filters(3));
            }

            Problem problem = catchThrowableOfType(
                    Problem.class, () -> losses(_ -> kept[0]).losses(basis(1, 8), filters(2)));

            assertThat(problem.what()).contains("answer about candidates");
        }

        private byte[] question() {
            byte[][] kept = {{}};
            try (CandidateAnswers process = new CandidateAnswers(1)) {
                losses(question -> {
                            kept[0] = question.clone();
                            return process.answer(question, UnaryOperator.identity());
                        })
                        .losses(basis(1, 8), filters(2));
            }
            return kept[0];
        }

        private Problem refused(UnaryOperator<byte[]> change) {
            return refused(change.apply(question()));
        }

        private Problem refused(byte[] question) {
            try (CandidateAnswers process = new CandidateAnswers(1)) {
                return catchThrowableOfType(Problem.class, () -> process.answer(question, UnaryOperator.identity()));
            }
        }
    }

    /** Losses of one process that answers like this. */
    private CandidateLosses losses(UnaryOperator<byte[]> answer) {
        CandidateProcesses one = new CandidateProcesses() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public List<byte[]> ask(List<byte[]> questions) {
                return questions.stream().map(answer).toList();
            }
        };
        return new LossesElsewhere(one, digits, layout);
    }

    private Basis basis(long seed, int pictures) {
        SplittableRandom random = new SplittableRandom(seed);
        Kernels kernels = new Kernels(drawn(4 * 9, random), drawn(4, random), drawn(6 * 36, random), drawn(6, random));
        LinearHead head = new LinearHead(drawn(10 * TOPOLOGY.features(), random), drawn(10, random));
        int[] places =
                IntStream.range(0, pictures).map(n -> n * 7 % training.count()).toArray();
        return new Basis(kernels, head, training.select(places));
    }

    private static Candidates filters(int count) {
        List<Block> blocks = IntStream.range(0, count)
                .<Block>mapToObj(j -> new Block.Filter(j % 6))
                .toList();
        return new Candidates(blocks, drawn(count * 37, new SplittableRandom(count)));
    }

    private static Candidates first(int count) {
        List<Block> blocks = IntStream.range(0, count)
                .<Block>mapToObj(_ -> new Block.FirstLayer())
                .toList();
        return new Candidates(blocks, drawn(count * 4 * 10, new SplittableRandom(count)));
    }

    private static float[] drawn(int count, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = random.nextFloat() - 0.5f;
        return values;
    }
}
