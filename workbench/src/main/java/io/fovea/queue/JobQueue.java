package io.fovea.queue;

import io.fovea.file.FolderBounds;
import io.fovea.job.JobYaml;
import io.fovea.problem.Problem;
import io.fovea.work.JobState;
import io.fovea.work.JobStatus;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jobs that the workbench does, one at a time in each {@link Lane}. Threads may share it.
 *
 * <p>Closing it ends nothing: the process that does a job goes on, and a further queue on the same workspace finds it again.
 */
public final class JobQueue implements AutoCloseable {

    private static final long MILLISECONDS_BETWEEN_LOOKS = 100;

    private final Workspace workspace;
    private final Jobs jobs;
    private final Program program;
    private final FolderBounds bounds;
    private final KnownOrders orders;
    private final QueueFile file;
    private final Map<String, Problem> refused = new ConcurrentHashMap<>();
    private final Thread watch;
    private QueueFile.Content content;
    private boolean closed;

    /**
     * Goes on with what the workspace's queue holds.
     *
     * @param program that does a job
     * @param bounds  of the files that jobs name
     * @throws Problem if the queue cannot be read
     */
    public JobQueue(Workspace workspace, Program program, FolderBounds bounds) {
        this.workspace = workspace;
        this.jobs = new Jobs(workspace);
        this.orders = new KnownOrders(jobs);
        this.program = program;
        this.bounds = bounds;
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
        keep(new QueueFile.Content(content.turns(), waiting));
        notifyAll();
    }

    private boolean isOn(String id) {
        return content.turn(id)
                .filter(turn -> turn.isAlive() && !hasLetGo(turn))
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
                keep(content.withoutWaiting(id));
                return true;
            }
            if (held || !isOn(id)) return held;
            content.turn(id).ifPresent(Turn::end); // nothing has begun yet that a checkpoint could hold
            return true;
        }
    }

    /**
     * Sets the order of what waits in a lane.
     *
     * @param order the same names, each once
     * @throws Problem if they are others: something has begun or come since they were read
     */
    public synchronized void reorder(List<String> order) {
        Set<String> names = new HashSet<>(order);
        boolean isOfALane = lanes().stream()
                .map(InLane::waiting)
                .anyMatch(waiting -> waiting.size() == order.size() && names.equals(new HashSet<>(waiting)));
        if (!isOfALane)
            throw new Problem(
                    "No lane of the queue holds just these jobs now: "
                            + lanes().stream()
                                    .map(each -> each.lane().word() + " holds "
                                            + (each.waiting().isEmpty() ? "none" : String.join(", ", each.waiting())))
                                    .collect(Collectors.joining("; "))
                            + ".",
                    "the order " + String.join(", ", order),
                    "read the queue again and send all names of a lane, each once");
        Iterator<String> next = order.iterator();
        keep(new QueueFile.Content(
                content.turns(),
                content.waiting().stream()
                        .map(id -> names.contains(id) ? next.next() : id)
                        .toList()));
    }

    /**
     * What a lane holds.
     *
     * @param lane    of the queue
     * @param running the job that is done just now
     * @param waiting names of others, the next one first
     */
    public record InLane(Lane lane, Optional<String> running, List<String> waiting) {}

    /** Returns what each lane holds. */
    public synchronized List<InLane> lanes() {
        return Arrays.stream(Lane.values())
                .map(lane -> new InLane(
                        lane,
                        running().stream().filter(id -> orders.lane(id) == lane).findFirst(),
                        waiting().stream().filter(id -> orders.lane(id) == lane).toList()))
                .toList();
    }

    /**
     * A job's place in the queue.
     *
     * @param lane     it is in
     * @param position there, from 1; 0 while its process is there
     * @param waitsFor jobs of the queue, of any lane, that must be over before
     */
    public record Place(Lane lane, int position, List<String> waitsFor) {}

    /** Returns the place of every job in the queue, by name. */
    public synchronized Map<String, Place> places() {
        Map<String, Place> places = new HashMap<>();
        for (InLane each : lanes()) {
            each.running().ifPresent(id -> places.put(id, new Place(each.lane(), 0, List.of())));
            for (String id : each.waiting())
                places.put(
                        id,
                        new Place(
                                each.lane(), each.waiting().indexOf(id) + 1, orders.before(id, running(), waiting())));
        }
        return places;
    }

    /** Returns the jobs that the workbench does just now. */
    public synchronized List<String> running() {
        return content.turns().stream().map(Turn::job).toList();
    }

    /** Returns what waits in any lane, the next one first. */
    public synchronized List<String> waiting() {
        return content.waiting();
    }

    /** Forgets a job that was deleted, though its process may not have ended yet: the next one may get its name. */
    public synchronized void forget(String id) {
        refused.remove(id);
        if (content.turn(id).isPresent()) keep(content.withoutTurn(id));
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
        for (Turn turn : content.turns()) {
            if (turn.isAlive()) continue;
            ended(turn);
            keep(content.withoutTurn(turn.job()));
        }
        for (InLane each : lanes()) if (each.running().isEmpty()) next(each).ifPresent(this::begin);
        boolean eachWaitsForAnother = content.turns().isEmpty();
        if (eachWaitsForAnother) content.waiting().stream().findFirst().ifPresent(this::begin);
    }

    /** One that waits for others of the queue lets those behind it go first. */
    private Optional<String> next(InLane lane) {
        return lane.waiting().stream()
                .filter(id -> orders.before(id, running(), waiting()).isEmpty())
                .findFirst();
    }

    private void begin(String id) {
        QueueFile.Content rest = content.withoutWaiting(id);
        try {
            List<Turn> turns = new ArrayList<>(content.turns());
            turns.add(Turn.of(id, program.run(workspace, id, bounds, output(id))));
            keep(new QueueFile.Content(turns, rest.waiting()));
        } catch (IOException failure) {
            refused.put(
                    id,
                    new Problem(
                            "The process that does the job cannot be started: " + failure.getMessage() + ".",
                            String.join(" ", program.words()),
                            "check that the program is there and that the machine has room, then go on with the job"));
            keep(rest);
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
        orders.keep(Stream.concat(running().stream(), waiting().stream()).toList());
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
