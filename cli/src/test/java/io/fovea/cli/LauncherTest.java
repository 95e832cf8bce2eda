package io.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script {@code fovea} in a copy of the repository that holds nothing but it, with a JDK and a Maven made of scripts. */
@DisplayName("The launcher")
class LauncherTest {

    @TempDir
    Path folder;

    private Path root;
    private Path jdk;

    /** How it ended. */
    private record Outcome(int exitCode, String results, String progress) {}

    @BeforeEach
    void standsInAnEmptyRepository() throws IOException {
        assumeThat(Files.isExecutable(Path.of("/bin/bash"))).as("Bash").isTrue();
        root = Files.createDirectories(folder.resolve("repository"));
        Files.copy(Path.of("..", "fovea"), root.resolve("fovea"));
        executable(root.resolve("fovea"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        for (String module : List.of("predict", "train", "serve", "daemon", "cluster", "workbench", "cli")) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
        }
        jdk = jdk("jdk-25", "25.0.1");
    }

    @Test
    void builds_once_and_then_runs_the_program_with_its_arguments() throws Exception {
        maven("mkdir -p cli/target/fovea/lib; touch cli/target/fovea/lib/fovea.jar; echo built >> builds");
        Outcome first = fovea(jdk, "predict", "two words.png");
        Outcome second = fovea(jdk, "doctor");
        assertThat(first.exitCode()).isZero();
        assertThat(first.progress()).startsWith("Building Fovea");
        assertThat(first.results()).contains("io.fovea.cli.Main|predict|two words.png|");
        assertThat(second.progress()).isEmpty();
        assertThat(Files.readAllLines(root.resolve("builds"))).hasSize(1);
    }

    @Test
    void does_not_build_again_for_what_the_build_wrote_among_the_sources() throws Exception {
        maven("mkdir -p cli/target/fovea/lib web/src/api; touch cli/target/fovea/lib/fovea.jar; sleep 0.02;"
                + " touch web/src/api/types.ts; echo built >> builds");
        Files.createDirectories(root.resolve("web/src/api"));
        fovea(jdk, "doctor");
        fovea(jdk, "doctor");
        assertThat(Files.readAllLines(root.resolve("builds"))).hasSize(1);
    }

    @Test
    void builds_again_when_a_source_is_newer() throws Exception {
        maven("mkdir -p cli/target/fovea/lib; touch cli/target/fovea/lib/fovea.jar; echo built >> builds");
        fovea(jdk, "doctor");
        Path source = Files.writeString(root.resolve("train/src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(
                source, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 10_000));
        fovea(jdk, "doctor");
        assertThat(Files.readAllLines(root.resolve("builds"))).hasSize(2);
    }

    @Test
    void brings_spark_only_where_a_cluster_is_named() throws Exception {
        maven("mkdir -p cli/target/fovea/lib cluster/target/fovea-spark cluster/target/spark/jars; touch"
                + " cli/target/fovea/lib/fovea.jar cluster/target/fovea-spark/fovea-spark-1-all.jar"
                + " cluster/target/spark/jars/spark-core_2.13-4.2.0.jar; echo \"$@\""
                + " >> builds");
        script(jdk.resolve("bin/java"), "printf '%s|' \"$@\"");
        Outcome plain = fovea(jdk, "predict", "model", "pictures");
        Outcome cluster = fovea(jdk, "predict", "model", "pictures", "--on", "local[2]");
        fovea(jdk, "predict", "model", "pictures", "--on=local[2]");
        assertThat(plain.results()).doesNotContain("spark");
        assertThat(cluster.results())
                .contains(
                        root.resolve("cluster/target/spark/jars/*") + ":", "fovea-spark-1-all.jar|io.fovea.cli.Main|");
        assertThat(fovea(jdk, "predict", "model", "pictures", "--on", "spark://host:7077")
                        .results())
                .contains("-XX:TieredStopAtLevel=1|");
        assertThat(cluster.results()).doesNotContain("-XX:TieredStopAtLevel=1|");
        assertThat(Files.readAllLines(root.resolve("builds")))
                .hasSize(2)
                .last()
                .asString()
                .contains("-pl cluster ");
    }

    @Test
    void says_that_a_folder_holds_no_spark() throws Exception {
        maven("mkdir -p cli/target/fovea/lib; touch cli/target/fovea/lib/fovea.jar");
        Outcome outcome = fovea(jdk, "predict", "model", "pictures", "--on", "local[2]");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress())
                .contains("There is no Spark: its folder \"jars\" is missing.\n  where: SPARK_HOME=");
    }

