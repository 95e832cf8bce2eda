package io.fovea.cluster;

import io.fovea.bundle.Bundle;
import io.fovea.predict.Scoring;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Scores pictures on Apache Spark: what {@code fovea predict --on} does.
 *
 * <p>All that can be refused is refused before the first executor begins.
 */
public final class SparkScoring implements Scoring {

    /** For {@link java.util.ServiceLoader}. */
    public SparkScoring() {}

    @Override
    public Outcome score(Order order, Listener listener) {
        long begin = System.currentTimeMillis();
        SparkMaster master = new SparkMaster(order.on());
        AnswerTable.Form form = AnswerTable.Form.of(order.out());
        Path model = modelFile(order.model());
        AnswerColumns columns = AnswerColumns.of(Bundle.open(model).manifest(), order.top());
        SparkConf conf = master.settings();
        LeftOut.prepare(conf);
        Configuration hadoop = HadoopSettings.of(conf);
        TableFile table = new TableFile(order.out());
        table.check(hadoop);
        PictureListing listing = PictureListing.of(order.pictures(), order.names(), hadoop);
        listing.remarks().forEach(listener::remark);
        master.checkReachable();
        SparkContext spark = begin(conf, master);
        ScoringRun run = new ScoringRun(spark, master, listing.pictures(), listener, begin);
        try {
            ExecutorModel sent = ExecutorModel.send(model, spark);
            table.write(hadoop, out -> {
                try (AnswerTable rows = form.begin(columns, out)) {
                    run.write(sent, columns, hadoop, rows);
                }
            });
        } finally {
            spark.stop();
        }
        ExecutorFolders.delete(spark.applicationId(), master); // what executors said of a failure is kept
        return run.outcome();
    }

    @Override
    public Path modelFile(String model) {
        return ModelAddress.file(model, () -> HadoopSettings.of(new SparkConf()));
    }

    private static SparkContext begin(SparkConf conf, SparkMaster master) {
        try {
            return JavaSparkContext.toSparkContext(new JavaSparkContext(conf));
        } catch (Exception failure) { // Scala's constructors throw what they do not declare
            throw Failures.of(failure, master);
        }
    }
}
