package io.fovea.benchmark;

import io.fovea.candidate.CandidateAnswers;
import io.fovea.problem.Problem;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A process that judges candidates: questions on its input, answers on its output, each with its length before. Its input's end is its own. */
@Command(name = "candidate-process")
final class CandidateProcess implements Callable<Integer> {

    @Option(names = "--threads", required = true)
    private int threads;

    /** Runs in a process of its own; see {@link PipedProcesses}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CandidateProcess())
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (!(failure instanceof Problem problem)) throw failure;
                    command.getErr().println(problem.threeLines());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        try (CandidateAnswers answers = new CandidateAnswers(threads)) {
            while (true) {
                byte[] length = in.readNBytes(Integer.BYTES);
                if (length.length < Integer.BYTES) return 0;
                PipedProcesses.send(
                        out, answers.answer(in.readNBytes(PipedProcesses.number(length)), UnaryOperator.identity()));
            }
        }
    }
}
