package io.fovea.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fovea.bundle.Provenance;
import io.fovea.codec.PngWriter;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.export.GoldenExample;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.task.Classification;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.Weights;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher and the real program, in a folder laid out as the distribution is. */
@DisplayName("The server's own program")
class DaemonTest {

    @TempDir
    Path folder;

    private Path home;
    private Path model;

    @BeforeEach
    void lay_out() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher is a script of the shell");
        home = folder.resolve("fovea serve"); // people unpack into folders with spaces
        Path launcher = Files.createDirectories(home.resolve("bin")).resolve("fovea-serve");
        Files.copy(Path.of("src/main/distribution/bin/fovea-serve"), launcher);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
        Path library = Files.createDirectories(home.resolve("lib")).resolve("all.jar");
        new JarOutputStream(Files.newOutputStream(library), manifest).close();
        model = write(folder.resolve("models/brightness.fovea"));
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/fovea-serve").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FOVEA_JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private static String ended(ProcessBuilder builder, int exitCode) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isEqualTo(exitCode);
        return words;
    }

    @Test
    void answers_with_the_models_of_a_folder_until_it_is_told_to_end() throws Exception {
        Process process = command(model.getParent().toString(), "--port", "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                HttpClient client = HttpClient.newHttpClient()) {
            String address = lines.readLine();
            assertThat(address).matches("http://127\\.0\\.0\\.1:\\d+/predictions/brightness");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(white()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("\"bright\"");
            process.toHandle().destroy(); // SIGTERM, and its streams stay open
            assertThat(process.waitFor()).isEqualTo(128 + 15);
            assertThat(lines.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void ends_while_it_measures_ways_of_serving() throws Exception {
        Process process = command(model.toString(), "--port", "0", "--auto-tune", "5s")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            Path libraries = Path.of("/proc/" + process.pid() + "/maps");
            assumeTrue(Files.isReadable(libraries), "the system tells which libraries a process has loaded");
            while (process.isAlive() && !Files.readString(libraries).contains("libonnxruntime.so")) Thread.sleep(5);
            process.toHandle().destroy();
            assertThat(process.waitFor()).isEqualTo(128 + 15);
            assertThat(lines.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void says_in_three_lines_what_stops_it() throws Exception {
        assertThat(ended(command(folder.resolve("absent").toString()), 1))
                .contains("There is no such file or folder of models.")
                .contains("where: " + folder.resolve("absent"))
                .contains("do:    check the path that is served");
    }

    @Test
    void refuses_a_number_that_is_out_of_range_as_wrong_usage() throws Exception {
        assertThat(ended(command(model.toString(), "--port", "70000"), 2))
                .contains("--port must be 0 to 65535, not 70000")
                .contains("Usage: fovea-serve");
    }

    @Test
    void asks_for_a_java_that_is_new_enough() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk-17/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        ProcessBuilder builder = command(model.toString());
        builder.environment().put("FOVEA_JAVA_HOME", old.toString());
        assertThat(ended(builder, 1)).contains("FOVEA_JAVA_HOME must name a Java 25 or later");
    }

    @Test
    void names_what_another_build_of_onnx_runtime_lacks() throws Exception {
        ProcessBuilder builder = command(model.toString());
        builder.environment().put("FOVEA_ONNXRUNTIME", folder.toString());
        assertThat(ended(builder, 1))
                .contains("The build of ONNX Runtime lacks libonnxruntime.so.")
                .contains("where: FOVEA_ONNXRUNTIME=" + folder);
    }

    @Test
    void refuses_a_provider_that_its_build_of_onnx_runtime_lacks() throws Exception {
        ProcessBuilder builder = command(model.toString());
        builder.environment().put("FOVEA_PROVIDERS", "tensorrt,cuda");
        assertThat(ended(builder, 1))
                .contains("This build of ONNX Runtime has no \"tensorrt\".")
                .contains("fovea.providers=tensorrt,cuda")
                .contains("take a build that has it");
        builder.environment().put("FOVEA_PROVIDERS", "abacus");
        assertThat(ended(builder, 1))
                .contains("There is no execution provider \"abacus\".")
                .contains("name some of: tensorrt, cuda");
    }

    private static byte[] white() {
        byte white = (byte) 255;
        return PngWriter.bytes(new Pixels(2, 2, 1, new byte[] {white, white, white, white}));
    }

    /** Four grey pixels, of which a byte of 255 becomes +1; with s their sum, the logits are −s and s. */
    private static Path write(Path file) throws IOException {
        Network network = NetworkYaml.read("""
            name: linear
            input: [1, 2, 2]
            layers:
              - flatten: {name: flatten}
              - dense: {name: dense, outputs: 2}
            """, "test");
        Weights weights = new Weights(List.of(
                new NamedTensor("dense.weight", new int[] {2, 4}, new float[] {-1, -1, -1, -1, 1, 1, 1, 1}),
                new NamedTensor("dense.bias", new int[] {2}, new float[2])));
        Files.createDirectories(file.getParent());
        BundleExport.write(
                new BundleContents(
                        "brightness",
                        network,
                        weights,
                        new Preprocessing(
                                2, 2, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.5f}, new float[] {0.5f}),
                        new Classification(List.of("dark", "bright")),
                        List.of(new GoldenExample("white.png", white(), 1, new float[] {-4, 4})),
                        List.of(),
                        new Provenance("head", "none", "none", Map.of(), 0, "test", Instant.EPOCH)),
                file);
        return file;
    }
}
