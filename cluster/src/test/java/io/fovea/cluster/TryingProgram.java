package io.fovea.cluster;

import io.fovea.problem.Problem;
import io.fovea.remote.AnsweringProcess;
import io.fovea.remote.Asker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What processes of these tests do: words that they are asked. */
public final class TryingProgram {

    private TryingProgram() {}

    /** Answers until the input ends. */
    public static void main(String[] arguments) throws IOException {
        AnsweringProcess.run(TryingProgram::answer);
    }

    private static byte[] answer(byte[] question, Asker asker) throws IOException {
        String[] words = new String(question, StandardCharsets.UTF_8).split(" ");
        String answer =
                switch (words[0]) {
                    case "double" -> Integer.toString(2 * Integer.parseInt(words[1]));
                    case "process" -> Long.toString(ProcessHandle.current().pid());
                    case "count" -> counted(Integer.parseInt(words[1]), asker);
                    case "refuse" -> throw new Problem("It does not.", "the question", "ask another one");
                    case "die" -> died(Path.of(words[1]));
                    case "fall" -> fallen(Integer.parseInt(words[1]), Path.of(words[2]), asker);
                    case "together" -> together(words[1], asker);
                    case "find" -> found(Path.of(words[1]), asker);
                    case "wait" -> waited(asker);
                    default -> throw new IllegalArgumentException(words[0]);
                };
        return answer.getBytes(StandardCharsets.UTF_8);
    }

    private static String counted(int to, Asker asker) {
        for (int i = 1; i <= to; i++) asker.tell(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
        return "counted";
    }

    /** Ends the process the first time that it is asked, with its executor if the word says so. */
    private static String died(Path once) throws IOException {
        try {
            Files.createFile(once);
        } catch (FileAlreadyExistsException again) {
            return "lived";
        }
        if (once.endsWith("executor"))
            ProcessHandle.current().parent().orElseThrow().destroyForcibly();
        Runtime.getRuntime().halt(9);
        return "";
    }

    /** Ends the process so many times, which a file counts by its bytes. */
    private static String fallen(int times, Path count, Asker asker) throws IOException {
        Files.write(count, new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (Files.size(count) <= times) Runtime.getRuntime().halt(9);
        return together("risen", asker);
    }

    private static String together(String word, Asker asker) throws IOException {
        if (word.startsWith("/")) died(Path.of(word));
        List<byte[]> all = asker.share(word.replaceAll(".*/", "").getBytes(StandardCharsets.UTF_8));
        return all.stream()
                .map(each -> new String(each, StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }

    /** Returns where a file or folder lies, and what is in its files. */
    private static String found(Path place, Asker asker) throws IOException {
        Path here = asker.find(place);
        try (Stream<Path> files = Files.walk(here)) {
            StringBuilder all = new StringBuilder(here.toString());
            for (Path file : files.filter(Files::isRegularFile).sorted().toList())
                all.append('|').append(file.getFileName()).append('=').append(Files.readString(file));
            return all.toString();
        }
    }

    private static String waited(Asker asker) throws IOException {
        asker.tell("waiting".getBytes(StandardCharsets.UTF_8));
        try {
            while (!asker.isStopping()) Thread.sleep(10);
        } catch (InterruptedException impossible) {
            throw new IOException(impossible);
        }
        return "stopped";
    }
}
