package io.fovea.cluster;

import io.fovea.file.FileTree;
import io.fovea.problem.Problem;
import io.fovea.remote.RemoteProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rpc.RpcEndpointRef;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Processes beside the executors of Apache Spark: tasks that stay take questions one by one, a barrier stage takes them together. An executor only begins a
 * process and carries words to and fro, so that it may be another Java, and what learns has the settings that it needs.
 */
public final class SparkProcesses implements RemoteProcesses {

    /** Larger questions are fetched by executors, for a task's message has its limit. */
    private static final int LARGEST_IN_A_MESSAGE = 8 << 20;

    private final SparkMaster master;
    private final SparkContext spark;
    private final Path links;
    private final QuestionWork work;
    private final Seats seats;
    private final RpcEndpointRef endpoint;
    private final int threads;
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private boolean hadRoom;
    private boolean hasFailed;
    /** What is waited for. */
    private volatile Optional<Results<RemoteAnswer>> results = Optional.empty();

    private volatile boolean stopping;
    private volatile long call;

    /** Opens them, for {@link java.util.ServiceLoader}. */
    public static final class Opener implements RemoteProcesses.Opener {

        /** For {@link java.util.ServiceLoader}. */
        public Opener() {}

        @Override
        public RemoteProcesses open(Order order) {
            return new SparkProcesses(order);
        }
    }

    /** A beat, and who waits until it has been taken in. */
    private record Heard(Beat beat, Consumer<Beat.Reply> reply) {}

    private SparkProcesses(Order order) {
        threads = order.threads();
        master = new SparkMaster(order.on());
        SparkConf conf = master.settings()
                .set("spark.app.name", "fovea " + order.name())
                .setIfMissing("spark.task.cpus", Integer.toString(order.threads()))
                // a process that is lost is no fault of the question's, unless it is lost again and again
                .setIfMissing("spark.task.maxFailures", "8");
        checkCores(conf, order.threads());
        master.checkReachable();
        try {
            spark = JavaSparkContext.toSparkContext(new JavaSparkContext(conf));
        } catch (Exception failure) { // Scala's constructors throw what they do not declare
            throw Failures.of(failure, master);
        }
        try {
            Program program = Program.of(order.program(), order.threads(), spark);
            links = Files.createTempDirectory("fovea-handed-");
            List<HandedPlace> places = new ArrayList<>();
            for (Path place : order.places())
                places.add(
                        HandedPlace.of(place, Files.createDirectory(links.resolve("place-" + places.size())), spark));
            work = new QuestionWork(program, places);
            seats = new Seats(spark, master, work);
            endpoint = spark.env()
                    .rpcEnv()
                    .setupEndpoint(
                            DriverEndpoint.NAME, new DriverEndpoint(spark.env().rpcEnv(), this::hear, seats::hear));
        } catch (IOException failure) {
            spark.stop();
            throw new UncheckedIOException(failure);
        } catch (RuntimeException failure) {
            spark.stop();
            throw failure;
        }
    }

    private void checkCores(SparkConf conf, int threads) {
        int cores = conf.getInt("spark.executor.cores", Integer.MAX_VALUE);
        if (cores >= threads) return;
        throw new Problem(
                "An executor has " + cores + " core" + (cores == 1 ? "" : "s") + ", but a process wants " + threads
                        + " threads.",
                master.url() + ", option --on",
                "let it compute with --threads " + cores + ", or give executors more cores");
    }

    /** Called in Spark's threads. */
    private void hear(Beat beat, Consumer<Beat.Reply> reply) {
        if (beat.call() != call) {
            reply.accept(Beat.Reply.OVER);
            return;
        }
        if (!beat.words().isEmpty() || beat.when() == Beat.When.ONCE_HEARD) heard.add(new Heard(beat, reply));
        if (beat.when() == Beat.When.ONCE_HEARD) results.ifPresent(Results::wake);
        else reply.accept(stopping ? Beat.Reply.STOP : Beat.Reply.GO);
    }

