package io.fovea.cli;

import io.fovea.job.Job;
import io.fovea.result.JobResult;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.JobDoor;
import io.fovea.work.Jobs;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A verb that works in a workspace: where its words go, and the options that all such verbs have. */
abstract class Verb implements Callable<Integer> {

    final Console console;

    @Spec
    CommandSpec spec;

    @Mixin
    WorkspaceOption workspace;

    @Mixin
    OutputOption output;

    Verb(Console console) {
        this.console = console;
    }

    /** Does a job, or goes on with it; empty if it was stopped. */
    final Optional<JobResult> run(Job job, Jobs.Going going) {
        return new JobDoor(console, workspace.workspace()).run(job, going);
    }

    /** Does a job, or goes on with it, and prints what came out. */
    final int done(Job job, Jobs.Going going) {
        Optional<JobResult> result = run(job, going);
        result.ifPresent(this::print);
        return result.isPresent() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Prints a result as it was asked for. */
    final void print(JobResult result) {
        new ResultWords(console).print(result, output.format());
    }

    /** Prints a result as it was asked for. */
    final void print(Supplier<Map<String, Object>> json, Runnable text) {
        switch (output.format()) {
            case JSON -> console.json(json.get());
            case TEXT -> text.run();
        }
    }

    /**
     * Returns what was chosen.
     *
     * @throws ParameterException if a number is out of range
     */
    final <T> T checked(Supplier<T> chosen) {
        try {
            return chosen.get();
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }
}
