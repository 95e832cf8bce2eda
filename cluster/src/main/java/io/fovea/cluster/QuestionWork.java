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
import scala.reflect.ClassTag$;

/**
 * How an executor has a question answered: by a process beside it, which it begins, or which an earlier question left. The executor's own JVM may be
 * another Java, and has other settings.
 *
 * <p>While the process works, its words go to the driver, and whether to stop comes back. Where the driver does not answer any more, or the task is
 * given up, the process ends at once.
 *
 * @param program of the processes
 * @param places  that the processes read
 */
record QuestionWork(Program program, List<HandedPlace> places) implements Serializable {

    /** Words that wait for their beat; more are told at once, and the process waits until they are heard. */
    private static final int MOST_BYTES_WAITING = 8 << 20;

    private static final long MILLISECONDS_BETWEEN_BEATS = 200;
    /** Without words so many beats are left out, so that thousands of processes do not keep the driver busy. */
    private static final int QUIET_BEATS = 4;

    /** Processes that wait for a question, by program: tasks come and go. */
    private static final Map<String, Deque<ChildProcess>> WAITING = new ConcurrentHashMap<>();

    /** Of several threads, for a beat whose words the driver is slow to hear keeps one. */
    private static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(16, work -> {
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

    /** Ends the processes that wait in this JVM. */
    static void endWaiting() {
        for (Deque<ChildProcess> each : WAITING.values())
            for (ChildProcess left = each.pollFirst(); left != null; left = each.pollFirst()) left.close();
    }

    /**
     * Answers.
     *
     * @param sharing how processes that are asked together hear each other
     * @throws IOException if the process is lost, so that Spark tries again
     */
    RemoteAnswer answer(TaskContext task, RpcEndpointRef driver, Next.Asked asked, Sharing sharing) throws IOException {
        Line line = new Line(task, driver, asked, sharing);
        ChildProcess process;
        try {
            process = process();
        } catch (Problem problem) {
            return new RemoteAnswer.Refused(here(problem));
        }
        ScheduledFuture<?> beats = line.begin(process);
        boolean isWhole = false;
        try {
            byte[] answer = process.ask(asked.question().bytes(), line);
            line.end();
            isWhole = true;
            return new RemoteAnswer.Given(answer);
        } catch (Problem problem) {
            line.end();
            isWhole = true;
            return new RemoteAnswer.Refused(here(problem));
        } finally {
            beats.cancel(false);
            if (isWhole) waiting().addFirst(process);
            else process.close();
        }
    }

    private Deque<ChildProcess> waiting() {
        return WAITING.computeIfAbsent(
                program.identity() + program.main() + program.threads() + program.options(),
                each -> new ConcurrentLinkedDeque<>());
    }

    private ChildProcess process() throws IOException {
        for (ChildProcess left = waiting().pollFirst();
                left != null;
                left = waiting().pollFirst()) {
            if (left.isAlive()) return left;
            left.close();
        }
        return ChildProcess.begin(program.command());
    }

    private static Problem here(Problem problem) {
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        return new Problem(problem.what(), problem.where() + ", on " + host, problem.remedy());
    }

    /** What goes between a process and the driver while a question is worked on. */
    private final class Line implements ChildProcess.Line {

        private final TaskContext task;
        private final Next.Asked asked;
        private final Sharing sharing;
        private final RpcEndpointRef driver;
        private final List<byte[]> words = new ArrayList<>();
        private long bytesWaiting;
        private int quiet;
        private boolean isOver;

        Line(TaskContext task, RpcEndpointRef driver, Next.Asked asked, Sharing sharing) {
            this.task = task;
            this.asked = asked;
            this.sharing = sharing;
            this.driver = driver;
        }

        @Override
        public void told(byte[] word) throws IOException {
            synchronized (words) {
                words.add(word);
                bytesWaiting += word.length;
                if (bytesWaiting < MOST_BYTES_WAITING) return;
            }
            flush();
        }

        @Override
        public String find(String place) throws IOException {
            for (HandedPlace each : places) if (each.path().equals(place)) return each.here();
            return place;
        }

        @Override
        public void flush() throws IOException {
            if (beat(Beat.When.ONCE_HEARD) == Beat.Reply.OVER)
                throw new IOException("Nobody waits for the answer any more");
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

        private synchronized void regular(ChildProcess process) {
            if (isOver) return; // the process may have another question by now
            try {
                if (task.isInterrupted()) {
                    process.close();
                    return;
                }
                synchronized (words) {
                    if (words.isEmpty() && ++quiet % (QUIET_BEATS + 1) != 0) return;
                }
                switch (beat(Beat.When.AT_ONCE)) {
                    case GO -> {}
                    case STOP -> process.stop();
                    case OVER -> process.close();
                }
            } catch (Exception driverIsGone) { // Scala throws what it does not declare
                process.close();
            }
        }

        /** Tells the last words; from then on the process is left alone. */
        synchronized void end() {
            isOver = true;
            synchronized (words) {
                if (words.isEmpty()) return;
            }
            beat(Beat.When.AT_ONCE);
        }

        /** Tells the driver what was said since the last time, and returns its reply. */
        synchronized Beat.Reply beat(Beat.When when) { // words arrive in their order
            List<byte[]> said;
            synchronized (words) {
                said = new ArrayList<>(words);
                words.clear();
                bytesWaiting = 0;
            }
            return Beat.Reply.valueOf(driver.askSync(
                    new Beat(asked.call(), asked.question().number(), asked.ticket(), said, when),
                    ClassTag$.MODULE$.apply(String.class)));
        }
    }
}
