package io.fovea.benchmark;

import io.fovea.candidate.CandidateProcesses;
import io.fovea.problem.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@link CandidateProcess}es of this machine, asked over pipes: what other processes cost without a network between. */
final class PipedProcesses implements CandidateProcesses, AutoCloseable {

    private final List<Process> processes = new ArrayList<>();
    private final ExecutorService asking;

    /** Starts so many with so many threads each, in JVMs as the launcher starts them. */
    PipedProcesses(int count, int threads) throws IOException {
        Side side = Launcher.read()
                .side("candidate-process", CandidateProcess.class, List.of("--threads", Integer.toString(threads)));
        for (int p = 0; p < count; p++) {
            ProcessBuilder builder = new ProcessBuilder(side.command()).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(side.environment());
            processes.add(builder.start());
        }
        asking = Executors.newFixedThreadPool(count);
    }

    @Override
    public int count() {
        return processes.size();
    }

    @Override
    public List<byte[]> ask(List<byte[]> questions) {
        List<Future<byte[]>> asked = new ArrayList<>();
        for (int q = 0; q < questions.size(); q++) {
            Process process = processes.get(q % processes.size());
            byte[] question = questions.get(q);
            asked.add(asking.submit(() -> {
                synchronized (process) {
                    return answer(process, question);
                }
            }));
        }
        return asked.stream().map(PipedProcesses::done).toList();
    }

    private static byte[] answer(Process process, byte[] question) throws IOException {
        send(process.getOutputStream(), question);
        DataInputStream in = new DataInputStream(process.getInputStream());
        return in.readNBytes(in.readInt());
    }

    private static byte[] done(Future<byte[]> answer) {
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failed) {
            throw new Problem(
                    "A process that judged candidates ended: " + failed.getCause() + ".",
                    CandidateProcess.class.getName(),
                    "see above for what it said last",
                    failed);
        }
    }

    static void send(OutputStream out, byte[] bytes) throws IOException {
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.write(bytes);
        out.flush();
    }

    static int number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt();
    }

    @Override
    public void close() {
        asking.shutdownNow();
        for (Process process : processes) process.destroy();
    }
}
