package io.fovea.work;

import io.fovea.candidate.CandidateAnswers;
import io.fovea.candidate.RemoteCandidates;
import io.fovea.remote.AnsweringProcess;
import io.fovea.remote.Asker;
import io.fovea.remote.ByteParts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A process on another machine that does parts of jobs for the one that began them. Used by one thread. */
public final class RemoteWorker {

    private final OpenedWork opened = new OpenedWork();
    private final String host;
    private final int threads;

    private Optional<CandidateAnswers> candidates = Optional.empty();

    private RemoteWorker(String host, int threads) {
        this.host = host;
        this.threads = threads;
    }

    /**
     * Answers until the input ends.
     *
     * @param arguments this machine's name, as others reach it, and with how many threads to compute where a question does not say it
     */
    public static void main(String[] arguments) throws IOException {
        RemoteWorker worker = new RemoteWorker(arguments[0], Integer.parseInt(arguments[1]));
        AnsweringProcess.run(worker::answer);
    }

    private byte[] answer(byte[] question, Asker asker) throws IOException {
        List<byte[]> parts = ByteParts.of(question);
        return switch (OpenedWork.kind(parts)) {
            case RemoteRuns.KIND -> RemoteRuns.answer(parts, opened, asker);
            case RemoteRanks.KIND -> RemoteRanks.answer(parts, opened, host, asker);
            case RemoteCandidates.KIND -> RemoteCandidates.answer(parts, candidates(), asker);
            case String other -> throw new IllegalArgumentException("Nobody knows questions of kind \"" + other + "\"");
        };
    }

    private CandidateAnswers candidates() {
        if (candidates.isEmpty()) candidates = Optional.of(new CandidateAnswers(threads));
        return candidates.get();
    }
}
