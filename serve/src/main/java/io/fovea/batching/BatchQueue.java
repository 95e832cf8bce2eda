package io.fovea.batching;

import io.fovea.batching.Rejection.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue of questions, and the threads that answer them in batches. Threads share it.
 *
 * <pre>{@code
 * try (BatchQueue<Q, A>.Place place = queue.reserve(1, caller, deadline)) {
 *     return place.ask(question);
 * }
 * }</pre>
 *
 * @param <Q> a question, about one picture or several
 * @param <A> an answer
 */
public final class BatchQueue<Q, A> implements AutoCloseable {

    /** How often a waiting thread looks whether its caller is still there. */
    private static final long LOOK_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String name;
    private final QueueLimits limits;
    private final BatchRunner<Q, A> runner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition freed = lock.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<Thread> workers = new ArrayList<>();
    private int taken; // pictures that have a place
    private boolean closed;
    private boolean over; // closed, and nobody has a place any more

    /**
     * Starts the workers.
     *
     * @param name of the model, for problems and threads
     */
    public BatchQueue(String name, QueueLimits limits, BatchRunner<Q, A> runner) {
        this.name = name;
        this.limits = limits;
        this.runner = runner;
        for (int i = 0; i < limits.workers(); i++)
            workers.add(Thread.ofPlatform().daemon().name("batches of " + name).start(this::work));
    }

    /** Returns what it was opened with. */
    public QueueLimits limits() {
        return limits;
    }

    /** Returns how many pictures have a place now. */
    public int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many questions no worker has taken yet. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes places for a question that is still to be made ready.
     *
     * @param pictures how many it is about
     * @param deadline of {@link System#nanoTime}; a question that still waits then is given up
     * @throws Rejection if there are not so many, or the queue is closed
     */
    public Place reserve(int pictures, Caller caller, long deadline) {
        if (pictures < 1) throw new IllegalArgumentException("A question is about 1 picture or more: " + pictures);
        lock.lock();
        try {
            if (closed) throw new Rejection(Reason.CLOSED, "The model \"" + name + "\" is being put away.");
            if (pictures > limits.places())
                throw new Rejection(
                        Reason.TOO_LARGE,
                        "The request is about " + pictures + " pictures, and the model \"" + name + "\" takes "
                                + limits.places() + " at once.");
            if (pictures > limits.places() - taken)
                throw new Rejection(
                        Reason.FULL,
                        "The queue of the model \"" + name + "\" is full: " + taken + " of " + limits.places()
                                + " pictures are under way.");
            taken += pictures;
            return new Place(pictures, caller, deadline);
        } finally {
            lock.unlock();
        }
    }

    /** A place in the queue, for one thread; closing it frees it. */
    public final class Place implements AutoCloseable {

        private final int pictures;
        private final Caller caller;
        private final long deadline;
        private boolean free;

        private Place(int pictures, Caller caller, long deadline) {
            this.pictures = pictures;
            this.caller = caller;
            this.deadline = deadline;
        }

        /**
         * Checks that an answer is still wanted; for whoever makes a question ready.
         *
         * @throws Rejection if the deadline has passed or the caller is gone
         */
        public void checkWanted() {
            if (System.nanoTime() - deadline >= 0) throw late();
            if (caller.isGone()) throw gone();
        }

        /**
         * Waits for the answer.
         *
         * @throws Rejection if the deadline passes or the caller goes away before a worker takes the question
         * @throws RuntimeException as the runner throws it
         */
        public A ask(Q question) {
            Waiting asked = new Waiting(question, pictures);
            lock.lock();
            try {
                if (free) throw new IllegalStateException("The place is free already");
                waiting.add(asked);
                arrived.signal();
            } finally {
                lock.unlock();
            }
            try {
                return waitFor(asked);
            } catch (InterruptedException stopped) {
                withdraw(asked);
                Thread.currentThread().interrupt();
                throw gone();
            }
        }

        private A waitFor(Waiting asked) throws InterruptedException {
            while (true) {
                long left = deadline - System.nanoTime();
                try {
                    return asked.answer.get(Math.max(1, Math.min(left, LOOK_NANOSECONDS)), TimeUnit.NANOSECONDS);
                } catch (TimeoutException stillWaiting) {
                    boolean late = System.nanoTime() - deadline >= 0;
                    if (!late && !caller.isGone()) continue;
                    if (withdraw(asked)) throw late ? late() : gone();
                    return end(asked);
                } catch (ExecutionException failed) {
                    throw thrown(failed);
                }
            }
        }

        /** A worker has it: its answer comes. */
        private A end(Waiting asked) throws InterruptedException {
            try {
                return asked.answer.get();
            } catch (ExecutionException failed) {
                throw thrown(failed);
            }
        }

        private Rejection late() {
            return new Rejection(
                    Reason.LATE, "The request waited longer for the model \"" + name + "\" than it may take.");
        }

        private Rejection gone() {
            return new Rejection(Reason.GONE, "The caller has gone.");
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (free) return;
                free = true;
                taken -= pictures;
                freed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private static RuntimeException thrown(ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException known) return known;
        if (failed.getCause() instanceof Error grave) throw grave;
        throw new IllegalStateException(failed.getCause());
    }

    private boolean withdraw(Waiting asked) {
        lock.lock();
        try {
            return waiting.remove(asked);
        } finally {
            lock.unlock();
        }
    }

    /** A question in the queue; equal only to itself. */
    private final class Waiting {

        private final Q question;
        private final int pictures;
        private final long since = System.nanoTime();
        private final CompletableFuture<A> answer = new CompletableFuture<>();

        Waiting(Q question, int pictures) {
            this.question = question;
            this.pictures = pictures;
        }
    }

    private void work() {
        while (true) {
            List<Waiting> batch;
            try {
                batch = take();
            } catch (InterruptedException ended) {
                return;
            }
            if (batch.isEmpty()) return;
            run(batch);
        }
    }

    /** Returns the next batch; empty when all is over. */
    private List<Waiting> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                if (over) return List.of();
                arrived.await();
            }
            List<Waiting> batch = new ArrayList<>(List.of(waiting.poll()));
            int pictures = batch.getFirst().pictures;
            for (Iterator<Waiting> others = waiting.iterator(); others.hasNext() && pictures < limits.batch(); ) {
                Waiting other = others.next();
                boolean fits = pictures + other.pictures <= limits.batch()
                        && runner.together(batch.getFirst().question, other.question);
                if (!fits) continue;
                others.remove();
                batch.add(other);
                pictures += other.pictures;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void run(List<Waiting> batch) {
        long begin = System.nanoTime();
        for (Waiting each : batch) runner.waited(begin - each.since);
        try {
            List<A> answers =
                    runner.answers(batch.stream().map(each -> each.question).toList());
            int pictures = batch.stream().mapToInt(each -> each.pictures).sum();
            runner.ran(pictures, System.nanoTime() - begin);
            for (int i = 0; i < batch.size(); i++) batch.get(i).answer.complete(answers.get(i));
        } catch (RuntimeException | Error failure) {
            // One question must not spoil the others' answers.
            if (batch.size() == 1) batch.getFirst().answer.completeExceptionally(failure);
            else batch.forEach(each -> run(List.of(each)));
        }
    }

    /** Takes no more questions, waits until those that have a place are answered, and ends the workers. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (taken > 0) freed.awaitUninterruptibly();
            over = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
