package io.fovea.server;

import io.fovea.event.EventListener;
import io.fovea.queue.Program;
import io.fovea.training.StopSignal;
import io.fovea.work.Jobs;
import io.fovea.workspace.Workspace;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the command does for {@code job run NAME --workspace DIR --json}, in a process of its own: this module does not know the command. */
public final class JobProgram {

    private JobProgram() {}

    public static void main(String[] arguments) {
        Workspace workspace = Workspace.at(Path.of(arguments[4]));
        new Jobs(workspace).again(arguments[2]).run(EventListener.NOBODY, new StopSignal());
        System.exit(0);
    }

    /** Returns the words that start it. */
    static Program words() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> !each.startsWith("-javaagent"))
                .forEach(words::add);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), JobProgram.class.getName()));
        return new Program(words);
    }
}
