package io.fovea.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.predict.Decoder;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Scoring;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A name node and a data node in this process; whoever asks is not the one who began them, and so may not do all. */
@DisplayName("Scoring with model, pictures and table on HDFS")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HdfsScoringTest {

    private static final String TWO_PROCESSES = "local-cluster[2,1,512]";
    private static final String ONE_THREAD = "local[1]";
    private static final String BEYOND_ASCII = "ein schönes Bild 写真.png";

    /** Little waiting between tries where a data node is gone. */
    private static final Map<String, String> SETTINGS = Map.of("spark.hadoop.dfs.client.retry.window.base", "50");

    @TempDir
    static java.nio.file.Path folder;

    private static java.nio.file.Path model;
    private static MiniDFSCluster hdfs;
    private static FileSystem files;
    private static UserGroupInformation visitor;

    @BeforeAll
    static void begins_a_file_system_with_a_model_and_pictures() throws IOException {
        Configuration settings = new Configuration();
        settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        hdfs = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
        hdfs.waitActive();
        files = hdfs.getNewFileSystemInstance(
                0); // none that scoring would find in Hadoop's cache, with its own settings
        visitor = UserGroupInformation.createRemoteUser("visitor");
        model = ExampleModels.lenet(folder.resolve("lenet.fovea"));
        put("/models/lenet.fovea", Files.readAllBytes(model));
        put("/models/secret.fovea", Files.readAllBytes(model));
        files.setPermission(new Path("/models/secret.fovea"), new FsPermission("600"));
        put("/models/torn.fovea", Arrays.copyOf(Files.readAllBytes(model), 10_000));
        for (int i = 0; i < 20; i++) put("/photos/" + i % 2 + "/grey " + i + ".png", ExampleModels.png(12 * i));
        put("/photos/0/" + BEYOND_ASCII, ExampleModels.png(77));
        put("/photos/0/broken.png", "no picture".getBytes(StandardCharsets.UTF_8));
        put("/photos/1/secret.png", ExampleModels.png(1));
        files.setPermission(new Path("/photos/1/secret.png"), new FsPermission("600"));
        put("/photos/notes.md", new byte[] {'#'});
        files.mkdirs(new Path("/tables"));
        files.setPermission(new Path("/tables"), new FsPermission("777"));
        SETTINGS.forEach(System::setProperty);
    }

    @AfterAll
    static void ends_the_file_system() {
        SETTINGS.keySet().forEach(System::clearProperty);
        if (hdfs != null) hdfs.shutdown();
    }

    private static void put(String path, byte[] content) throws IOException {
        try (OutputStream out = files.create(new Path(path))) {
            out.write(content);
        }
    }

    private static String at(String path) {
        return hdfs.getURI() + path;
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static Scoring.Outcome score(String on, String model, String pictures, String out) {
        Scoring.Order order = ExampleScoring.order(on, model, pictures, out);
        return as(() -> new SparkScoring().score(order, ExampleScoring.NOBODY));
    }

    private static <T> T as(PrivilegedExceptionAction<T> action) {
        try {
            return visitor.doAs(action);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void refused(ThrowingCallable call, String what, String where, String remedy) {
        long begin = System.nanoTime();
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).contains(what);
            assertThat(problem.where()).startsWith(where);
            assertThat(problem.remedy()).contains(remedy);
        });
        assertThat((System.nanoTime() - begin) / 1_000_000_000L)
                .as("seconds; Hadoop by itself would try for three minutes, or fifteen")
                .isLessThan(150);
    }

    /** One row of a table of this model, as a decoder beside the files gives it. */
    private static String expected(Decoder decoder, String picture, byte[] bytes) {
        try {
            Prediction said = (Prediction) decoder.answer(bytes, picture);
            return picture + "," + said.best().name() + "," + said.best().label() + ","
                    + said.best().probability() + ",,,";
        } catch (Problem problem) {
            return picture + ",,,,\"" + problem.what() + "\"," + problem.where() + ",\"" + problem.remedy() + "\"";
        }
    }

    @Test
    @Order(1)
    @Timeout(120)
    void gives_the_rows_of_one_process() throws IOException {
        String out = at("/tables/new/scores.csv");
        Scoring.Outcome outcome = score(TWO_PROCESSES, at("/models/lenet.fovea"), at("/photos"), out);

        assertThat(outcome.pictures()).isEqualTo(23);
        assertThat(outcome.problemCount()).isEqualTo(2);
        assertThat(outcome.machines()).hasSize(2);
        List<String> lines;
        try (var in = files.open(new Path(out))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
        String secret = rows.removeLast();
        assertThat(secret)
                .startsWith(at("/photos/1/secret.png") + ",,,,")
                .contains("The file cannot be read: Permission denied: user=visitor, access=READ");
        List<String> expected = new ArrayList<>();
        try (Decoder decoder = Decoder.load(model, PredictionOptions.DEFAULT)) {
            for (String below : List.of("/photos/0", "/photos/1"))
                for (FileStatus each : files.listStatus(new Path(below))) {
                    if (each.getPath().getName().equals("secret.png")) continue;
                    try (var in = files.open(each.getPath())) {
                        expected.add(expected(decoder, each.getPath().toString(), in.readAllBytes()));
                    }
                }
        }
        expected.sort(null);
        assertThat(rows)
                .isEqualTo(expected)
                .anyMatch(row -> row.startsWith(at("/photos/0/" + BEYOND_ASCII + ",class")));
        assertThat(files.listStatus(new Path("/tables/new"))).hasSize(1);
    }

    @Test
    @Order(2)
    void fetches_a_model_once_and_again_only_when_it_is_another() throws IOException {
        String word = at("/models/changing.fovea");
        put("/models/changing.fovea", Files.readAllBytes(model));
        java.nio.file.Path first = new SparkScoring().modelFile(word);
        assertThat(first).hasSameBinaryContentAs(model);
        assertThat(new SparkScoring().modelFile(word)).isEqualTo(first);
        java.nio.file.Path other = ExampleModels.resnet20(folder.resolve("resnet20.fovea"));
        put("/models/changing.fovea", Files.readAllBytes(other));
        assertThat(new SparkScoring().modelFile(word)).isNotEqualTo(first).hasSameBinaryContentAs(other);
    }

    @Test
    @Order(3)
    void answers_in_datasets_and_sql_by_a_model_on_hdfs() throws IOException {
        System.setProperty("spark.sql.extensions", PictureFunctions.class.getName());
        System.setProperty(PictureFunctions.MODEL, at("/models/lenet.fovea"));
        try (SparkSession spark = SparkSession.builder()
                        .config(new SparkMaster(ONE_THREAD).settings())
                        .getOrCreate();
                Decoder decoder = Decoder.load(model, PredictionOptions.DEFAULT)) {
            Dataset<Row> pictures = spark.read().format("binaryFile").load(at("/photos/0/*.png"));
            List<Row> rows = new PictureTransformer()
                    .setModel(at("/models/lenet.fovea"))
                    .transform(pictures)
                    .collectAsList();
            assertThat(rows).hasSize(12);
            for (Row row : rows) {
                if (row.getAs("problem") != null) continue;
                Prediction said = (Prediction) decoder.answer(row.<byte[]>getAs("content"), "");
                assertThat(row.<Float>getAs("probability"))
                        .isEqualTo(said.best().probability());
            }
            Row one = spark.sql("select fovea_classify(content).prediction from binaryFile.`"
                            + at("/photos/0/broken.png") + "`")
                    .head();
            assertThat(one.isNullAt(0)).isTrue();
            SparkSession another = spark.newSession();
            PictureFunctions.register(another, at("/models/lenet.fovea"));
            assertThat(another.sql("select fovea_classify(X'00').problem")
                            .head()
                            .getString(0))
                    .startsWith("Expected a picture");
        } finally {
            System.clearProperty("spark.sql.extensions");
            System.clearProperty(PictureFunctions.MODEL);
        }
    }

    @Test
    @Order(4)
    void refuses_models_that_are_missing_or_torn_or_not_for_this_user() {
        refused(model("/models/none.fovea"), "There is no model file", at("/models/none.fovea"), "hdfs dfs -ls");
        refused(model("/models"), "Expected a model file, found a folder.", at("/models"), "name the .fovea file");
        refused(model("/models/torn.fovea"), "", at("/models/torn.fovea"), "copy the file again");
        refused(
                model("/models/secret.fovea"),
                "The model file cannot be fetched: Permission denied: user=visitor, access=READ",
                at("/models/secret.fovea"),
                "HADOOP_USER_NAME");
    }

    private static ThrowingCallable model(String path) {
        return () -> score(ONE_THREAD, at(path), at("/photos"), file("x.csv"));
    }

    @Test
    @Order(5)
    void refuses_storage_that_is_not_there_within_seconds() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String nowhere = "hdfs://localhost:" + free + "/x.fovea";
        refused(
                () -> score(ONE_THREAD, nowhere, at("/photos"), file("x.csv")),
                "The model file cannot be fetched: nobody answers at localhost:" + free + ".",
                nowhere,
                "check host and port");
        String several = "spark.hadoop.dfs.";
        Map<String, String> names = Map.of(
                several + "nameservices",
                "pair",
                several + "ha.namenodes.pair",
                "a,b",
                several + "namenode.rpc-address.pair.a",
                "localhost:" + free,
                several + "namenode.rpc-address.pair.b",
                "localhost:" + free,
                several + "client.failover.proxy.provider.pair",
                ConfiguredFailoverProxyProvider.class.getName());
        names.forEach(System::setProperty);
        try {
            refused(
                    () -> score(ONE_THREAD, "hdfs://pair/x.fovea", at("/photos"), file("x.csv")),
                    "The model file cannot be fetched: nobody answers at pair.",
                    "hdfs://pair/x.fovea",
                    "check host and port");
        } finally {
            names.keySet().forEach(System::clearProperty);
        }
        refused(
                () -> score(ONE_THREAD, model.toString(), "hdfs://no.such.host.invalid/photos", file("x.csv")),
                "The pictures cannot be listed: no host is called no.such.host.invalid.",
                "hdfs://no.such.host.invalid/photos",
                "HADOOP_CONF_DIR");
        refused(
                () -> score(ONE_THREAD, model.toString(), "s3a://bucket/photos", file("x.csv")),
                "The pictures cannot be listed: libraries for \"s3a:\" are not there",
                "s3a://bucket/photos",
                "SPARK_HOME");
        refused(
                () -> score(ONE_THREAD, "swift://box/x.fovea", at("/photos"), file("x.csv")),
                "Hadoop knows no \"swift:\".",
                "swift://box/x.fovea",
                "write hdfs://");
    }

    @Test
    @Order(6)
    void refuses_a_table_where_nothing_may_be_written_before_it_begins() throws IOException {
        refused(
                () -> score(ONE_THREAD, at("/models/lenet.fovea"), at("/none"), at("/photos/x.csv")),
                "The file cannot be written: Permission denied: user=visitor, access=WRITE",
                at("/photos/x.csv") + ", option --out",
                "let that user in");
        refused(
                () -> score(ONE_THREAD, at("/models/lenet.fovea"), at("/none"), at("/tables/made/x.csv")),
                "There is no picture or folder",
                at("/none"),
                "check the path");
        assertThat(files.exists(new Path("/tables/made"))).isFalse();
    }

    @Test
    @Order(7)
    @Timeout(120)
    void tells_pictures_whose_data_node_is_gone_and_ends_when_none_comes() throws IOException {
        as(() -> new SparkScoring().modelFile(at("/models/lenet.fovea")));
        hdfs.shutdownDataNodes();
        Scoring.Outcome one = score(ONE_THREAD, at("/models/lenet.fovea"), at("/photos/0/grey 0.png"), file("one.csv"));
        assertThat(one.problems()).singleElement().satisfies(problem -> assertThat(problem.what())
                .startsWith("The file cannot be read: none of the data nodes"));
        refused(
                () -> score(ONE_THREAD, at("/models/lenet.fovea"), at("/photos/0"), file("gone.csv")),
                "The storage gives none of 3 pictures in succession: none of the data nodes",
                at("/photos/0/grey 0.png"),
                "hdfs dfsadmin -report");
        assertThat(folder.resolve("gone.csv")).doesNotExist();
    }
}
