package io.fovea.candidate;

import io.fovea.dataset.Dataset;
import io.fovea.product.ChunkSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@link CandidateLosses} computed by other processes, each for all candidates on a part of the pictures.
 *
 * <p>Parts are whole chunks of {@link ChunkSums}, so that the bits are those of {@link LossesHere}. Pictures are parted and not candidates because what
 * candidates share is computed picture by picture, for each generation anew where the search follows a gradient.
 *
 * <p>The first questions about a basis tell all of it, later ones its name; a process that does not know the name is told.
 */
public final class LossesElsewhere implements CandidateLosses {

    private final CandidateProcesses processes;
    private final Question.Place place;
    private final Layout layout;
    private Optional<Basis> last = Optional.empty();
    private Optional<Question.Begun> begun = Optional.empty();

    /**
     * Prepares.
     *
     * @param dataset whose training pictures are judged on; processes open its folder for themselves
     */
    public LossesElsewhere(CandidateProcesses processes, Dataset dataset, Layout layout) {
        this.processes = processes;
        this.layout = layout;
        place = Question.Place.of(dataset);
    }

    @Override
    public double[] losses(Basis basis, Candidates candidates) {
        boolean isNew = last.isEmpty() || last.get() != basis;
        if (isNew) {
            last = Optional.of(basis);
            begun = Optional.of(new Question.Begun(place, layout, basis));
        }
        int pictures = basis.pictures().count();
        List<Question.Part> parts = parts(pictures);
        byte[] asked = Question.bytes(candidates);
        Question.Telling telling = isNew ? Question.Telling.WHOLE : Question.Telling.NAME;
        List<Answer> answers = new ArrayList<>(answers(parts, telling, asked, candidates.count()));
        List<Integer> unknown = new ArrayList<>();
        for (int p = 0; p < answers.size(); p++) if (answers.get(p) instanceof Answer.UnknownBasis) unknown.add(p);
        if (!unknown.isEmpty()) {
            List<Answer> told = answers(
                    unknown.stream().map(parts::get).toList(), Question.Telling.WHOLE, asked, candidates.count());
            for (int i = 0; i < told.size(); i++) answers.set(unknown.get(i), told.get(i));
        }
        List<ChunkSums> sums = answers.stream()
                .map(answer -> switch (answer) {
                    case Answer.Sums(ChunkSums own) -> own;
                    case Answer.UnknownBasis _ ->
                        throw new IllegalStateException("A process does not know what it was just told");
                })
                .toList();
        return Arrays.stream(ChunkSums.joined(sums).total())
                .map(sum -> sum / pictures)
                .toArray();
    }

    /** Cuts the pictures into as many parts as there are processes, or fewer, alike but for a chunk. */
    private List<Question.Part> parts(int pictures) {
        int chunks = ChunkSums.chunks(pictures);
        int count = Math.clamp(processes.count(), 1, chunks);
        List<Question.Part> parts = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            int first = (int) ((long) chunks * p / count) * ChunkSums.PICTURES;
            int end = Math.min(pictures, (int) ((long) chunks * (p + 1) / count) * ChunkSums.PICTURES);
            parts.add(new Question.Part(first, end - first));
        }
        return parts;
    }

    private List<Answer> answers(List<Question.Part> parts, Question.Telling telling, byte[] asked, int candidates) {
        Question.Begun about = begun.orElseThrow();
        List<byte[]> answers = processes.ask(
                parts.stream().map(part -> about.question(part, telling, asked)).toList());
        List<Answer> read = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            int chunks = ChunkSums.chunks(parts.get(p).count());
            read.add(Answer.read(answers.get(p), candidates, chunks));
        }
        return read;
    }
}
