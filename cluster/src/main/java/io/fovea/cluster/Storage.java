package io.fovea.cluster;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Where Hadoop finds something, as somebody named it; what it fails for becomes a problem.
 *
 * @param word  the address
 * @param where the place that a problem tells
 */
record Storage(String word, String where) {

    /** What is asked of a file system. */
    @FunctionalInterface
    interface Question<T> {
        /** Asks. */
        T ask() throws IOException;
    }

    /** What is done in a file system. */
    @FunctionalInterface
    interface Deed {
        /** Does it. */
        void act() throws IOException;
    }

    /** Returns the address as Hadoop has it. */
    Path path() {
        return new Path(word);
    }

    /** Returns the file system that it is of, if it answers. */
    FileSystem files(Configuration hadoop) throws IOException {
        if (isOfSeveralNameNodes()) checkReachable(hadoop);
        return path().getFileSystem(hadoop);
    }

    /** A name without a port may stand for several; one that has a port stands for itself. */
    private boolean isOfSeveralNameNodes() {
        return "hdfs".equals(path().toUri().getScheme()) && path().toUri().getPort() < 0;
    }

    /** Whom none of several name nodes answers, Hadoop has wait for three minutes; but while pictures are read one may well take over from another. */
    private void checkReachable(Configuration hadoop) throws IOException {
        Configuration impatient = HadoopSettings.impatient(new Configuration(hadoop), HadoopSettings.AT_THE_DOOR);
        try (FileSystem files = FileSystem.newInstance(path().toUri(), impatient)) {
            files.getFileStatus(new Path("/"));
        }
    }

    /**
     * Returns what a question gives.
     *
     * @param cannot what cannot be done if it fails, as a sentence without its end
     * @throws Problem if it fails
     */
    <T> T ask(String cannot, Question<T> question) {
        try {
            return question.ask();
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException | LinkageError failure) {
            throw problem(cannot, failure);
        } catch (RuntimeException failure) {
            // so Hadoop says that a class of its settings is not there
            if (cause(failure, ClassNotFoundException.class).isEmpty()) throw failure;
            throw problem(cannot, failure);
        }
    }

    /**
     * Does something, as {@link #ask} asks.
     *
     * @throws Problem if it fails
     */
    void act(String cannot, Deed deed) {
        ask(cannot, () -> {
            deed.act();
            return word;
        });
    }

    private Problem problem(String cannot, Throwable failure) {
        Optional<String> remedy = remedy(failure);
        if (remedy.isPresent()) return problem(cannot, words(failure), remedy.get(), failure);
        if (has(failure, UnknownHostException.class))
            return problem(
                    cannot,
                    "no host is called " + authority(),
                    "check the address; where the name stands for several name nodes, set HADOOP_CONF_DIR to the folder"
                            + " with the cluster's core-site.xml and hdfs-site.xml",
                    failure);
        if (has(failure, ConnectException.class)
                || has(failure, NoRouteToHostException.class)
                || has(failure, SocketTimeoutException.class))
            return problem(
                    cannot,
                    "nobody answers at " + authority(),
                    "check host and port (fs.defaultFS in the cluster's core-site.xml has both), and that the name node"
                            + " runs",
                    failure);
        if (failure instanceof LinkageError || has(failure, ClassNotFoundException.class))
            return problem(
                    cannot,
                    "libraries for \"" + path().toUri().getScheme() + ":\" are not there (" + Words.of(failure) + ")",
                    "put them into the folder jars of a distribution of Spark, on every machine, and set SPARK_HOME to"
                            + " it; docs/spark.md says which",
                    failure);
        if (has(failure, UnsupportedFileSystemException.class))
            return problem(
                    cannot,
                    "Hadoop knows no \"" + path().toUri().getScheme() + ":\"",
                    "write hdfs://HOST:PORT/PATH, s3a://BUCKET/PATH, or the path of a file of this machine",
                    failure);
        return problem(
                cannot,
                words(failure),
                "check the address; what Hadoop needs to know of it stands in spark.hadoop.* settings, or in"
                        + " core-site.xml and hdfs-site.xml in HADOOP_CONF_DIR",
                failure);
    }

    /** Returns what a failure to read or write says, in one line. */
    static String words(Throwable failure) {
        if (has(failure, BlockMissingException.class)) return "none of the data nodes that hold it answers";
        return Words.of(failure);
    }

    /** Returns what to do about it, if that is known whatever was read or written. */
    static Optional<String> remedy(Throwable failure) {
        if (has(failure, BlockMissingException.class))
            return Optional.of("see which data nodes are gone (hdfs fsck FILE -locations), and start them again");
        if (has(failure, AccessControlException.class) || has(failure, AccessDeniedException.class))
            return Optional.of("let that user in (hdfs dfs -chmod), or be another: by kinit where the cluster wants"
                    + " Kerberos, else by HADOOP_USER_NAME=NAME");
        return Optional.empty();
    }

    private Problem problem(String cannot, String reason, String remedy, Throwable failure) {
        return new Problem(cannot + ": " + reason + ".", where, remedy, failure);
    }

    private String authority() {
        String authority = path().toUri().getAuthority();
        return authority == null ? "the default file system's address" : authority;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        return cause(failure, kind).isPresent();
    }

    private static Optional<Throwable> cause(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (kind.isInstance(cause)) return Optional.of(cause);
        return Optional.empty();
    }
}
