package io.fovea.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.image.Target;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A batch loader")
@Timeout(60)
class BatchLoaderTest {

    private static final Augmentation EVERYTHING = new Augmentation(
            0.5, 0.5, 0.5, 180, 0.5, 2, 1, RandomCrop.from(0.3), 0.5, 0.5, 0.5, 0.5, 0.5, 0.2, 0.5, 0.4, 1);

    private static BatchSettings settings(int batchSize, Order order, Remainder remainder, int threads) {
        return new BatchSettings(batchSize, Augmentation.NONE, order, remainder, 7, threads);
    }

    private static BatchSettings shuffled(long seed, int threads) {
        return BatchSettings.forTraining(4, Augmentation.NONE, seed, threads);
    }

    /** What a batch held when it was handed out: the buffers themselves are used again. */
    private record Seen(List<Integer> examples, List<Integer> labels, List<Integer> values) {}

    /** The same of a batch whose pictures are mixed. */
    private record Mixed(Seen seen, List<Integer> secondLabels, List<Float> shares) {}

    private static Seen seen(Batch batch) {
        return new Seen(
                IntStream.range(0, batch.size())
                        .mapToObj(i -> batch.examples()[i])
                        .toList(),
                IntStream.range(0, batch.size())
                        .mapToObj(i -> batch.labels()[i])
                        .toList(),
                IntStream.range(0, batch.size() * 4)
                        .mapToObj(i -> batch.pixels()[i] & 0xff)
                        .toList());
    }

    private static List<Seen> rest(BatchLoader loader) {
        List<Seen> batches = new ArrayList<>();
        for (Optional<Batch> batch = loader.next(); batch.isPresent(); batch = loader.next())
            batches.add(seen(batch.get()));
        return batches;
    }

    private static List<Seen> epoch(int count, BatchSettings settings, int epoch, int firstBatch) {
        try (BatchLoader loader = new BatchLoader(new NumberedPictures(count), settings)) {
            loader.start(epoch, firstBatch);
            return rest(loader);
        }
    }

    private static List<Integer> order(int count, BatchSettings settings, int epoch) {
        return epoch(count, settings, epoch, 0).stream()
                .flatMap(batch -> batch.examples().stream())
                .toList();
    }

