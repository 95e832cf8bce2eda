package io.fovea.cluster;

import io.fovea.problem.Problem;

/** What Spark throws, as a problem. */
final class Failures {

    private Failures() {}

    /** Returns what a task failed for, which stands deep in what Spark says. */
    private static String reason(String all) {
        int at = all.lastIndexOf("java.io.IOException: ");
        if (at < 0) return "";
        return "; "
                + all.substring(at + "java.io.IOException: ".length())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst("[.\\s]+$", "");
    }

    /** Returns the problem that it carries, or one that says what Spark said. */
    static Problem of(Throwable failure, SparkMaster master) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof Problem problem) return problem;
        String all = String.valueOf(failure.getMessage());
        String where = master.url() + ", option --on";
        if (all.contains("UnsupportedClassVersionError"))
            return new Problem(
                    "An executor runs a Java that is too old: " + Words.of(failure) + ".",
                    where,
                    "give all machines a JDK 17 or later (spark.executorEnv.JAVA_HOME, or JAVA_HOME of the workers)",
                    failure);
        if (all.contains("Could not parse Master URL"))
            return new Problem(
                    "These libraries of Spark know no such cluster: " + Words.of(failure) + ".",
                    where,
                    "set SPARK_HOME to a distribution of Spark 4.2 that has the modules for it",
                    failure);
        return givenUp("Spark gave up: " + Words.of(failure) + reason(all) + ".", master, failure);
    }

    /** Returns the problem that a question was lost so often, the last time so. */
    static Problem lost(int times, String how, SparkMaster master) {
        return givenUp("The same part of the work was lost " + times + " times. " + how + ".", master, null);
    }

    private static Problem givenUp(String what, SparkMaster master, Throwable failure) {
        return new Problem(
                what,
                master.url() + ", option --on",
                "look into the executors' logs (the master's page leads to them), give executors more memory"
                    + " (FOVEA_JVM_OPTIONS=-Dspark.executor.memory=4g), or set FOVEA_DEBUG=1 for all that Spark says",
                failure);
    }
}
