package io.fovea.cluster;

import io.fovea.predict.Scoring;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.SerializableConfiguration;

/**
 * One job: slices of the pictures go out as tasks, rows come back in any order and are written in the pictures' order. A task that is lost is done again
 * by Spark, and of each slice one result is taken. Used once, by one thread.
 */
final class ScoringRun {

    private static final int MOST_PICTURES_OF_A_TASK = 1_000;
    private static final long MOST_BYTES_OF_A_TASK = 64L << 20;
    /** So many for each core, so that the last ones end at about the same time. */
    private static final int TASKS_FOR_A_CORE = 4;

    private static final int MOST_PROBLEMS = 10;
    /** If a machine finds none of so many pictures, it finds none at all. */
    private static final int ENOUGH_TO_DOUBT = 100;

    private final SparkContext spark;
    private final SparkMaster master;
    private final List<PictureFile> pictures;
    private final Scoring.Listener listener;
    private final long begin;

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Long> answers = new HashMap<>();
    private final Map<String, Scoring.Machine> machines = new TreeMap<>();
    /** How many pictures each machine was asked about, and how many it did not find. */
    private final Map<String, long[]> found = new HashMap<>();

    private final LeftOut leftOut = new LeftOut();

    private long answered;
    private long written;
    private long problemCount;
    private long firstAnswer = Long.MAX_VALUE;
    private long lastRow;

    /** @param begin when it was asked for, in milliseconds since 1970 */
    ScoringRun(
            SparkContext spark, SparkMaster master, List<PictureFile> pictures, Scoring.Listener listener, long begin) {
        this.spark = spark;
        this.master = master;
        this.pictures = pictures;
        this.listener = listener;
        this.begin = begin;
    }

    /**
     * Asks about all pictures and writes their rows.
     *
     * @throws Problem if it cannot be done, or the rows are not as many as the pictures
     */
    void write(ExecutorModel model, AnswerColumns columns, Configuration hadoop, AnswerTable table) throws IOException {
        List<List<PictureFile>> slices = slices(pictures, spark.defaultParallelism());
        JavaSparkContext java = JavaSparkContext.fromSparkContext(spark);
        Broadcast<SerializableConfiguration> shared = java.broadcast(new SerializableConfiguration(hadoop));
        RDD<List<PictureFile>> out = java.parallelize(slices, slices.size()).rdd();
        spark.addSparkListener(leftOut);
        RunningJob<ScoredPictures> job = new RunningJob<>(spark, master);
        job.begin(out, new ScoreTask(model, columns, shared), ScoredPictures.class);
        try {
            take(job, slices, columns, table);
        } finally {
            if (written < pictures.size() && !spark.isStopped()) spark.cancelAllJobs();
        }
        lastRow = System.currentTimeMillis();
    }

    /** Returns runs of pictures that are neither too many nor too large for a task, and enough to keep the cores busy. */
    static List<List<PictureFile>> slices(List<PictureFile> pictures, int cores) {
        int most =
                Math.max(1, Math.min(MOST_PICTURES_OF_A_TASK, pictures.size() / Math.max(1, cores * TASKS_FOR_A_CORE)));
        List<List<PictureFile>> slices = new ArrayList<>();
        List<PictureFile> slice = new ArrayList<>();
        long bytes = 0;
        for (PictureFile picture : pictures) {
            if (!slice.isEmpty() && (slice.size() == most || bytes + picture.length() > MOST_BYTES_OF_A_TASK)) {
                slices.add(slice);
                slice = new ArrayList<>();
                bytes = 0;
            }
            slice.add(picture);
            bytes += picture.length();
        }
        if (!slice.isEmpty()) slices.add(slice);
        return slices;
    }

