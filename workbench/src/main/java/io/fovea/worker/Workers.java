package io.fovea.worker;

import io.fovea.file.FolderBounds;
import io.fovea.problem.Problem;
import io.fovea.queue.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A bounded number of processes that answer questions of a kind, each one at a time. Threads may share it.
 *
 * <p>Where one is started ahead it is kept; others are started when all are busy, and ended when they were idle for a while.
 */
public final class Workers implements AutoCloseable {

    private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);

    /** Standard output becomes a further stream, and what native code prints goes to the standard error. */
    private static final String STREAM = "/dev/fd/3";

    /** Ctrl-C in a terminal reaches all of its processes; a worker ends with its input. Memory is bounded where the system does it. */
    private static final String BEFORE =
            "trap '' INT HUP; ulimit -c 0 2>/dev/null; ulimit -d \"$1\" 2>/dev/null; shift;" + " exec \"$@\" 3>&1 1>&2";

    private final String called;
    private final Class<?> main;
    private final Path output;
    private final Limits limits;
    private final FolderBounds bounds;
    private final ScheduledExecutorService clock;
    private final List<Worker> idle = new ArrayList<>();
    private final List<Worker> busy = new ArrayList<>();
    private int starting;
    private int waiting;
    private Optional<Question> first = Optional.empty();
    private boolean closed;

    /**
     * Starts none yet.
     *
     * @param called what problems call them
     * @param main   the class that they run, which calls {@link WorkerProcess#run} with its first argument
     * @param output the file for what they print
     * @param bounds of the files that people name
     */
    public Workers(String called, Class<?> main, Path output, Limits limits, FolderBounds bounds) {
        this.called = called;
        this.main = main;
        this.output = output;
        this.limits = limits;
        this.bounds = bounds;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("workers-clock").factory());
        clock.scheduleWithFixedDelay(this::endIdle, 30, 30, TimeUnit.SECONDS);
    }

    /**
     * Starts one ahead after a while, in a thread of its own, unless there is one then, and asks it something that loads what the first real question needs;
     * at once after each that ended.
     *
     * @param question whose answer is thrown away
     */
    public synchronized void warm(Question question, Duration after) {
        first = Optional.of(question);
        clock.schedule(this::startAhead, after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void startAhead() {
        if (closed || first.isEmpty() || starting + idle.size() + busy.size() > 0) return;
        Question question = first.get();
        Thread.ofVirtual().name("warm-worker").start(() -> {
            try {
                ask(question);
            } catch (Problem | Unanswered harmless) {
                // whoever asks next is told
            }
        });
    }

    /**
     * Asks the first process that is free.
     *
     * @throws Problem    that it answers with
     * @throws Unanswered if it ends in the middle or takes too long, none can be started, or too many questions wait
     */
    public Answer ask(Question question) {
        Worker worker = taken(question.subject());
        try {
            return worker.ask(question, limits.deadline(), clock);
        } finally {
            givenBack(worker);
        }
    }

    private Worker taken(String subject) {
        long latest = System.nanoTime() + limits.deadline().toNanos();
        synchronized (this) {
            while (true) {
                if (closed) throw unanswered("The workbench ends.", "start it again with \"fovea workbench\"");
                idle.removeIf(worker -> !worker.isAlive());
                Optional<Worker> free = idle.stream()
                        .filter(worker -> worker.subject().equals(subject))
                        .findFirst()
                        .or(() -> idle.stream().max(Comparator.comparing(Worker::idle)));
                if (free.isPresent()) {
                    idle.remove(free.get());
                    busy.add(free.get());
                    return free.get();
                }
                if (starting + busy.size() < limits.processes()) break;
                await(latest);
            }
            starting++;
        }
        return started();
    }

    private void await(long latest) {
        if (waiting >= limits.waiting())
            throw unanswered("Too many questions wait already: " + waiting + ".", "ask again in a moment");
        long left = TimeUnit.NANOSECONDS.toMillis(latest - System.nanoTime());
        if (left <= 0) throw unanswered("All processes that answer are busy.", "ask again in a moment");
        waiting++;
        try {
            wait(left);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw unanswered("The wait for an answer was broken off.", "ask again");
        } finally {
            waiting--;
        }
    }

    private Worker started() {
        Worker worker = null;
        try {
            worker = new Worker(start(), called);
            return worker;
        } catch (IOException failure) {
            throw unanswered(
                    "The process that answers cannot be started: " + failure.getMessage() + ".",
                    "check that the machine has room for a further process");
        } finally {
            synchronized (this) {
                starting--;
                if (worker != null) busy.add(worker);
                if (closed && worker != null) worker.kill();
                notifyAll();
            }
        }
    }

    private Process start() throws IOException {
        Files.createDirectories(output.getParent());
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", BEFORE, "sh", Long.toString(limits.dataBytes() >> 10)));
        command.addAll(Program.ofJvm(
                        main,
                        List.of(
                                "-Xmx" + (limits.heapBytes() >> 20) + "m",
                                "-XX:+UseSerialGC",
                                "-XX:-CreateCoredumpOnCrash",
                                "-XX:ErrorFile=" + output.resolveSibling("worker-crash.log")))
                .words());
        command.add(STREAM);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(output.toFile());
        bounds.variable().ifPresent(folders -> builder.environment().put(FolderBounds.VARIABLE, folders));
        return builder.start();
    }

    private synchronized void givenBack(Worker worker) {
        busy.remove(worker);
        if (worker.isAlive() && !closed) idle.add(worker);
        else startAhead();
        notifyAll();
    }

    private synchronized void endIdle() {
        idle.removeIf(worker -> !worker.isAlive());
        int kept = first.isPresent() ? 1 : 0;
        while (idle.size() > kept) {
            Worker oldest =
                    idle.stream().max(Comparator.comparing(Worker::idle)).orElseThrow();
            if (oldest.idle().compareTo(LONGEST_IDLE) < 0) return;
            idle.remove(oldest);
            oldest.kill();
        }
    }

    private Unanswered unanswered(String what, String remedy) {
        return new Unanswered(new Problem(what, called, remedy));
    }

    /** Ends all processes; questions that are being answered fail. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Worker::kill);
        busy.forEach(Worker::kill);
        idle.clear();
        clock.shutdownNow();
        notifyAll();
    }
}
