package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * Who hands out the machines, as Spark names it, and what a context needs to work with it.
 *
 * @param url {@code local[2]}, {@code local-cluster[2,1,2048]}, {@code spark://host:7077}, {@code yarn}, {@code k8s://…}
 */
record SparkMaster(String url) {

    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\d+|\\*)(,\\s*\\d+)?])?");
    private static final Pattern LOCAL_CLUSTER =
            Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");
    private static final Pattern STANDALONE = Pattern.compile("spark://[^,/:]+:\\d+(,[^,/:]+:\\d+)*");
    private static final Pattern OTHERS = Pattern.compile("yarn|k8s://.+");

    private static final int CONNECT_MILLIS = 3_000;

    /** As the launcher sets it for one process; see docs/experiments.md. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LC_ALL", "C.UTF-8", // Java finds files with names beyond ASCII only so
            "OPENBLAS_NUM_THREADS", "1",
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "4294967296",
            "MALLOC_TRIM_THRESHOLD_", "4294967296");

    /**
     * Checks the name.
     *
     * @throws Problem if Spark knows none of that form
     */
    SparkMaster {
        if (Stream.of(LOCAL, LOCAL_CLUSTER, STANDALONE, OTHERS)
                .noneMatch(form -> form.matcher(url).matches()))
            throw new Problem(
                    "\"" + url + "\" names no cluster.",
                    "option --on",
                    "write local[2] for threads of this process, local-cluster[2,1,2048] for two processes of this"
                            + " machine with one core and 2048 MiB each, spark://HOST:7077, yarn, or k8s://HOST:PORT");
    }

    /** Returns whether tasks are threads of this process. */
    boolean isThisProcess() {
        return LOCAL.matcher(url).matches();
    }

    /** Returns whether executors are processes of this machine, which begin and end with this one. */
    boolean isThisMachine() {
        return LOCAL_CLUSTER.matcher(url).matches();
    }

    /** Returns for how many tasks of so many cores there is room, if the name says it. */
    OptionalInt places(int cores) {
        Matcher local = LOCAL.matcher(url);
        if (local.matches()) return OptionalInt.of(threads(local.group(2)) / cores);
        Matcher cluster = LOCAL_CLUSTER.matcher(url);
        if (!cluster.matches()) return OptionalInt.empty();
        return OptionalInt.of(Integer.parseInt(cluster.group(1)) * (Integer.parseInt(cluster.group(2)) / cores));
    }

    private static int threads(String number) {
        if (number == null) return 1; // as Spark has it
        return number.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(number);
    }

    /**
     * Checks that somebody listens where the master is said to be; Spark itself would try for a minute.
     *
     * @throws Problem if nobody does
     */
    void checkReachable() {
        if (!STANDALONE.matcher(url).matches()) return;
        List<String> reasons = new ArrayList<>();
        for (String address : url.substring("spark://".length()).split(",")) {
            int colon = address.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(
                                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                        CONNECT_MILLIS);
                return;
            } catch (IOException | IllegalArgumentException failure) {
                reasons.add(address + ": " + Words.of(failure));
            }
        }
        throw new Problem(
                "No master of Spark answers: " + String.join("; ", reasons) + ".",
                url + ", option --on",
                "start one, check host and port (the master's page shows its URL), or work on this machine with"
                        + " --on local-cluster[2,1,2048]");
    }

    /** Returns what a context is made of; what stands in system properties {@code spark.…} goes before. */
    SparkConf settings() {
        SparkConf conf = new SparkConf()
                .setMaster(url)
                .setIfMissing("spark.app.name", "fovea predict")
                .setIfMissing("spark.ui.enabled", "false")
                .setIfMissing("spark.ui.showConsoleProgress", "false")
                // Rows are written as they come, so that all together are never held; Spark counts them all the same.
                .setIfMissing("spark.driver.maxResultSize", "0")
                .setIfMissing(
                        "spark.executor.extraJavaOptions",
                        "--enable-native-access=ALL-UNNAMED -Dorg.bytedeco.javacpp.maxPhysicalBytes=0"
                                + " -XX:+UseSerialGC");
        ENVIRONMENT.forEach((name, value) -> conf.setIfMissing("spark.executorEnv." + name, value));
        Matcher cluster = LOCAL_CLUSTER.matcher(url);
        if (cluster.matches()) {
            conf.setIfMissing("spark.executor.memory", cluster.group(3) + "m");
            conf.setIfMissing("spark.executor.cores", cluster.group(2));
            ShelteredJava.home().ifPresent(home -> conf.setIfMissing("spark.executorEnv.JAVA_HOME", home));
            // Executors of this machine read the libraries where they lie; copies would take seconds.
            conf.setIfMissing("spark.executor.extraClassPath", ownClasses());
        } else if (!isThisProcess()) {
            jar().ifPresent(jar -> conf.setIfMissing("spark.jars", jar.toUri().toString()));
        }
        return conf;
    }

    /** Returns what executors need beside Spark's own libraries. */
    static String ownClasses() {
        if (jar().isPresent()) return jar().orElseThrow().toString();
        Path spark = Path.of(System.getenv().getOrDefault("SPARK_HOME", "."), "jars");
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry -> !Files.exists(spark.resolve(Path.of(entry).getFileName())))
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    /** Returns the jar that this class and all that executors need are in; empty in a build, where they are in folders. */
    private static Optional<Path> jar() {
        try {
            Path place = Path.of(SparkMaster.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isRegularFile(place) ? Optional.of(place) : Optional.empty();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
