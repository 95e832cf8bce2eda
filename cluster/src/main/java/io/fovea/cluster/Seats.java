package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Tasks that stay in executors from one call to the next, and the questions that they take. A job of Spark for each call would take it tens of
 * milliseconds, as long as some questions take; a turn of a task that stays takes one or two.
 *
 * <p>A question whose task or process is lost goes to the next free task, before those that were not begun. One that is lost as often as a task of Spark may
 * fail is given up.
 */
final class Seats implements Results<RemoteAnswer> {

    private final SparkContext spark;
    private final SparkMaster master;
    private final QuestionWork work;
    private final int mostLosses;

    private volatile Optional<RunningJob<RemoteAnswer>> running = Optional.empty();
    /** Of the job whose tasks are heard. */
    private long job;

    private int seats;
    private boolean hasAnswered;

    private boolean stopping;
    private long lastTicket;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<Turn.Seat, Held> held = new HashMap<>();
    private final Map<Turn.Seat, Consumer<Next>> free = new LinkedHashMap<>(); // who waits longest first
    private final Set<Long> gone = new HashSet<>();

    /** A question that no task has, and how often it was lost. */
    private record Waiting(long call, RemoteQuestion question, int losses) {}

    /** A question that a task has. */
    private record Held(Waiting asked, long ticket) {

        Next next() {
            return new Next.Asked(asked.call, ticket, asked.question);
        }
    }

    Seats(SparkContext spark, SparkMaster master, QuestionWork work) {
        this.spark = spark;
        this.master = master;
        this.work = work;
        mostLosses = spark.conf().getInt("spark.task.maxFailures", 4);
        spark.addSparkListener(new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                lost(end);
            }
        });
    }

    /**
     * Takes in the questions of a call.
     *
     * @throws Problem if nobody is there
     */
    synchronized void ask(long call, List<RemoteQuestion> questions) {
        stopping = false;
        if (running.isEmpty() || running.get().isOver() || seats < questions.size()) begin(questions.size());
        else running.get().resume();
        for (RemoteQuestion question : questions) waiting.add(new Waiting(call, question, 0));
        hand();
    }

    /** Begins a job; tasks beyond those for which there are cores begin when there are more. */
    private void begin(int count) {
        leave();
        seats = count;
        hasAnswered = false;
        RunningJob<RemoteAnswer> begun = new RunningJob<>(spark, master);
        RDD<Integer> numbers = JavaSparkContext.fromSparkContext(spark)
                .parallelize(IntStream.range(0, count).boxed().toList(), count)
                .rdd();
        begun.begin(numbers, new StayingTask(work, job), Integer.class, (seat, answered) -> {});
        running = Optional.of(begun);
    }

    /** Sends all tasks away, so that others can have their cores. */
    synchronized void leave() {
        giveUp();
        job++;
        if (running.isPresent() && !spark.isStopped()) {
            spark.cancelAllJobs();
            free.values().forEach(reply -> reply.accept(new Next.Leave()));
        }
        running = Optional.empty();
        free.clear();
        gone.clear();
    }

    /** Leaves the questions that are not answered; what comes of those that tasks have is not heard. */
    synchronized void giveUp() {
        waiting.clear();
        held.clear();
    }

    /** Lets no other question begin. */
    synchronized void stop() {
        stopping = true;
        waiting.forEach(each -> take(each, new RemoteAnswer.NotBegun()));
        waiting.clear();
    }

    /** Hears a task; called in Spark's threads, in the order of the turns. */
    synchronized void hear(Turn turn, Consumer<Next> reply) {
        Turn.Seat seat = turn.seat();
        if (seat.job() != job || gone.contains(seat.task())) {
            reply.accept(new Next.Leave());
            return;
        }
        if (turn instanceof Turn.Answered answered)
            end(seat, answered.ticket()).ifPresent(asked -> {
                hasAnswered = true;
                take(asked, answered.answer());
            });
        if (turn instanceof Turn.Lost lost) end(seat, lost.ticket()).ifPresent(asked -> again(asked, lost.how()));
        if (held.containsKey(seat)) {
            reply.accept(held.get(seat).next()); // the last reply did not come through
            return;
        }
        free.put(seat, reply);
        hand();
    }

    private Optional<Waiting> end(Turn.Seat seat, long ticket) {
        Held has = held.get(seat);
        if (has == null || has.ticket() != ticket) return Optional.empty(); // of a call that is over
        held.remove(seat);
        return Optional.of(has.asked());
    }

    /** A task has ended. If its executor is gone, so are all others there, of which Spark tells one by one. */
    private synchronized void lost(SparkListenerTaskEnd end) {
        long task = end.taskInfo().taskId();
        String executor = end.taskInfo().executorId();
        boolean isExecutorLost = end.reason() instanceof ExecutorLostFailure;
        Predicate<Turn.Seat> isGone =
                seat -> seat.task() == task || isExecutorLost && seat.executor().equals(executor);
        String how = end.reason() instanceof TaskFailedReason failed ? Words.firstLine(failed.toErrorString()) : "";
        gone.add(task);
        free.keySet().stream().filter(isGone).forEach(seat -> gone.add(seat.task()));
        free.keySet().removeIf(isGone);
        List<Turn.Seat> had = held.keySet().stream().filter(isGone).toList();
        for (Turn.Seat seat : had) {
            gone.add(seat.task());
            again(held.remove(seat).asked(), how);
        }
        hand();
    }

    private void again(Waiting asked, String how) {
        Waiting lost = new Waiting(asked.call(), asked.question(), asked.losses() + 1);
        if (stopping) take(lost, new RemoteAnswer.NotBegun());
        else if (lost.losses() < mostLosses) waiting.addFirst(lost);
        else take(lost, new RemoteAnswer.Refused(Failures.lost(lost.losses(), how, master)));
    }

    private void take(Waiting asked, RemoteAnswer answer) {
        running.ifPresent(job -> job.take(asked.question().number(), answer));
    }

    private void hand() {
        while (!waiting.isEmpty() && !free.isEmpty()) {
            Turn.Seat seat = free.keySet().iterator().next();
            Held handed = new Held(waiting.poll(), ++lastTicket);
            held.put(seat, handed);
            free.remove(seat).accept(handed.next());
        }
    }

    @Override
    public Optional<Result<RemoteAnswer>> next(Consumer<String> listener, Supplier<Optional<String>> sofar) {
        RunningJob<RemoteAnswer> asked = running.orElseThrow();
        try {
            return asked.next(listener, sofar);
        } catch (Problem problem) {
            if (!asked.isOver() || spark.isStopped() || !beginsAgain(asked)) throw problem;
            return Optional.empty();
        }
    }

    /** After a task was lost more often than it may: in a long work that may well happen, so only a job that brought nothing is the last one. */
    private synchronized boolean beginsAgain(RunningJob<RemoteAnswer> over) {
        if (over.hasResults()) return true; // they are taken first
        if (!hasAnswered) return false;
        List<Waiting> left = new ArrayList<>();
        held.values().forEach(each -> left.add(each.asked()));
        left.addAll(waiting);
        begin(seats);
        if (stopping) left.forEach(each -> take(each, new RemoteAnswer.NotBegun()));
        else waiting.addAll(left);
        hand();
        return true;
    }

    @Override
    public void wake() {
        running.ifPresent(RunningJob::wake);
    }
}
