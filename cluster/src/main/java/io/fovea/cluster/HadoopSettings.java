package io.fovea.cluster;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * What Hadoop's file systems are told, on the driver and on executors: what the user set, in {@code spark.hadoop.…}, {@code core-site.xml} or
 * {@code hdfs-site.xml}; and for the rest less patience with machines that are not there than Hadoop has of itself.
 */
final class HadoopSettings {

    /** What is asked first of several name nodes, which Hadoop would try for three minutes. */
    static final Map<String, String> AT_THE_DOOR = Map.of("dfs.client.failover.max.attempts", "3");

    /** Hadoop would try for 15 minutes to reach a host that is off, and wait 18 seconds for each picture whose data node is gone. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "ipc.client.connect.timeout", "5000",
            "ipc.client.connect.max.retries.on.timeouts", "1",
            "dfs.client.retry.window.base", "1000");

    private HadoopSettings() {}

    /** Returns what holds for a context that is to begin with these settings. */
    static Configuration of(SparkConf conf) {
        return impatient(SparkHadoopUtil.get().newConfiguration(conf), IMPATIENT);
    }

    /** Returns what holds for a context that runs. */
    static Configuration of(SparkContext spark) {
        return impatient(new Configuration(spark.hadoopConfiguration()), IMPATIENT);
    }

    /** Returns a configuration with these settings, where the user has set nothing else. */
    static Configuration impatient(Configuration hadoop, Map<String, String> settings) {
        settings.forEach((name, value) -> {
            if (isUnset(hadoop, name)) hadoop.set(name, value);
        });
        return hadoop;
    }

    /** Hadoop's libraries hold files of their own with a value for nearly everything. */
    private static boolean isUnset(Configuration hadoop, String name) {
        String[] sources = hadoop.getPropertySources(name);
        return sources == null || sources.length == 0 || sources[sources.length - 1].endsWith("-default.xml");
    }
}
