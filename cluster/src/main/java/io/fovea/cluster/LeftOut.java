package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.OptionConverters;

/**
 * Executors on which the model does not prove itself, where they are to be left out: then their tasks fail, and Spark, by its setting
 * {@code spark.excludeOnFailure.enabled}, gives them no other.
 */
final class LeftOut extends SparkListener {

    private static final String ASKED_FOR = "spark.excludeOnFailure.enabled";

    /** One task that fails says enough; and where no executor is left, others are waited for, but not long. */
    private static final Map<String, String> AT_ONCE = Map.of(
            "spark.excludeOnFailure.application.maxFailedTasksPerExecutor", "1",
            "spark.excludeOnFailure.stage.maxFailedTasksPerExecutor", "1",
            "spark.scheduler.excludeOnFailure.unschedulableTaskSetTimeout", "30",
            "spark.task.maxFailures", "16");

    private final Map<String, Problem> problems = new ConcurrentHashMap<>();
    private final Queue<String> untold = new ConcurrentLinkedQueue<>();

    /** Returns whether whoever set these asked for it; otherwise such an executor ends the job. */
    static boolean isAskedFor(SparkConf conf) {
        return conf.getBoolean(ASKED_FOR, false);
    }

    /** Adds what it needs, where the user has set nothing else. */
    static void prepare(SparkConf conf) {
        if (isAskedFor(conf)) AT_ONCE.forEach(conf::setIfMissing);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (!(end.reason() instanceof ExceptionFailure failure)) return;
        Optional<Throwable> thrown = OptionConverters.toJava(failure.exception());
        if (!(thrown.orElse(null) instanceof Problem problem)) return;
        if (problems.putIfAbsent(end.taskInfo().executorId(), problem) == null)
            untold.add("Left out: " + problem.where() + ". " + problem.what());
    }

    /** Tells of those that were not told of yet. */
    void tell(Consumer<String> listener) {
        for (String each = untold.poll(); each != null; each = untold.poll()) listener.accept(each);
    }

    /** Returns the problem where all have been left out, else the one that is given. */
    Problem reason(Problem problem) {
        String all = problem.getCause() == null
                ? ""
                : String.valueOf(problem.getCause().getMessage());
        if (problems.isEmpty() || !all.contains("due to node and executor excludeOnFailure")) return problem;
        Problem one = problems.values().iterator().next();
        return new Problem(
                "No executor is left, " + problems.size() + " were left out. " + one.what(),
                one.where(),
                one.remedy(),
                problem);
    }
}
