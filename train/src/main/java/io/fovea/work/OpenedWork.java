package io.fovea.work;

import io.fovea.job.Job;
import io.fovea.job.JobYaml;
import io.fovea.jvm.Build;
import io.fovea.problem.Problem;
import io.fovea.record.RecordYaml;
import io.fovea.remote.ByteParts;
import io.fovea.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The work of a job as a process on another machine has it open, from one question about it to the next. It is the same as that of the process that asks:
 * the same build, in the same workspace, on the same data.
 */
final class OpenedWork implements AutoCloseable {

    /** Where in a question stands what is only its own; before it is what the work is. */
    static final int OWN = 5;

    private Optional<Opened> opened = Optional.empty();

    private record Opened(String yaml, String workspace, String inputs, Work work) {}

    /** Returns a question about a work. */
    static byte[] question(String kind, Job job, Work work, Workspace workspace, byte[]... more) {
        List<byte[]> parts = new ArrayList<>(List.of(
                utf8(kind),
                utf8(Build.version()),
                utf8(JobYaml.write(JobYaml.Order.of(job))),
                utf8(workspace.folder().toString()),
                utf8(RecordYaml.text(work.inputs()))));
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
     * @throws Problem if it is not the same here
     */
    Work of(List<byte[]> question) {
        checkBuild(text(question.get(1)));
        String yaml = text(question.get(2));
        String workspace = text(question.get(3));
        String inputs = text(question.get(4));
        if (opened.isPresent()
                && opened.get().yaml().equals(yaml)
                && opened.get().workspace().equals(workspace))
            return opened.get().work();
        close();
        Path place = Path.of(workspace);
        if (!Files.isDirectory(place))
            throw new Problem(
                    "There is no such folder on this machine.",
                    "workspace " + workspace,
                    "put the workspace on storage that all machines share, at the same path");
        Workspace shared = Workspace.at(place);
        Job job = JobYaml.read(yaml, "the question", place).job();
        Work work = Works.of(job, shared, new Jobs(shared));
        opened = Optional.of(new Opened(yaml, workspace, inputs, work));
        String here = RecordYaml.text(work.inputs());
        if (here.equals(inputs)) return work;
        close();
        throw new Problem(
                "What the job works on is not the same on this machine: expected " + inputs.strip() + ", found "
                        + here.strip() + ".",
                "workspace " + workspace,
                "put the workspace on storage that all machines share, at the same path");
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
        opened.ifPresent(each -> each.work().close());
        opened = Optional.empty();
    }
}
