package io.fovea.queue;

import io.fovea.job.JobState;
import io.fovea.job.JobStatus;
import io.fovea.job.JobYaml;
import io.fovea.job.Jobs;
import io.fovea.problem.Problem;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that the workbench does, one at a time. Threads may share it.
 *
 * <p>Closing it ends nothing: the process that does a job goes on, and a further queue on the same workspace finds it again.
 */
public final class JobQueue implements AutoCloseable {

    private static final long MILLISECONDS_BETWEEN_LOOKS = 100;

    private final Workspace workspace;
    private final Jobs jobs;
    private final Program program;
    private final QueueFile file;
    private final Map<String, Problem> refused = new ConcurrentHashMap<>();
    private final Thread watch;
    private QueueFile.Content content;
    private boolean closed;

    /**
     * Goes on with what the workspace's queue holds.
     *
     * @param program that does a job
     * @throws Problem if the queue cannot be read
     */
    public JobQueue(Workspace workspace, Program program) {
        this.workspace = workspace;
        this.jobs = new Jobs(workspace);
        this.program = program;
        this.file = new QueueFile(workspace.workbench().resolve("queue.json"));
        this.content = file.read();
        this.watch = Thread.ofPlatform().daemon().name("job-queue").start(this::look);
    }

    /**
     * Begins a job, which waits for its turn.
     *
     * @return the name of its folder; that of the unfinished one where the same job is gone on with
     * @throws Problem if it cannot be done as it stands
     */
    public String add(JobYaml.Order order, Jobs.Going going) {
        String id;
        try (Jobs.Run begun = jobs.begin(order, going)) {
            id = begun.id();
        }
        enqueue(id);
        return id;
    }

    /**
     * Lets a job that was stopped, failed or never begun wait for its turn.
     *
     * @throws Problem if there is none of this name, it is done, or a process does it
     */
    public void goOn(String id) {
        jobs.again(id).close(); // finds what is in the way
        enqueue(id);
    }

    private synchronized void enqueue(String id) {
        refused.remove(id);
        if (content.waiting().contains(id) || isOn(id)) return;
        List<String> waiting = new ArrayList<>(content.waiting());
        waiting.add(id);
        keep(new QueueFile.Content(content.turn(), waiting));
        notifyAll();
    }

    private boolean isOn(String id) {
        return content.turn()
                .filter(turn -> turn.job().equals(id) && turn.isAlive() && !hasLetGo(turn))
                .isPresent();
    }

    /** A process that has told of its end, or was killed, takes a moment to be gone; who goes on with the job meanwhile must not be overheard. */
    private boolean hasLetGo(Turn turn) {
        JobStatus status;
        try {
            status = jobs.show(turn.job());
        } catch (Problem deleted) {
            return true;
        }
        return status.state() != JobState.RUNNING
                && status.last().filter(at -> at.isAfter(turn.began())).isPresent();
    }

    /**
     * Takes a job out of the queue, or asks the process that does it to stop after a checkpoint, whoever started it.
     *
     * @return whether there was anything to stop
     * @throws Problem if there is no such job
     */
    public boolean stop(String id) {
        boolean held = jobs.stop(id);
        synchronized (this) {
            if (content.waiting().contains(id)) {
                keep(new QueueFile.Content(
                        content.turn(),
                        content.waiting().stream()
                                .filter(each -> !each.equals(id))
                                .toList()));
                return true;
            }
            if (held || !isOn(id)) return held;
            content.turn().ifPresent(Turn::end); // nothing has begun yet that a checkpoint could hold
            return true;
        }
    }

    /**
     * Sets the order of what waits.
     *
     * @param order the same names, each once
     * @throws Problem if they are others: something has begun or come since they were read
     */
    public synchronized void reorder(List<String> order) {
        boolean same = order.size() == content.waiting().size()
                && new HashSet<>(order).equals(new HashSet<>(content.waiting()));
        if (!same)
            throw new Problem(
                    "The queue holds other jobs now: " + String.join(", ", content.waiting()) + ".",
                    "the order " + String.join(", ", order),
                    "read the queue again and send all of its names, each once");
        keep(new QueueFile.Content(content.turn(), order));
    }

