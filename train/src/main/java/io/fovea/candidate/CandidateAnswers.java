package io.fovea.candidate;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.dataset.StoreManifest;
import io.fovea.jvm.JvmOptions;
import io.fovea.problem.Problem;
import io.fovea.thread.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a process answers that judges candidates for another one's search.
 *
 * <p>It keeps the dataset open, and of the basis it was asked about last what follows from it; never of more pictures than the basis has. A process that knows
 * nothing answers the same as one that was asked before. For one thread at a time.
 */
public final class CandidateAnswers implements AutoCloseable {

    private final Workers workers;
    private Optional<Opened> opened = Optional.empty();
    private Optional<Judging> judging = Optional.empty();
    private String basis = "";
    private final Map<Question.Part, HeadLoss.Prepared> prepared = new LinkedHashMap<>(); // the eldest first

    /** A dataset and where it was found. */
    private record Opened(Question.Place place, Dataset dataset) {}

    /** Losses and what they are for. */
    private record Judging(Layout layout, HeadLoss loss) {}

    /**
     * Prepares; opens nothing before the first question.
     *
     * @param threads that compute; the answers are the same with any number
     * @throws Problem if this JVM lacks an option
     */
    public CandidateAnswers(int threads) {
        JvmOptions.checkForVectors();
        workers = new Workers(threads);
    }

    /**
     * Answers a question of {@link LossesElsewhere}.
     *
     * @param here where on this machine lies what is in a folder of the one that asks
     * @throws Problem if it is none, or of another version; if its dataset is not here, or is another one
     */
    public byte[] answer(byte[] bytes, UnaryOperator<Path> here) {
        Question question = Question.read(bytes);
        Dataset dataset = dataset(question.place(), here);
        if (!question.basis().equals(basis)) {
            prepared.clear();
            basis = question.basis();
        }
        question.told().ifPresent(told -> prepare(question, told, dataset));
        HeadLoss.Prepared known = prepared.get(question.part());
        Answer answer = known == null
                ? new Answer.UnknownBasis()
                : new Answer.Sums(judging.orElseThrow().loss().sums(known, question.candidates()));
        return answer.bytes();
    }

    private void prepare(Question question, Question.Told told, Dataset dataset) {
        if (prepared.containsKey(question.part())) return;
        if (judging.isEmpty() || !judging.get().layout().isLike(told.layout())) {
            prepared.clear();
            judging = Optional.of(new Judging(told.layout(), new HeadLoss(told.layout(), workers)));
        }
        int kept =
                prepared.values().stream().mapToInt(HeadLoss.Prepared::pictures).sum();
        while (!prepared.isEmpty() && kept + question.part().count() > question.pictures()) {
            Question.Part eldest = prepared.keySet().iterator().next();
            kept -= prepared.remove(eldest).pictures();
        }
        LabelledPictures pictures = LabelledPictures.of(dataset, Split.TRAINING, told.positions());
        prepared.put(question.part(), new HeadLoss.Prepared(new Basis(told.kernels(), told.head(), pictures)));
    }

    private Dataset dataset(Question.Place place, UnaryOperator<Path> here) {
        if (opened.isPresent() && opened.get().place().equals(place))
            return opened.get().dataset();
        Path folder = here.apply(Path.of(place.folder()));
        if (!Files.isRegularFile(folder.resolve(StoreManifest.FILE_NAME))) {
            throw new Problem(
                    "The pictures that candidates are judged on are not here: expected the dataset with content hash "
                            + inShort(place.hash()) + ", found none.",
                    place.folder() + ", as process " + ProcessHandle.current().pid() + " sees it",
                    "put the workspace where every machine finds it by the same path, such as a shared disk");
        }
        Dataset found = Dataset.open(folder);
        if (!found.contentHash().equals(place.hash())) {
            String other = found.contentHash();
            found.close();
            throw new Problem(
                    "Another dataset is where the pictures should be: expected the content hash "
                            + inShort(place.hash()) + ", found " + inShort(other) + ".",
                    place.folder() + ", as process " + ProcessHandle.current().pid() + " sees it",
                    "let every machine see the same workspace, or copy the dataset's folder there anew");
        }
        closeDataset();
        opened = Optional.of(new Opened(place, found));
        found.holdIfSmall(Split.TRAINING);
        return found;
    }

    private static String inShort(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    private void closeDataset() {
        opened.ifPresent(old -> old.dataset().close());
        opened = Optional.empty();
        prepared.clear();
    }

    /** Closes the dataset and ends the threads. */
    @Override
    public void close() {
        closeDataset();
        workers.close();
    }
}
