package io.fovea.benchmark;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where the repository and its data are. */
final class Repository {

    private Repository() {}

    /** Returns the folder of the parent POM: this one or the nearest above that holds the launcher. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("fovea")) && Files.exists(folder.resolve("pom.xml"))) return folder;
        }
        throw new Problem(
                "The repository was not found.", here.toString(), "call benchmarks/run of a clone of the repository");
    }

    /** Returns the folder of test data: {@code $FOVEA_DATA}, or {@code ../shared/data} beside the repository. */
    static Path data(String name) {
        String named = System.getenv().getOrDefault("FOVEA_DATA", "");
        Path data = named.isEmpty()
                ? root().resolve("../shared/data").normalize()
                : Path.of(named).toAbsolutePath();
        if (!Files.isDirectory(data.resolve(name))) {
            throw new Problem(
                    "The benchmark needs the data \"" + name + "\".",
                    data.toString(),
                    "set FOVEA_DATA to a folder that holds " + name);
        }
        return data;
    }

    /** Returns the commit, with {@code +changes} if files other than results differ from it; {@code unknown} without Git. */
    static String commit() {
        String commit = git("rev-parse", "--short", "HEAD");
        if (commit.isEmpty()) return "unknown";
        return git(
                                "status",
                                "--porcelain",
                                "--untracked-files=no",
                                "--",
                                ".",
                                ":!benchmarks/README.md",
                                ":!benchmarks/results")
                        .isEmpty()
                ? commit
                : commit + "+changes";
    }

    private static String git(String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder("git").directory(root().toFile());
            builder.command().addAll(List.of(arguments));
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (InputStream output = process.getInputStream()) {
                String words = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
                return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? words : "";
            }
        } catch (IOException _) {
            return "";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
