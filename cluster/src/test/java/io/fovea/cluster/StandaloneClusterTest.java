package io.fovea.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.predict.Decoder;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Scoring;
import io.fovea.problem.Problem;
import io.fovea.remote.RemoteProcesses;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and workers in processes of their own, as a small cluster has them. */
@DisplayName("A standalone cluster")
class StandaloneClusterTest {

    /** What a cluster's administrator sets. */
    private static final Map<String, String> SETTINGS =
            Map.of("spark.driver.host", "127.0.0.1", "spark.fovea.executorTimeout", "4s");

    /** The first tasks wait until both executors are there. */
    private static final Map<String, String> BOTH =
            Map.of("spark.cores.max", "2", "spark.scheduler.minRegisteredResourcesRatio", "1.0");

    private static final String LEAVING_OUT = "spark.excludeOnFailure.enabled";

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private final Scoring.Listener listener = new Scoring.Listener() {
        @Override
        public void remark(String line) {
            remarks.add(line);
        }

        @Override
        public void progress(long done, long all) {}
    };

    private String master;
    private Path model;
    private Path pictures;

    @BeforeEach
    void begins_a_master() throws Exception {
        SETTINGS.forEach(System::setProperty);
        System.setProperty("spark.jars", jars());
        model = ExampleModels.lenet(folder.resolve("lenet.fovea"));
        pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < 50; i++)
            Files.write(pictures.resolve("grey " + (100 + i) + ".png"), ExampleModels.png(5 * i));
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        master = "spark://127.0.0.1:" + port;
        start("org.apache.spark.deploy.master.Master", "--port", Integer.toString(port));
        for (int attempt = 0; attempt < 600; attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("The master does not begin: " + Files.readString(folder.resolve("log")));
    }

    /** Returns what executors need, to be sent to them as jars: folders of classes too, which a packaged program has in one. */
    private String jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : SparkMaster.ownClasses().split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (!Files.exists(path)) continue;
            jars.add(Files.isDirectory(path) ? packed(path, jars.size()) : entry);
        }
        return String.join(",", jars);
    }

    private String packed(Path classes, int number) throws IOException {
        Path jar = folder.resolve("classes-" + number + ".jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }

    private void start(String program, String... words) throws IOException {
        start(Map.of(), program, words);
    }

    private void start(Map<String, String> environment, String program, String... words) throws IOException {
        String home = System.getenv("SPARK_HOME");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-Xmx256m"));
        for (String opened : List.of("java.lang", "java.nio", "sun.nio.ch", "java.util"))
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        command.addAll(List.of("-cp", home + "/jars/*", program, "--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(List.of(words));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        process.environment().putAll(environment);
        processes.add(process.start());
    }

    private void startWorker(int number) throws IOException {
        startWorker(number, Map.of());
    }

    private void startWorker(int number, Map<String, String> environment) throws IOException {
        String work = folder.resolve("work" + number).toString();
        start(
                environment,
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                work,
                master);
    }

    /** Begins one whose executors have no place to unpack ONNX Runtime. */
    private void startBrokenWorker(int number) throws IOException {
        Path noFolder = Files.writeString(folder.resolve("no-folder"), "");
        StringBuilder options = new StringBuilder();
        for (String place : List.of("org.bytedeco.javacpp.cachedir", "user.home", "java.io.tmpdir"))
            options.append("-D").append(place).append('=').append(noFolder).append("/below ");
        startWorker(number, Map.of("JDK_JAVA_OPTIONS", options.toString(), "SPARK_LOCAL_DIRS", folder.toString()));
    }

    @AfterEach
    void ends_all() throws InterruptedException {
        SETTINGS.keySet().forEach(System::clearProperty);
        BOTH.keySet().forEach(System::clearProperty);
        System.clearProperty(LEAVING_OUT);
        System.clearProperty("spark.jars");
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        }
    }

    private Scoring.Outcome score(Path out) {
        return new SparkScoring()
                .score(ExampleScoring.order(master, model.toString(), pictures.toString(), out.toString()), listener);
    }

    /** Returns the answers of processes beside the executors. */
    private List<String> doubled() {
        RemoteProcesses.Order order =
                new RemoteProcesses.Order(master, "test", TryingProgram.class.getName(), 1, List.of());
        try (RemoteProcesses processes =
                RemoteProcesses.Opener.find().orElseThrow().open(order)) {
            List<byte[]> questions = IntStream.range(0, 4)
                    .mapToObj(i -> ("double " + i).getBytes(StandardCharsets.UTF_8))
                    .toList();
            return processes.ask(questions, new RemoteProcesses.Listener() {}, () -> false).stream()
                    .map(answer -> new String(answer.orElseThrow(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    @Test
    void is_not_waited_for_for_ever_where_it_has_no_worker_and_works_when_it_has_two() throws IOException {
        Path out = folder.resolve("out.csv");
        assertThatThrownBy(() -> score(out)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.what())
                .isEqualTo("No executor began within 4 seconds."));
        assertThat(out).doesNotExist();

        System.setProperty("spark.fovea.executorTimeout", "120s");
        startWorker(1);
        startWorker(2);
        Scoring.Outcome outcome = score(out);

        assertThat(doubled()).containsExactly("0", "2", "4", "6");

        assertThat(outcome.pictures()).isEqualTo(50);
        assertThat(outcome.problemCount()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(51);
        try (Decoder decoder = Decoder.load(model, PredictionOptions.DEFAULT)) {
            for (int i = 0; i < 50; i++) {
                Path file = pictures.resolve("grey " + (100 + i) + ".png");
                Prediction said = (Prediction) decoder.answer(file);
                assertThat(lines.get(i + 1))
                        .isEqualTo(file + "," + said.best().name() + ","
                                + said.best().label() + "," + said.best().probability() + ",,,");
            }
        }
    }

    @Test
    void ends_where_the_model_does_not_prove_itself_on_one_machine_or_leaves_it_out_as_asked() throws IOException {
        System.setProperty("spark.fovea.executorTimeout", "120s");
        startWorker(1);
        startBrokenWorker(2);
        BOTH.forEach(System::setProperty);
        Path out = folder.resolve("out.csv");
        assertThatThrownBy(() -> score(out)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what()).startsWith("The native libraries cannot be unpacked");
            assertThat(problem.where()).contains(", on 127.0.0.1/");
        });
        assertThat(out).doesNotExist();

        System.setProperty(LEAVING_OUT, "true");
        Scoring.Outcome outcome = score(out);

        assertThat(outcome.pictures()).isEqualTo(50);
        assertThat(outcome.problemCount()).isZero();
        assertThat(outcome.machines()).hasSize(1);
        assertThat(remarks)
                .singleElement()
                .asString()
                .startsWith("Left out: ")
                .contains(", on 127.0.0.1/", "The native libraries cannot be unpacked");
        assertThat(Files.readAllLines(out)).hasSize(51);
    }
}