    @Nested
    @DisplayName("going through an epoch")
    class Epoch {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 3})
        void gives_every_picture_with_its_label_and_its_number(int threads) {
            List<Seen> batches = epoch(5, settings(2, Order.SEQUENTIAL, Remainder.KEEP, threads), 0, 0);

            assertThat(batches)
                    .containsExactly(
                            new Seen(List.of(0, 1), List.of(0, 1), List.of(0, 0, 0, 0, 1, 1, 1, 1)),
                            new Seen(List.of(2, 3), List.of(2, 3), List.of(2, 2, 2, 2, 3, 3, 3, 3)),
                            new Seen(List.of(4), List.of(4), List.of(4, 4, 4, 4)));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void leaves_the_incomplete_batch_out_on_request(int threads) {
            assertThat(order(5, settings(2, Order.SEQUENTIAL, Remainder.DROP, threads), 0))
                    .containsExactly(0, 1, 2, 3);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void lets_a_single_picture_join_the_batch_before_it_on_request(int threads) {
            List<Seen> batches = epoch(5, settings(2, Order.SEQUENTIAL, Remainder.JOIN_SINGLE, threads), 0, 0);

            assertThat(batches).extracting(Seen::examples).containsExactly(List.of(0, 1), List.of(2, 3, 4));
            assertThat(epoch(5, settings(3, Order.SEQUENTIAL, Remainder.JOIN_SINGLE, threads), 0, 0))
                    .extracting(Seen::examples)
                    .containsExactly(List.of(0, 1, 2), List.of(3, 4));
            assertThat(epoch(1, settings(3, Order.SEQUENTIAL, Remainder.JOIN_SINGLE, threads), 0, 0))
                    .extracting(Seen::examples)
                    .containsExactly(List.of(0));
        }

        @Test
        void counts_its_batches() {
            assertThat(batches(129, 64, Remainder.JOIN_SINGLE)).isEqualTo(2);
            assertThat(batches(130, 64, Remainder.JOIN_SINGLE)).isEqualTo(3);
            assertThat(batches(128, 64, Remainder.KEEP)).isEqualTo(2);
            assertThat(batches(129, 64, Remainder.KEEP)).isEqualTo(3);
            assertThat(batches(129, 64, Remainder.DROP)).isEqualTo(2);
            assertThat(batches(0, 64, Remainder.KEEP)).isZero();
        }

        private int batches(int count, int batchSize, Remainder remainder) {
            BatchSettings settings = settings(batchSize, Order.SEQUENTIAL, remainder, 0);
            try (BatchLoader loader = new BatchLoader(new NumberedPictures(count), settings)) {
                return loader.batchesPerEpoch();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void gives_nothing_when_there_is_no_picture(int threads) {
            assertThat(epoch(0, settings(2, Order.SHUFFLED, Remainder.KEEP, threads), 0, 0))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void goes_on_giving_nothing_at_the_end(int threads) {
            try (BatchLoader loader = new BatchLoader(new NumberedPictures(1), shuffled(1, threads))) {
                loader.start(0, 0);
                assertThat(loader.next()).isPresent();
                assertThat(loader.next()).isEmpty();
                assertThat(loader.next()).isEmpty();
            }
        }

        @Test
        void gives_one_smaller_batch_when_the_batch_size_exceeds_the_set() {
            try (BatchLoader loader =
                    new BatchLoader(new NumberedPictures(3), settings(64, Order.SEQUENTIAL, Remainder.KEEP, 0))) {
                loader.start(0, 0);
                Batch batch = loader.next().orElseThrow();

                assertThat(batch.size()).isEqualTo(3);
                assertThat(batch.pixels())
                        .as("no memory for pictures that never come")
                        .hasSize(3 * 4);
            }
        }

        @Test
        void refuses_complete_batches_that_the_set_cannot_fill() {
            BatchSettings settings = settings(64, Order.SEQUENTIAL, Remainder.DROP, 0);

            assertThatThrownBy(() -> new BatchLoader(new NumberedPictures(3), settings))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.what()).isEqualTo("A batch needs 64 pictures, but there are only 3.");
                        assertThat(problem.remedy())
                                .isEqualTo("choose a batch size of at most 3, or keep the incomplete batch");
                    });
        }
    }

    @Nested
    @DisplayName("shuffling")
    class Shuffling {

        @Test
        void visits_every_picture_once() {
            assertThat(order(100, shuffled(1, 0), 0))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).boxed().toList())
                    .isNotEqualTo(IntStream.range(0, 100).boxed().toList());
        }

        @Test
        void keeps_the_order_that_belongs_to_a_seed_for_all_time() {
            assertThat(order(10, shuffled(1, 0), 0)).containsExactly(3, 7, 1, 4, 2, 6, 8, 5, 0, 9);
            assertThat(order(10, shuffled(1, 0), 1)).containsExactly(0, 5, 1, 3, 8, 6, 2, 7, 9, 4);
        }

        @Test
        void differs_from_epoch_to_epoch_and_from_seed_to_seed() {
            assertThat(List.of(
                            order(100, shuffled(1, 0), 0),
                            order(100, shuffled(1, 0), 1),
                            order(100, shuffled(2, 0), 0),
                            order(100, shuffled(2, 0), 1)))
                    .doesNotHaveDuplicates();
        }

        @Test
        void gives_each_of_the_six_orders_of_three_pictures_equally_often() {
            int[] counts = new int[27];
            for (int epoch = 0; epoch < 6000; epoch++) {
                EpochOrder order = new EpochOrder(new NumberedPictures(3), Order.SHUFFLED, 1);
                order.start(epoch);
                counts[order.example(0) * 9 + order.example(1) * 3 + order.example(2)]++;
            }

            // 1000 expected each, standard deviation 29
            assertThat(Arrays.stream(counts).filter(count -> count > 0))
                    .hasSize(6)
                    .allMatch(count -> count > 880 && count < 1120);
        }
    }

    @Nested
    @DisplayName("balancing the classes")
    class Balancing {

        private static final int[] LABELS = {0, 0, 0, 0, 0, 0, 1, 1, 2};

        private static List<Integer> labels(int epoch, int threads) {
            BatchSettings settings =
                    BatchSettings.forTraining(4, Augmentation.NONE, 1, threads).withOrder(Order.BALANCED);
            List<Integer> labels = new ArrayList<>();
            try (BatchLoader loader = new BatchLoader(new LabelledPictures(LABELS), settings)) {
                loader.start(epoch, 0);
                for (Optional<Batch> batch = loader.next(); batch.isPresent(); batch = loader.next()) {
                    for (int row = 0; row < batch.get().size(); row++)
                        labels.add(batch.get().labels()[row]);
                }
            }
            return labels;
        }

        @Test
        void gives_every_class_equally_often_in_an_epoch_of_the_usual_length() {
            assertThat(labels(0, 0)).containsExactlyInAnyOrder(0, 0, 0, 1, 1, 1, 2, 2, 2);
        }

        @Test
        void mixes_the_classes() {
            assertThat(IntStream.range(0, 20)
                            .mapToObj(epoch -> labels(epoch, 0))
                            .distinct())
                    .hasSizeGreaterThan(15);
        }

        @Test
        void gives_the_same_order_for_any_number_of_threads() {
            assertThat(labels(3, 4)).isEqualTo(labels(3, 0));
        }
    }

    @Nested
    @DisplayName("with several threads")
    class Threads {

        @Test
        void gives_the_same_bytes_for_any_number_of_threads() {
            List<Seen> alone = epoch(203, BatchSettings.forTraining(8, EVERYTHING, 5, 0), 3, 0);

            for (int threads = 1; threads <= 8; threads++) {
                assertThat(epoch(203, BatchSettings.forTraining(8, EVERYTHING, 5, threads), 3, 0))
                        .as("%d threads", threads)
                        .isEqualTo(alone);
            }
        }

        @Test
        void mixes_the_same_pictures_for_any_number_of_threads() {
            List<Mixed> alone = mixed(0);

            for (int threads = 1; threads <= 4; threads++) {
                assertThat(mixed(threads)).as("%d threads", threads).isEqualTo(alone);
            }
        }

        private List<Mixed> mixed(int threads) {
            List<Mixed> batches = new ArrayList<>();
            BatchSettings settings = BatchSettings.forTraining(8, EVERYTHING, 5, threads);
            try (BatchLoader loader = new BatchLoader(new NumberedPictures(203), settings)) {
                loader.start(3, 0);
                for (Optional<Batch> next = loader.next(); next.isPresent(); next = loader.next()) {
                    Batch batch = next.get();
                    batches.add(new Mixed(
                            seen(batch),
                            IntStream.range(0, batch.size())
                                    .mapToObj(i -> batch.secondLabels()[i])
                                    .toList(),
                            IntStream.range(0, batch.size())
                                    .mapToObj(i -> batch.shares()[i])
                                    .toList()));
                }
            }
            return batches;
        }

        @Test
        void varies_a_picture_anew_in_each_epoch() {
            BatchSettings settings =
                    new BatchSettings(1, Augmentation.NONE.withNoise(0.5), Order.SEQUENTIAL, Remainder.KEEP, 5, 0);

            assertThat(epoch(1, settings, 0, 0)).isNotEqualTo(epoch(1, settings, 1, 0));
        }

        @Test
        void leaves_a_batch_alone_until_the_next_is_asked_for() throws InterruptedException {
            AtomicInteger loaded = new AtomicInteger();
            CountDownLatch ringIsFull = new CountDownLatch(5);
            PictureSource source = loading(100, example -> {
                loaded.incrementAndGet();
                ringIsFull.countDown();
            });
            try (BatchLoader loader = new BatchLoader(source, settings(1, Order.SEQUENTIAL, Remainder.KEEP, 2))) {
                loader.start(0, 0);
                Batch first = loader.next().orElseThrow();
                assertThat(loaded.get())
                        .as("never more than the ring of 2 + 2 holds")
                        .isLessThanOrEqualTo(4);
                loader.next();
                assertThat(ringIsFull.await(30, TimeUnit.SECONDS))
                        .as("the freed buffer is filled")
                        .isTrue();
                assertThat(first.size()).isEqualTo(1);
            }
        }

        @Test
        void starts_another_epoch_in_the_middle_of_one() {
            List<Seen> expected = epoch(50, shuffled(9, 0), 1, 0);
            try (BatchLoader loader = new BatchLoader(new NumberedPictures(50), shuffled(9, 3))) {
                for (int attempt = 0; attempt < 200; attempt++) {
                    loader.start(0, attempt % 5);
                    loader.next();
                    loader.start(1, 0);
                    assertThat(rest(loader)).isEqualTo(expected);
                }
            }
        }
    }

    @Nested
    @DisplayName("starting at a later batch")
    class Resuming {

        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void gives_the_same_batches_as_if_it_had_gone_through_the_earlier_ones(int threads) {
            BatchSettings settings = BatchSettings.forTraining(4, EVERYTHING, 5, threads);
            List<Seen> whole = epoch(30, settings, 2, 0);

            assertThat(epoch(30, settings, 2, 5)).isEqualTo(whole.subList(5, 8));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void loads_no_picture_of_the_batches_it_passes_over(int threads) {
            List<Integer> loaded = new ArrayList<>();
            PictureSource source = loading(10, example -> {
                synchronized (loaded) {
                    loaded.add(example);
                }
            });
            try (BatchLoader loader = new BatchLoader(source, settings(2, Order.SEQUENTIAL, Remainder.KEEP, threads))) {
                loader.start(0, 4);
                rest(loader);
            }

            assertThat(loaded).containsExactlyInAnyOrder(8, 9);
        }

        @Test
        void may_start_at_the_end() {
            assertThat(epoch(10, shuffled(1, 1), 0, 3)).isEmpty();
        }

        @Test
        void refuses_a_batch_beyond_the_end() {
            assertThatThrownBy(() -> epoch(10, shuffled(1, 1), 0, 4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("firstBatch must be 0 to 3, not 4");
        }
    }

    @Nested
    @DisplayName("when a picture cannot be loaded")
    class Faults {

        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void gives_the_batches_before_it_and_then_the_problem(int threads) {
            Problem problem = new Problem("The picture is damaged.", "picture 5", "import again");
            PictureSource source = loading(8, example -> {
                if (example == 5) throw problem;
            });
            try (BatchLoader loader = new BatchLoader(source, settings(2, Order.SEQUENTIAL, Remainder.KEEP, threads))) {
                loader.start(0, 0);
                assertThat(seen(loader.next().orElseThrow()).examples()).containsExactly(0, 1);
                assertThat(seen(loader.next().orElseThrow()).examples()).containsExactly(2, 3);
                assertThatThrownBy(loader::next).isSameAs(problem);
                assertThatThrownBy(loader::next).as("again, not past it").isSameAs(problem);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void names_batch_and_epoch_of_any_other_failure(int threads) {
            PictureSource source = loading(8, example -> {
                throw new StackOverflowError("deep");
            });
            try (BatchLoader loader = new BatchLoader(source, settings(2, Order.SEQUENTIAL, Remainder.KEEP, threads))) {
                loader.start(3, 1);
                assertThatThrownBy(loader::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Batch 1 of epoch 3 could not be loaded: java.lang.StackOverflowError: deep")
                        .hasCauseInstanceOf(StackOverflowError.class);
            }
        }

        @Test
        void can_start_again_after_it() {
            AtomicInteger failures = new AtomicInteger(1);
            PictureSource source = loading(4, example -> {
                if (failures.getAndDecrement() > 0) throw new IllegalStateException("once");
            });
            try (BatchLoader loader = new BatchLoader(source, settings(4, Order.SEQUENTIAL, Remainder.KEEP, 1))) {
                loader.start(0, 0);
                assertThatThrownBy(loader::next).isInstanceOf(IllegalStateException.class);
                loader.start(0, 0);
                assertThat(rest(loader)).hasSize(1);
            }
        }
    }

    @Nested
    @DisplayName("at its start and end")
    class Lifetime {

        @Test
        void must_be_started() {
            try (BatchLoader loader = new BatchLoader(new NumberedPictures(3), shuffled(1, 1))) {
                assertThatThrownBy(loader::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("start(epoch, firstBatch) must come before next()");
            }
        }

        @Test
        void gives_nothing_after_it_was_closed() {
            BatchLoader loader = new BatchLoader(new NumberedPictures(3), shuffled(1, 1));
            loader.start(0, 0);
            loader.close();
            loader.close();

            assertThatThrownBy(loader::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The batch loader is closed");
            assertThatThrownBy(() -> loader.start(0, 0)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void touches_no_picture_once_close_has_returned() throws InterruptedException {
            AtomicInteger inside = new AtomicInteger();
            CountDownLatch begun = new CountDownLatch(2);
            PictureSource source = loading(1000, example -> {
                inside.incrementAndGet();
                begun.countDown();
                Thread.yield();
                inside.decrementAndGet();
            });
            BatchLoader loader = new BatchLoader(source, settings(500, Order.SEQUENTIAL, Remainder.KEEP, 2));
            loader.start(0, 0);
            begun.await();
            loader.close();

            assertThat(inside).hasValue(0);
        }

        @Test
        void keeps_the_interrupt_of_a_thread_that_waits_for_a_batch() {
            CountDownLatch interrupted = new CountDownLatch(1);
            PictureSource source = loading(1, example -> {
                try {
                    interrupted.await();
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
            });
            try (BatchLoader loader = new BatchLoader(source, settings(1, Order.SEQUENTIAL, Remainder.KEEP, 1))) {
                loader.start(0, 0);
                Thread.currentThread().interrupt();
                Thread.ofPlatform().daemon().start(interrupted::countDown);
                assertThat(loader.next()).isPresent();
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @FunctionalInterface
    private interface OnLoad {
        void loading(int example);
    }

    private static PictureSource loading(int count, OnLoad listener) {
        NumberedPictures pictures = new NumberedPictures(count);
        return new PictureSource() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public int height() {
                return 2;
            }

            @Override
            public int width() {
                return 2;
            }

            @Override
            public int channels() {
                return 1;
            }

            @Override
            public int label(int example) {
                return pictures.label(example);
            }

            @Override
            public List<Target> targets() {
                return List.of();
            }

            @Override
            public void copyTargets(int example, float[] out, int offset) {}

            @Override
            public void copyPicture(int example, byte[] target, int offset) {
                listener.loading(example);
                pictures.copyPicture(example, target, offset);
            }
        };
    }
}