    @Override
    public List<Optional<byte[]>> ask(List<byte[]> questions, Listener listener, BooleanSupplier stop) {
        if (questions.isEmpty()) return List.of();
        if (stop.getAsBoolean()) return Collections.nCopies(questions.size(), Optional.empty());
        if (!master.isThisProcess()) RunningJob.places(spark, master, 1, RunningJob.Room.EXPECTED); // or a problem
        begin();
        List<Broadcast<byte[]>> sent = new ArrayList<>();
        try {
            seats.ask(call, numbered(questions, sent));
            return take(seats, questions.size(), listener, stop);
        } finally {
            seats.giveUp();
            sent.forEach(Broadcast::destroy);
        }
    }

    @Override
    public List<Optional<byte[]>> askTogether(Supplier<List<byte[]>> asked, Listener listener, BooleanSupplier stop) {
        seats.leave();
        Tries tries = new Tries(listener);
        while (true) {
            List<byte[]> questions = asked.get();
            if (questions.isEmpty()) return List.of();
            checkPlaces(questions.size());
            begin();
            ClassTag<RemoteAnswer> tag = ClassTag$.MODULE$.apply(RemoteAnswer.class);
            List<Broadcast<byte[]>> sent = new ArrayList<>();
            RDD<RemoteAnswer> together =
                    partitions(questions, sent).barrier().mapPartitions(new TogetherTask(work, call), false, tag);
            RunningJob<RemoteAnswer> job = new RunningJob<>(spark, master);
            job.begin(together, new FirstAnswer(), RemoteAnswer.class);
            try {
                return take(job, questions.size(), listener, stop);
            } catch (Problem problem) {
                // Spark itself does not do a barrier stage again whose results are taken one by one.
                boolean isLost = problem.getCause() instanceof SparkException && !spark.isStopped();
                if (!isLost || !tries.isWorthAnother()) throw problem;
                listener.remark("A process is lost; all begin again.");
            } finally {
                if (!spark.isStopped()) spark.cancelAllJobs(); // where one has failed, others still work
                sent.forEach(Broadcast::destroy);
            }
        }
    }

    private void checkPlaces(int wanted) {
        OptionalInt said = master.places(threads);
        RunningJob.Room room = said.isPresent() || hadRoom ? RunningJob.Room.EXPECTED : RunningJob.Room.UNKNOWN;
        int places = said.isPresent() && said.getAsInt() < wanted
                ? said.getAsInt()
                : RunningJob.places(spark, master, wanted, room);
        hadRoom = places >= wanted;
        if (hadRoom) return;
        throw new Problem(
                "Expected room for " + wanted + " processes at once, found room for " + places + ".",
                master.url() + ", option --on",
                "ask for fewer (--ranks " + places + "), let each compute with fewer threads, or wait until other"
                        + " applications of the cluster have ended");
    }

    /** Counts the tries at the end of which the work had come no further. */
    private static final class Tries {

        private static final int FRUITLESS = 4;

        private final Listener listener;
        private long come;
        private int fruitless;

        Tries(Listener listener) {
            this.listener = listener;
            come = listener.progress();
        }

        boolean isWorthAnother() {
            long now = listener.progress();
            fruitless = now > come ? 0 : fruitless + 1;
            come = now;
            return fruitless < FRUITLESS;
        }
    }

    private void begin() {
        call++; // beats of earlier calls are not heard any more
        leaveUnheard();
        stopping = false;
    }

    private void leaveUnheard() {
        for (Heard late = heard.poll(); late != null; late = heard.poll())
            if (late.beat().when() == Beat.When.ONCE_HEARD) late.reply().accept(Beat.Reply.OVER);
    }

    private RDD<RemoteQuestion> partitions(List<byte[]> questions, List<Broadcast<byte[]>> sent) {
        return JavaSparkContext.fromSparkContext(spark)
                .parallelize(numbered(questions, sent), questions.size())
                .rdd();
    }

