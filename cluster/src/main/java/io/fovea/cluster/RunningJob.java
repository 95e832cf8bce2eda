package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * A job of Spark that runs in a thread of its own, while another takes what its tasks give, in the order in which they end. Of each task one result is
 * taken, whatever is done again. If there is no executor for a time, it is over.
 *
 * @param <R> what a task gives
 */
final class RunningJob<R> implements Results<R> {

    /** How long to wait for an executor where there is none. */
    private static final String PATIENCE = "spark.fovea.executorTimeout";

    private static final long MILLISECONDS_BETWEEN_LOOKS = 200;
    /** Executors of a cluster begin at about the same time: when no more have come for so long, these are all. */
    private static final long MILLISECONDS_TO_SETTLE = 5_000;

    private final SparkContext spark;
    private final SparkMaster master;
    private final BlockingQueue<Optional<Result<R>>> received = new LinkedBlockingQueue<>();

    private volatile Throwable failure;
    private volatile boolean ended;
    /** Since when there has been no executor, by the system's clock of nanoseconds. */
    private long alone = System.nanoTime();

    private boolean told;

    RunningJob(SparkContext spark, SparkMaster master) {
        this.spark = spark;
        this.master = master;
    }

    /** Begins; a task for each partition gives a result. */
    <T> void begin(RDD<T> partitions, Function2<TaskContext, Iterator<T>, R> task, Class<R> result) {
        begin(partitions, task, result, this::take);
    }

    /**
     * Begins; a task for each partition.
     *
     * @param given takes what tasks give, in Spark's own thread
     */
    <T, G> void begin(
            RDD<T> partitions,
            Function2<TaskContext, Iterator<T>, G> task,
            Class<G> what,
            BiConsumer<Integer, G> given) {
        ClassTag<G> tag = ClassTag$.MODULE$.apply(what);
        Thread job = new Thread(
                () -> {
                    try {
                        spark.runJob(partitions, task, new Receiver<>(given), tag);
                    } catch (Throwable thrown) { // Scala throws what it does not declare
                        failure = thrown;
                    } finally {
                        ended = true;
                    }
                },
                "spark-job");
        job.setDaemon(true);
        alone = System.nanoTime();
        job.start();
    }

    /** Takes a result, for {@link #next}. */
    void take(int number, R value) {
        received.add(Optional.of(new Result<>(number, value)));
    }

    /** Forgets results that were not waited for, and waits anew for executors if there are none. */
    void resume() {
        received.clear();
        alone = System.nanoTime();
        told = false;
    }

    /** Returns whether no task will give anything any more. */
    boolean isOver() {
        return ended || failure != null;
    }

    /** Returns whether there is something for {@link #next}. */
    boolean hasResults() {
        return !received.isEmpty();
    }

    /** Hears of results in Spark's own thread, and hands them on. */
    private static final class Receiver<G> extends AbstractFunction2<Object, G, BoxedUnit> {

        private final BiConsumer<Integer, G> given;

        Receiver(BiConsumer<Integer, G> given) {
            this.given = given;
        }

        @Override
        public BoxedUnit apply(Object partition, G value) {
            given.accept((int) partition, value);
            return BoxedUnit.UNIT;
        }
    }

    @Override
    public void wake() {
        received.add(Optional.empty());
    }

    @Override
    public Optional<Result<R>> next(Consumer<String> listener, Supplier<Optional<String>> sofar) {
        long patience = spark.conf().getTimeAsMs(PATIENCE, "60s");
        try {
            Optional<Result<R>> one = received.poll(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            if (one != null) {
                alone = System.nanoTime();
                told = false;
                return one;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Failures.of(stopped, master);
        }
        if (failure != null) throw Failures.of(failure, master);
        if (ended && received.isEmpty())
            throw Failures.of(new IllegalStateException("the job ended without all of its results"), master);
        long now = System.nanoTime();
        if (master.isThisProcess() || hasExecutors()) alone = now;
        long waited = TimeUnit.NANOSECONDS.toMillis(now - alone);
        if (waited > patience) throw nobodyIsThere(patience, sofar.get());
        if (waited > patience / 4 && !told) {
            listener.accept("Waiting for an executor of " + master.url() + " ...");
            told = true;
        }
        return Optional.empty();
    }

    /** The driver is told among them. */
    private boolean hasExecutors() {
        return spark.statusTracker().getExecutorInfos().length > 1;
    }

    private Problem nobodyIsThere(long patience, Optional<String> sofar) {
        return nobodyIsThere(spark, master, patience, sofar);
    }

    private static Problem nobodyIsThere(
            SparkContext spark, SparkMaster master, long patience, Optional<String> sofar) {
        String what = sofar.map(done -> "All executors are gone, and no other began within " + patience / 1000
                        + " seconds; " + done + ".")
                .orElse("No executor began within " + patience / 1000 + " seconds.");
        return new Problem(
                what,
                master.url() + ", option --on",
                "look at the master's page whether workers have a free core and "
                        + spark.conf().get("spark.executor.memory", "1g")
                        + " of memory, and whether they can reach this machine; ask for less with"
                        + " FOVEA_JVM_OPTIONS=-Dspark.executor.memory=512m, or wait longer with -D" + PATIENCE
                        + "=10m");
    }

    private static Problem tooFewCores(SparkContext spark, SparkMaster master) {
        String threads = spark.conf().get("spark.task.cpus");
        return new Problem(
                "No executor has " + threads + " cores for a process of " + threads + " threads.",
                master.url() + ", option --on",
                "let processes compute with fewer (--threads, or threads in the job's settings), or give executors"
                        + " more cores");
    }

    /** What is known of the room on executors before they have begun. */
    enum Room {
        /** Nothing. */
        UNKNOWN,
        /** There was enough, or the master's name says so. */
        EXPECTED
    }

    /**
     * Waits until executors have room for so many tasks at once, or no more come for a while: a short one, unless there was room before or must be.
     *
     * @return for how many there is room
     * @throws Problem if there is no executor for a time
     */
    static int places(SparkContext spark, SparkMaster master, int wanted, Room room) {
        long patience = spark.conf().getTimeAsMs(PATIENCE, "60s");
        long begin = System.nanoTime();
        long since = begin;
        int most = 0;
        while (true) {
            int places =
                    spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
            long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (places > most) {
                most = places;
                since = System.nanoTime();
            }
            long awaited =
                    switch (room) {
                        case UNKNOWN -> TimeUnit.NANOSECONDS.toMillis(since - begin) + MILLISECONDS_TO_SETTLE;
                        case EXPECTED -> patience;
                    };
            if (places >= wanted || places > 0 && waited > awaited) return places;
            if (waited > patience && spark.statusTracker().getExecutorInfos().length > 1)
                throw tooFewCores(spark, master);
            if (waited > patience) throw nobodyIsThere(spark, master, patience, Optional.empty());
            try {
                Thread.sleep(MILLISECONDS_BETWEEN_LOOKS / 4);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw Failures.of(stopped, master);
            }
        }
    }
}