    private void take(
            RunningJob<ScoredPictures> job, List<List<PictureFile>> slices, AnswerColumns columns, AnswerTable table)
            throws IOException {
        Map<Integer, ScoredPictures> early = new HashMap<>();
        for (int next = 0; next < slices.size(); ) {
            Optional<Results.Result<ScoredPictures>> one = next(job);
            if (one.isEmpty()) continue;
            int slice = one.get().number();
            check(one.get().value(), slices.get(slice).size());
            early.put(slice, one.get().value());
            listener.progress(answered, pictures.size());
            for (ScoredPictures ready = early.remove(next); ready != null; ready = early.remove(next)) {
                write(slices.get(next), ready, columns, table);
                next++;
            }
        }
        if (written == pictures.size()) return;
        throw new Problem(
                "Expected " + pictures.size() + " rows, one for each picture, found " + written + ".",
                master.url() + ", option --on",
                "run it again, and report it if it stays so");
    }

    private Optional<Results.Result<ScoredPictures>> next(RunningJob<ScoredPictures> job) {
        try {
            return job.next(listener::remark, this::sofar);
        } catch (Problem problem) {
            throw leftOut.reason(problem);
        } finally {
            leftOut.tell(listener::remark);
        }
    }

    private Optional<String> sofar() {
        return machines.isEmpty()
                ? Optional.empty()
                : Optional.of(answered + " of " + pictures.size() + " pictures were answered for");
    }

    /** Ends all if a machine cannot answer, or sees none of the pictures. */
    private void check(ScoredPictures scored, int expected) {
        scored.refused().ifPresent(problem -> {
            throw problem;
        });
        if (scored.rows().length != expected)
            throw Failures.of(
                    new IllegalStateException(scored.machine() + " answered for " + scored.rows().length + " of "
                            + expected + " pictures"),
                    master);
        answered += expected;
        long[] of = found.computeIfAbsent(scored.machine(), each -> new long[2]);
        of[0] += expected;
        of[1] += scored.missing();
        boolean enough = answered == pictures.size() || of[0] >= ENOUGH_TO_DOUBT;
        if (of[1] < of[0] || !enough) return;
        throw new Problem(
                scored.machine() + " finds none of the " + of[0] + " pictures that it was asked about.",
                pictures.get(0).location(),
                "put the pictures where every machine of the cluster finds them under the same path, or on hdfs: or"
                        + " s3a:");
    }

    private void write(List<PictureFile> slice, ScoredPictures scored, AnswerColumns columns, AnswerTable table)
            throws IOException {
        if (machines.isEmpty() || !machines.containsKey(scored.machine())) remarkJava(scored);
        machines.merge(
                scored.machine(),
                new Scoring.Machine(scored.machine(), scored.java(), slice.size()),
                (before, now) -> new Scoring.Machine(before.name(), before.java(), before.pictures() + now.pictures()));
        firstAnswer = Math.min(firstAnswer, scored.firstAnswer());
        for (int i = 0; i < slice.size(); i++) {
            Object[] row = scored.rows()[i];
            table.add(slice.get(i).name(), row);
            written++;
            columns.problem(row)
                    .ifPresentOrElse(
                            problem -> {
                                problemCount++;
                                if (problems.size() < MOST_PROBLEMS) problems.add(problem);
                            },
                            () -> {
                                if (columns.areRanked()) answers.merge((String) row[0], 1L, Long::sum);
                            });
        }
    }

    private void remarkJava(ScoredPictures scored) {
        String here = System.getProperty("java.version");
        if (scored.java().equals(here)) return;
        listener.remark(scored.machine() + " runs Java " + scored.java() + ", this process " + here
                + "; answers are the same, as its golden pictures showed.");
    }

    /** Returns what came out, once all is written. */
    Scoring.Outcome outcome() {
        Map<String, Long> mostFirst = new LinkedHashMap<>();
        answers.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> mostFirst.put(entry.getKey(), entry.getValue()));
        long first = Math.max(begin, Math.min(firstAnswer, lastRow)); // clocks of other machines may be off
        return new Scoring.Outcome(
                written,
                List.copyOf(problems),
                problemCount,
                mostFirst,
                List.copyOf(machines.values()),
                Duration.ofMillis(first - begin),
                Duration.ofMillis(lastRow - first));
    }
}
