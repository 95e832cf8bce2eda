package io.fovea.work;

import io.fovea.job.Job;
import io.fovea.job.JobPaths;
import io.fovea.job.JobYaml;
import io.fovea.jvm.Build;
import io.fovea.problem.Problem;
import io.fovea.record.RecordYaml;
import io.fovea.remote.Asker;
import io.fovea.remote.ByteParts;
import io.fovea.workspace.LinkedWorkspace;
import io.fovea.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The work of a job as a process on another machine has it open, from one question about it to the next. It is the same as that of the process that asks:
 * the same build, on the same data, in the same workspace or in one of copies.
 */
final class OpenedWork implements AutoCloseable {

    /** Where in a question stands what is only its own; before it is what the work is. */
    static final int OWN = 6;

    private Optional<Opened> opened = Optional.empty();

    private record Opened(String yaml, String workspace, String inputs, Optional<LinkedWorkspace> copies, Work work) {}

    /** Returns a question about a work. */
    static byte[] question(String kind, Job job, Work work, Workspace workspace, byte[]... more) {
        List<byte[]> parts = new ArrayList<>(List.of(
                utf8(kind),
                utf8(Build.version()),
                utf8(JobYaml.write(JobYaml.Order.of(job))),
                utf8(workspace.folder().toString()),
                utf8(RecordYaml.text(work.inputs())),
                ByteParts.joined(work.places().stream()
                        .map(place -> utf8(place.toString()))
                        .toList())));
        parts.addAll(List.of(more));
        return ByteParts.joined(parts);
    }

    /** Returns of which kind a question is. */
    static String kind(List<byte[]> question) {
        return text(question.getFirst());
    }

    /**
     * Returns the work that a question is about.
     *
     * @throws Problem     if it is not the same here
     * @throws IOException if what it reads cannot be fetched
     */
    Work of(List<byte[]> question, Asker asker) throws IOException {
        checkBuild(text(question.get(1)));
        String yaml = text(question.get(2));
        String workspace = text(question.get(3));
        String inputs = text(question.get(4));
        if (opened.isPresent()
                && opened.get().yaml().equals(yaml)
                && opened.get().workspace().equals(workspace))
            return opened.get().work();
        close();
        Path original = Path.of(workspace);
        Optional<LinkedWorkspace> copies = copies(original, ByteParts.of(question.get(5)), asker);
        Workspace here = copies.map(LinkedWorkspace::workspace).orElseGet(() -> Workspace.at(original));
        Job job = JobPaths.moved(JobYaml.read(yaml, "the question", original).job(), original, here.folder());
        Work work;
        try {
            work = Works.of(job, here, new Jobs(here));
        } catch (RuntimeException failure) {
            copies.ifPresent(LinkedWorkspace::close);
            throw failure;
        }
        opened = Optional.of(new Opened(yaml, workspace, inputs, copies, work));
        String found = RecordYaml.text(work.inputs());
        if (found.equals(inputs)) return work;
        close();
        throw new Problem(
                "What the job works on is not the same on this machine: expected " + inputs.strip() + ", found "
                        + found.strip() + ".",
                "workspace " + workspace,
                "let this machine see the same workspace, or nothing at this path: then it gets copies");
    }

    /** Returns copies of what lies elsewhere there than it would here; empty if all lies in the same places. */
    private static Optional<LinkedWorkspace> copies(Path original, List<byte[]> places, Asker asker)
            throws IOException {
        Map<Path, Path> copies = new LinkedHashMap<>();
        boolean isMoved = false;
        for (byte[] each : places) {
            Path place = Path.of(text(each));
            Path found = asker.find(place);
            boolean isHere = found.equals(place);
            isMoved |= !isHere;
            if (!isHere || place.startsWith(original)) copies.put(place, found);
        }
        return isMoved ? Optional.of(new LinkedWorkspace(original, copies)) : Optional.empty();
    }

    /** Two builds may compute otherwise. */
    private static void checkBuild(String asking) {
        if (asking.equals(Build.version())) return;
        throw new Problem(
                "Expected Fovea " + asking + ", which asks, found " + Build.version() + ".",
                "a process on another machine",
                "use the same build everywhere");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        opened.ifPresent(each -> {
            each.work().close();
            each.copies().ifPresent(LinkedWorkspace::close);
        });
        opened = Optional.empty();
    }
}