    @Test
    void refuses_another_version_of_spark() throws Exception {
        maven("mkdir -p cli/target/fovea/lib cluster/target/spark/jars; touch cli/target/fovea/lib/fovea.jar"
                + " cluster/target/spark/jars/spark-core_2.12-3.5.1.jar");
        Outcome outcome = fovea(jdk, "predict", "model", "pictures", "--on", "local[2]");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress()).contains("Expected Spark 4.2 for Scala 2.13, found another.");
    }

    @Test
    void does_not_take_a_failed_build_for_a_build() throws Exception {
        maven("echo broken >&2; exit 1");
        Outcome outcome = fovea(jdk, "doctor");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress()).contains("broken\n", "The build failed", "  where: ", "  do:    ");
        assertThat(root.resolve("cli/target/fovea/built")).doesNotExist();
    }

    @Test
    void says_which_jdk_it_needs_when_the_named_one_is_too_old() throws Exception {
        Outcome outcome = fovea(jdk("jdk-17", "17.0.15"), "doctor");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.progress().lines().toList())
                .first()
                .asString()
                .isEqualTo("FOVEA_JAVA_HOME must name a JDK 25 or later; found JDK 17.");
        assertThat(outcome.progress().lines()).hasSize(3);
    }

    @Test
    void works_through_a_link_from_another_folder() throws Exception {
        maven("mkdir -p cli/target/fovea/lib; touch cli/target/fovea/lib/fovea.jar");
        Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("fovea"));
        Outcome outcome = run(link, jdk, "doctor");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.results()).contains("io.fovea.cli.Main|doctor|");
    }

    @Test
    void hands_on_the_exit_code_of_the_program() throws Exception {
        maven("mkdir -p cli/target/fovea/lib; touch cli/target/fovea/lib/fovea.jar");
        script(jdk.resolve("bin/java"), "exit 3");
        assertThat(fovea(jdk, "doctor").exitCode()).isEqualTo(3);
    }

    private Outcome fovea(Path javaHome, String... arguments) throws Exception {
        return run(root.resolve("fovea"), javaHome, arguments);
    }

    private Outcome run(Path script, Path javaHome, String... arguments) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of(script.toString()));
        words.addAll(List.of(arguments));
        Path results = folder.resolve("results");
        Path progress = folder.resolve("progress");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(results.toFile())
                .redirectError(progress.toFile());
        builder.environment().put("FOVEA_JAVA_HOME", javaHome.toString());
        builder.environment().remove("SPARK_HOME");
        builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, first) -> first + path);
        int exitCode = builder.start().waitFor();
        return new Outcome(exitCode, Files.readString(results), Files.readString(progress));
    }

    /** A folder that looks like a JDK; its "java" prints its last words. */
    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(
                home.resolve("bin/java"),
                "while [ $# -gt 0 ] && [ \"$1\" != io.fovea.cli.Main ]; do shift; done; printf '%s|' \"$@\"");
        script(home.resolve("bin/javac"), "exit 0");
        return home;
    }

    /** A "mvn" that does this in the repository's root. */
    private void maven(String commands) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        script(folder.resolve("bin/mvn"), "cd '" + root + "'\n" + commands);
    }

    private static void script(Path file, String commands) throws IOException {
        Files.write(file, ("#!/bin/bash\n" + commands + "\n").getBytes(StandardCharsets.UTF_8));
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
