package io.fovea.cluster;

import io.fovea.problem.Problem;
import io.fovea.remote.RemoteProcesses;
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
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rpc.RpcEndpointRef;
import scala.Option;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Processes beside the executors of Apache Spark: questions go out as tasks, together as a barrier stage. An executor only begins a process and carries
 * words to and fro, so that it may be another Java, and what learns has the settings that it needs.
 */
public final class SparkProcesses implements RemoteProcesses {

    /** Larger questions are fetched by executors, for a task's message has its limit. */
    private static final int LARGEST_IN_A_MESSAGE = 1 << 20;

    private final SparkMaster master;
    private final SparkContext spark;
    private final Program program;
    private final RpcEndpointRef endpoint;
    private final Queue<Beat> heard = new ConcurrentLinkedQueue<>();
    private boolean hadRoom;
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

    private SparkProcesses(Order order) {
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
        program = Program.of(order.program(), order.threads(), spark);
        endpoint = spark.env()
                .rpcEnv()
                .setupEndpoint(
                        DriverEndpoint.NAME, new DriverEndpoint(spark.env().rpcEnv(), this::hear));
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
    private boolean hear(Beat beat) {
        if (beat.call() != call) return true; // of a call that is over
        heard.add(beat);
        return stopping;
    }

    @Override
    public List<Optional<byte[]>> ask(List<byte[]> questions, Listener listener, BooleanSupplier stop) {
        if (questions.isEmpty()) return List.of();
        QuestionWork work = begin();
        RunningJob<RemoteAnswer> job = new RunningJob<>(spark, master);
        job.begin(partitions(questions), new QuestionTask(work), RemoteAnswer.class);
        return take(job, questions.size(), listener, stop);
    }

    @Override
    public List<Optional<byte[]>> askTogether(List<byte[]> questions, Listener listener, BooleanSupplier stop) {
        if (questions.isEmpty()) return List.of();
        Progress progress = new Progress(listener);
        while (true) {
            checkPlaces(questions.size());
            QuestionWork work = begin();
            ClassTag<RemoteAnswer> tag = ClassTag$.MODULE$.apply(RemoteAnswer.class);
            RDD<RemoteAnswer> together =
                    partitions(questions).barrier().mapPartitions(new TogetherTask(work), false, tag);
            RunningJob<RemoteAnswer> job = new RunningJob<>(spark, master);
            job.begin(together, new FirstAnswer(), RemoteAnswer.class);
            try {
                return take(job, questions.size(), progress, stop);
            } catch (Problem problem) {
                // Spark itself does not do a barrier stage again whose results are taken one by one.
                boolean isLost = problem.getCause() instanceof SparkException && !spark.isStopped();
                if (!isLost || !progress.isWorthAnotherTry()) throw problem;
                listener.remark("A process is lost; all begin again.");
            }
        }
    }

    private void checkPlaces(int wanted) {
        OptionalInt said = master.places();
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

    /** Counts the tries at the end of which nothing new had been said. */
    private static final class Progress implements Listener {

        private static final int FRUITLESS_TRIES = 4;

        private final Listener listener;
        private boolean said;
        private int fruitless;

        Progress(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void told(int question, byte[] word) {
            said = true;
            listener.told(question, word);
        }

        @Override
        public void answered(int question, byte[] answer) {
            listener.answered(question, answer);
        }

        @Override
        public void remark(String line) {
            listener.remark(line);
        }

        boolean isWorthAnotherTry() {
            fruitless = said ? 0 : fruitless + 1;
            said = false;
            return fruitless < FRUITLESS_TRIES;
        }
    }

    private QuestionWork begin() {
        call++; // beats of earlier calls are not heard any more
        heard.clear();
        stopping = false;
        return new QuestionWork(call, program);
    }

    private RDD<RemoteQuestion> partitions(List<byte[]> questions) {
        JavaSparkContext java = JavaSparkContext.fromSparkContext(spark);
        List<RemoteQuestion> all = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            byte[] bytes = questions.get(i);
            Option<Broadcast<byte[]>> large =
                    bytes.length > LARGEST_IN_A_MESSAGE ? Option.apply(java.broadcast(bytes)) : Option.empty();
            all.add(new RemoteQuestion(i, bytes, large));
        }
        return java.parallelize(all, all.size()).rdd();
    }

    private List<Optional<byte[]>> take(
            RunningJob<RemoteAnswer> job, int count, Listener listener, BooleanSupplier stop) {
        List<Optional<byte[]>> answers = new ArrayList<>(Collections.nCopies(count, Optional.empty()));
        Map<Integer, Long> attempts = new HashMap<>();
        boolean[] done = new boolean[count];
        int left = count;
        try {
            while (left > 0) {
                if (stop.getAsBoolean()) stopping = true;
                int ended = count - left;
                Optional<RunningJob.Result<RemoteAnswer>> next = job.next(
                        listener::remark,
                        () -> ended == 0 && attempts.isEmpty()
                                ? Optional.empty()
                                : Optional.of(ended + " of " + count + " parts were done"));
                for (Beat beat = heard.poll(); beat != null; beat = heard.poll())
                    if (!done[beat.number()]) tell(beat, attempts, listener);
                if (next.isEmpty()) continue;
                int number = next.get().partition();
                Optional<byte[]> answer = next.get().value().bytes();
                done[number] = true;
                left--;
                answers.set(number, answer);
                answer.ifPresent(bytes -> listener.answered(number, bytes));
            }
            return answers;
        } finally {
            call++;
            if (left > 0 && !spark.isStopped()) spark.cancelAllJobs();
        }
    }

    private static void tell(Beat beat, Map<Integer, Long> attempts, Listener listener) {
        long newest = attempts.merge(beat.number(), beat.attempt(), Math::max);
        if (beat.attempt() < newest) return; // of one that is given up
        for (byte[] word : beat.words()) listener.told(beat.number(), word);
    }

    @Override
    public int places() {
        return RunningJob.places(spark, master, master.places().orElse(1), RunningJob.Room.EXPECTED);
    }

    @Override
    public void close() {
        spark.env().rpcEnv().stop(endpoint);
        spark.stop();
        ExecutorFolders.delete(spark.applicationId(), master);
    }
}
