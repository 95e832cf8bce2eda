package io.fovea.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.batching.Rejection.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A queue that answers in batches")
class BatchQueueTest {

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    /** Answers a word with itself in capitals; waits until it may. */
    private static final class Capitals implements BatchRunner<String, String> {

        private final List<List<String>> batches = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public boolean together(String first, String other) {
            return first.charAt(0) == other.charAt(0);
        }

        @Override
        public List<String> answers(List<String> questions) {
            batches.add(questions);
            try {
                gate.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            if (questions.contains("bad")) throw new IllegalStateException("bad");
            return questions.stream()
                    .map(each -> each.toUpperCase(java.util.Locale.ROOT))
                    .toList();
        }

        @Override
        public void waited(long nanoseconds) {}

        @Override
        public void ran(int pictures, long nanoseconds) {}
    }

    private final Capitals capitals = new Capitals();

    @AfterEach
    void opens_the_gate() {
        capitals.gate.countDown();
        callers.close();
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    }

    private static String asked(BatchQueue<String, String> queue, String word, int pictures) {
        return asked(queue, word, pictures, Caller.STAYS, soon());
    }

    private static String asked(
            BatchQueue<String, String> queue, String word, int pictures, Caller caller, long deadline) {
        try (BatchQueue<String, String>.Place place = queue.reserve(pictures, caller, deadline)) {
            return place.ask(word);
        }
    }

    private CompletableFuture<String> later(BatchQueue<String, String> queue, String word, int pictures) {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> asked(queue, word, pictures), callers);
        return answer;
    }

    private static void until(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    /** Keeps the only worker busy with a first word until the gate opens. */
    private CompletableFuture<String> busy(BatchQueue<String, String> queue) {
        capitals.gate = new CountDownLatch(1);
        CompletableFuture<String> first = later(queue, "first", 1);
        until(() -> capitals.batches.size() == 1);
        return first;
    }

    @Test
    void answers_one_that_comes_alone_without_waiting_for_others() {
        try (BatchQueue<String, String> queue = new BatchQueue<>("m", new QueueLimits(8, 8, 1), capitals)) {
            assertThat(asked(queue, "one", 1)).isEqualTo("ONE");
            assertThat(capitals.batches).containsExactly(List.of("one"));
        }
    }

    @Test
    void joins_what_waits_while_the_worker_is_busy_as_far_as_a_batch_holds_and_it_goes_together() {
        try (BatchQueue<String, String> queue = new BatchQueue<>("m", new QueueLimits(16, 4, 1), capitals)) {
            busy(queue);
            List<CompletableFuture<String>> answers = new ArrayList<>();
            int taken = 1;
            for (String word : List.of("a1", "b1", "a2", "a3", "a4")) {
                answers.add(later(queue, word, word.equals("a3") ? 2 : 1));
                taken += word.equals("a3") ? 2 : 1;
                int wanted = taken;
                until(() -> queue.taken() == wanted && queue.waiting() == answers.size());
            }
            capitals.gate.countDown();
            assertThat(answers.stream().map(CompletableFuture::join)).containsExactly("A1", "B1", "A2", "A3", "A4");
            assertThat(capitals.batches)
                    .containsExactly(List.of("first"), List.of("a1", "a2", "a3"), List.of("b1"), List.of("a4"));
        }
    }

    @Test
    void refuses_at_once_what_has_no_place_and_takes_it_once_there_is_one() {
        try (BatchQueue<String, String> queue = new BatchQueue<>("m", new QueueLimits(2, 2, 1), capitals)) {
            CompletableFuture<String> first = busy(queue);
            CompletableFuture<String> second = later(queue, "second", 1);
            until(() -> queue.taken() == 2);
            assertThatThrownBy(() -> asked(queue, "third", 1))
                    .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.reason())
                            .isEqualTo(Reason.FULL))
                    .hasMessageContaining("2 of 2 pictures");
            capitals.gate.countDown();
            first.join();
            second.join();
            until(() -> queue.taken() == 0);
            assertThat(asked(queue, "third", 1)).isEqualTo("THIRD");
        }
    }

    @Test
    void refuses_for_good_what_is_larger_than_all_its_places() {
        try (BatchQueue<String, String> queue = new BatchQueue<>("m", new QueueLimits(2, 2, 1), capitals)) {
            assertThatThrownBy(() -> asked(queue, "many", 3))
                    .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.reason())
                            .isEqualTo(Reason.TOO_LARGE));
        }
    }

    @Test
    void gives_up_what_waits_beyond_its_deadline() {
        try (BatchQueue<String, String> queue = new BatchQueue<>("m", new QueueLimits(4, 2, 1), capitals)) {
            busy(queue);
            assertThatThrownBy(() -> asked(queue, "late", 1, Caller.STAYS, System.nanoTime() + 1))
                    .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.reason())
                            .isEqualTo(Reason.LATE));
            assertThat(queue.taken()).isEqualTo(1);
            capitals.gate.countDown();
        }
        assertThat(capitals.batches).containsExactly(List.of("first"));
    }

    @Test
    void frees_the_place_of_a_caller_that_goes_away() {
        try (BatchQueue<String, String> queue = new BatchQueue<>("m", new QueueLimits(2, 2, 1), capitals)) {
            busy(queue);
            AtomicBoolean gone = new AtomicBoolean();
            CompletableFuture<String> leaving =
                    CompletableFuture.supplyAsync(() -> asked(queue, "leaving", 1, gone::get, soon()), callers);
            until(() -> queue.waiting() == 1);
            gone.set(true);
            until(() -> queue.taken() == 1);
            assertThatThrownBy(leaving::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(Rejection.class);
            capitals.gate.countDown();
        }
    }

    @Test
    void lets_one_bad_question_spoil_no_other() {
        try (BatchQueue<String, String> queue = new BatchQueue<>("m", new QueueLimits(8, 8, 1), capitals)) {
            busy(queue);
            CompletableFuture<String> good = later(queue, "bold", 1);
            CompletableFuture<String> bad = later(queue, "bad", 1);
            until(() -> queue.waiting() == 2);
            capitals.gate.countDown();
            assertThat(good.join()).isEqualTo("BOLD");
            assertThatThrownBy(bad::join).hasMessageContaining("bad");
        }
    }

    @Test
    void answers_what_has_a_place_when_it_is_closed_and_takes_no_more() {
        BatchQueue<String, String> queue = new BatchQueue<>("m", new QueueLimits(8, 1, 1), capitals);
        CompletableFuture<String> first = busy(queue);
        CompletableFuture<String> second = later(queue, "second", 1);
        until(() -> queue.waiting() == 1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(queue::close, callers);
        until(() -> {
            try {
                asked(queue, "x", 1, Caller.STAYS, System.nanoTime());
                return false;
            } catch (Rejection rejection) {
                return rejection.reason() == Reason.CLOSED;
            }
        });
        capitals.gate.countDown();
        assertThat(first.join()).isEqualTo("FIRST");
        assertThat(second.join()).isEqualTo("SECOND");
        closing.join();
    }
}
