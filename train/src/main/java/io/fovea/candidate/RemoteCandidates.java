package io.fovea.candidate;

import io.fovea.remote.Asker;
import io.fovea.remote.ByteParts;
import io.fovea.remote.RemoteProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Candidates of an evolution judged by processes on other machines.
 *
 * @param processes that are asked
 * @param listener  hears what is to be said of them
 */
public record RemoteCandidates(RemoteProcesses processes, RemoteProcesses.Listener listener)
        implements CandidateProcesses {

    /** Which questions are these. */
    public static final String KIND = "candidates";

    @Override
    public int count() {
        return processes.places();
    }

    /** A generation is short: a stop waits for its end. */
    @Override
    public List<byte[]> ask(List<byte[]> questions) {
        byte[] kind = KIND.getBytes(StandardCharsets.UTF_8);
        return processes
                .ask(
                        questions.stream()
                                .map(question -> ByteParts.joined(List.of(kind, question)))
                                .toList(),
                        listener,
                        () -> false)
                .stream()
                .map(answer -> answer.orElseThrow())
                .toList();
    }

    /** The other side: judges in a process that is asked. */
    public static byte[] answer(List<byte[]> question, CandidateAnswers answers, Asker asker) {
        return answers.answer(question.get(1), folder -> {
            try {
                return asker.find(folder);
            } catch (IOException lost) {
                throw new UncheckedIOException(lost);
            }
        });
    }
}