    /** Returns the job that the workbench does just now. */
    public synchronized Optional<String> running() {
        return content.turn().map(Turn::job);
    }

    /** Returns what waits, the next one first. */
    public synchronized List<String> waiting() {
        return content.waiting();
    }

    /** Forgets a job that was deleted, though its process may not have ended yet: the next one may get its name. */
    public synchronized void forget(String id) {
        refused.remove(id);
        boolean hasTheTurn =
                content.turn().filter(turn -> turn.job().equals(id)).isPresent();
        if (hasTheTurn) keep(new QueueFile.Content(Optional.empty(), content.waiting()));
    }

    /** Whether a job waits for its turn, or for the process that has begun to do it. */
    public synchronized boolean waits(String id) {
        return content.waiting().contains(id) || isOn(id) && jobs.show(id).state() == JobState.QUEUED;
    }

    /** Whether a job waits in the queue of a workspace, as its file says: for processes other than the workbench's. */
    public static boolean waits(Workspace workspace, String id) {
        QueueFile queue = new QueueFile(workspace.workbench().resolve("queue.json"));
        return queue.read().waiting().contains(id);
    }

    /** Returns why the process of a job ended before anything began, if it did since the server was started. */
    public Optional<Problem> refusal(String id) {
        return Optional.ofNullable(refused.get(id));
    }

    private void look() {
        while (true) {
            synchronized (this) {
                if (closed) return;
                try {
                    step();
                    wait(MILLISECONDS_BETWEEN_LOOKS);
                } catch (InterruptedException over) {
                    return;
                } catch (Problem diskFull) {
                    // it is tried again; whoever reads the queue sees that nothing moves
                }
            }
        }
    }

    private void step() {
        Optional<Turn> turn = content.turn();
        if (turn.isPresent() && turn.get().isAlive()) return;
        turn.ifPresent(this::ended);
        if (turn.isPresent()) keep(new QueueFile.Content(Optional.empty(), content.waiting()));
        next().ifPresent(this::begin);
    }

    /** One that waits for another which waits too lets that one go first; whom it waits for may have been put behind it. */
    private Optional<String> next() {
        List<String> waiting = content.waiting();
        return waiting.stream()
                .filter(id -> awaited(id).stream().noneMatch(name -> waiting.stream()
                        .anyMatch(other -> !other.equals(id) && (other.equals(name) || other.startsWith(name + "-")))))
                .findFirst()
                .or(() -> waiting.stream().findFirst());
    }

    private List<String> awaited(String id) {
        try {
            return jobs.order(id).map(JobYaml.Order::after).orElse(List.of());
        } catch (Problem gone) {
            return List.of();
        }
    }

    private void begin(String id) {
        List<String> rest =
                content.waiting().stream().filter(each -> !each.equals(id)).toList();
        try {
            Turn turn = Turn.of(id, program.run(workspace, id, output(id)));
            keep(new QueueFile.Content(Optional.of(turn), rest));
        } catch (IOException failure) {
            refused.put(
                    id,
                    new Problem(
                            "The process that does the job cannot be started: " + failure.getMessage() + ".",
                            String.join(" ", program.words()),
                            "check that the program is there and that the machine has room, then go on with the job"));
            keep(new QueueFile.Content(Optional.empty(), rest));
        }
    }

    /** A process that ends before its first event leaves nothing in the folder that would tell why. */
    private void ended(Turn turn) {
        try {
            JobStatus status = jobs.show(turn.job());
            if (status.state() == JobState.QUEUED) {
                Optional<Problem> problem = ProcessOutput.problem(output(turn.job()));
                problem.ifPresent(why -> refused.put(turn.job(), why));
            }
        } catch (Problem gone) {
            // the folder was deleted
        }
    }

    private Path output(String id) {
        return workspace.workbench().resolve("output").resolve(id + ".txt");
    }

    private void keep(QueueFile.Content changed) {
        file.write(changed);
        content = changed;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            watch.join(1000);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
