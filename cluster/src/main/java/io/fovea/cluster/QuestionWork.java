package io.fovea.cluster;

import io.fovea.problem.Problem;
import io.fovea.remote.ChildProcess;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.util.RpcUtils;
import scala.reflect.ClassTag$;

/**
 * How an executor has a question answered: by a process beside it, which it begins, or which an earlier question left. The executor's own JVM may be
 * another Java, and has other settings.
 *
 * <p>While the process works, its words go to the driver, and whether to stop comes back. Where the driver does not answer any more, or the task is
 * given up, the process ends at once.
 *
 * @param call    of the driver
 * @param program of the processes
 */
record QuestionWork(long call, Program program) implements Serializable {

    private static final long MILLISECONDS_BETWEEN_BEATS = 200;
    /** Without words so many beats are left out, so that thousands of processes do not keep the driver busy. */
    private static final int QUIET_BEATS = 4;

    /** Processes that wait for a question, by program: tasks come and go. */
    private static final Map<String, Deque<ChildProcess>> WAITING = new ConcurrentHashMap<>();

    private static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "beats");
        thread.setDaemon(true);
        return thread;
    });

    /** Lets processes that are asked together hear each other. */
    @FunctionalInterface
    interface Sharing {

        /** Gives a word to all and returns the words of all. */
        List<byte[]> share(byte[] word) throws IOException;
    }

    /**
     * Answers.
     *
     * @param sharing how processes that are asked together hear each other
     * @throws IOException if the process is lost, so that Spark tries again
     */
    RemoteAnswer answer(TaskContext task, RemoteQuestion question, Sharing sharing) throws IOException {
        Line line = new Line(task, question, sharing);
        if (line.beat()) return RemoteAnswer.none(question.number);
        ChildProcess process;
        try {
            process = process();
        } catch (Problem problem) {
            return RemoteAnswer.of(question.number, here(problem));
        }
        ScheduledFuture<?> beats = line.begin(process);
        boolean isWhole = false;
        try {
            byte[] answer = process.ask(question.bytes(), line);
            beats.cancel(false);
            line.beat();
            isWhole = true;
            return RemoteAnswer.of(question.number, answer);
        } catch (Problem problem) {
            isWhole = true;
            return RemoteAnswer.of(question.number, here(problem));
        } finally {
            beats.cancel(false);
            if (isWhole) waiting().addFirst(process);
            else process.close();
        }
    }

    private Deque<ChildProcess> waiting() {
        return WAITING.computeIfAbsent(
                program.identity() + program.main() + program.options(), each -> new ConcurrentLinkedDeque<>());
    }

    private ChildProcess process() throws IOException {
        for (ChildProcess left = waiting().pollFirst();
                left != null;
                left = waiting().pollFirst()) {
            if (left.isAlive()) return left;
            left.close();
        }
        return new ChildProcess(program.begin());
    }

    private static Problem here(Problem problem) {
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        return new Problem(problem.what(), problem.where() + ", on " + host, problem.remedy());
    }

    /** What goes between a process and the driver while a question is worked on. */
    private final class Line implements ChildProcess.Line {

        private final TaskContext task;
        private final RemoteQuestion question;
        private final Sharing sharing;
        private final RpcEndpointRef driver;
        private final List<byte[]> words = new ArrayList<>();
        private int quiet;

        Line(TaskContext task, RemoteQuestion question, Sharing sharing) {
            this.task = task;
            this.question = question;
            this.sharing = sharing;
            SparkEnv env = SparkEnv.get();
            driver = RpcUtils.makeDriverRef(DriverEndpoint.NAME, env.conf(), env.rpcEnv());
        }

        @Override
        public void told(byte[] word) {
            synchronized (words) {
                words.add(word);
            }
        }

        @Override
        public void flush() {
            beat();
        }

        @Override
        public List<byte[]> share(byte[] word) throws IOException {
            return sharing.share(word);
        }

        ScheduledFuture<?> begin(ChildProcess process) {
            return CLOCK.scheduleWithFixedDelay(
                    () -> regular(process),
                    MILLISECONDS_BETWEEN_BEATS,
                    MILLISECONDS_BETWEEN_BEATS,
                    TimeUnit.MILLISECONDS);
        }

        private void regular(ChildProcess process) {
            try {
                if (task.isInterrupted()) {
                    process.close();
                    return;
                }
                synchronized (words) {
                    if (words.isEmpty() && ++quiet % (QUIET_BEATS + 1) != 0) return;
                }
                if (beat()) process.stop();
            } catch (RuntimeException driverIsGone) {
                process.close();
            }
        }

        /** Tells the driver what was said since the last time, and returns whether to stop. */
        boolean beat() {
            synchronized (this) { // words arrive in their order
                List<byte[]> said;
                synchronized (words) {
                    said = new ArrayList<>(words);
                    words.clear();
                }
                Object stop = driver.askSync(
                        new Beat(call, question.number, task.taskAttemptId(), said),
                        ClassTag$.MODULE$.apply(Object.class));
                return (Boolean) stop;
            }
        }
    }
}