    /** @param sent takes in what is to be destroyed once it is not needed any more */
    private List<RemoteQuestion> numbered(List<byte[]> questions, List<Broadcast<byte[]>> sent) {
        JavaSparkContext java = JavaSparkContext.fromSparkContext(spark);
        List<RemoteQuestion> all = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            byte[] bytes = questions.get(i);
            if (bytes.length <= LARGEST_IN_A_MESSAGE) {
                all.add(new RemoteQuestion.Small(i, bytes));
            } else {
                Broadcast<byte[]> large = java.broadcast(bytes);
                sent.add(large);
                all.add(new RemoteQuestion.Large(i, large));
            }
        }
        return all;
    }

    private List<Optional<byte[]>> take(
            Results<RemoteAnswer> from, int count, Listener listener, BooleanSupplier stop) {
        List<Optional<byte[]>> answers = new ArrayList<>(Collections.nCopies(count, Optional.empty()));
        long mine = call;
        results = Optional.of(from);
        Map<Integer, Long> tickets = new HashMap<>();
        boolean[] done = new boolean[count];
        int left = count;
        try {
            while (left > 0) {
                if (!stopping && stop.getAsBoolean()) {
                    stopping = true;
                    seats.stop();
                }
                int ended = count - left;
                Optional<Results.Result<RemoteAnswer>> next = from.next(
                        listener::remark,
                        () -> ended == 0 && tickets.isEmpty()
                                ? Optional.empty()
                                : Optional.of(ended + " of " + count + " parts were done"));
                tell(mine, tickets, done, listener);
                if (next.isEmpty()) continue;
                int number = next.get().number();
                Optional<byte[]> answer = next.get().value().answer();
                done[number] = true;
                left--;
                boolean isTaken = answer.isPresent() && listener.answered(number, answer.get());
                if (!isTaken) answers.set(number, answer);
            }
            return answers;
        } finally {
            call++;
            if (left > 0) hasFailed = true;
            tell(mine, tickets, done, listener); // what was said before a process was lost
        }
    }

    private void tell(long mine, Map<Integer, Long> tickets, boolean[] done, Listener listener) {
        for (Heard next = heard.poll(); next != null; next = heard.poll()) {
            Beat beat = next.beat();
            boolean isHeard = beat.call() == mine
                    && !done[beat.number()]
                    && tickets.merge(beat.number(), beat.ticket(), Math::max) == beat.ticket();
            try {
                if (isHeard) for (byte[] word : beat.words()) listener.told(beat.number(), word);
            } catch (RuntimeException failure) {
                heard.add(next); // so that it is replied to with the others
                leaveUnheard();
                throw failure;
            }
            if (beat.when() == Beat.When.AT_ONCE) continue;
            next.reply().accept(!isHeard ? Beat.Reply.OVER : stopping ? Beat.Reply.STOP : Beat.Reply.GO);
        }
    }

    @Override
    public int places() {
        if (hadRoom) return Math.max(1, room()); // without waiting: it is asked again and again
        OptionalInt said = master.places(threads);
        int places = RunningJob.places(
                spark,
                master,
                said.orElse(Integer.MAX_VALUE),
                said.isPresent() ? RunningJob.Room.EXPECTED : RunningJob.Room.UNKNOWN);
        hadRoom = true;
        return places;
    }

    private int room() {
        return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    }

    @Override
    public void close() {
        seats.leave();
        spark.env().rpcEnv().stop(endpoint);
        if (master.isThisProcess()) QuestionWork.endWaiting();
        spark.stop();
        try {
            FileTree.remove(links);
        } catch (IOException stillUsed) {
            // it lies in a folder for temporary files
        }
        if (!hasFailed)
            ExecutorFolders.delete(spark.applicationId(), master); // what executors said of a failure is kept
    }
}
