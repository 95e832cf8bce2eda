package io.fovea.answer;

import io.fovea.evaluation.Csv;
import io.fovea.problem.Problem;
import io.fovea.task.Proportion;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A table that {@link ManyAnswers} wrote, opened to look into: lines stay in the file, and of each are known only where it stands and numbers for what it
 * says. Threads may share it.
 */
public final class AnswerTable implements AutoCloseable {

    /** Of a matrix; of more classes it says nothing to people. */
    private static final int MOST_CLASSES = 100;

    private static final int NONE = -1;

    private final RandomAccessFile file;
    private final AnswerColumns columns;
    private final List<String> models;
    private final List<String> classNames;
    private final long[] starts; // [N + 1]
    private final int[] truths; // [N] by class name, -1 where unknown
    private final int[][] answers; // [models][N] by class name, -1 where there is a problem
    private final float[][] probabilities; // [models][N]
    private final long[] topHits; // [models] pictures whose true class is among those told

    private AnswerTable(RandomAccessFile file, Reading reading) {
        this.file = file;
        this.columns = reading.columns;
        this.models = columns.models().stream().map(AnswerColumns.Model::name).toList();
        this.topHits = reading.topHits;
        this.classNames = List.copyOf(reading.labels.keySet());
        int count = reading.count;
        this.starts = Arrays.copyOf(reading.starts, count + 1);
        this.truths = Arrays.copyOf(reading.truths, count);
        this.answers = new int[models.size()][];
        this.probabilities = new float[models.size()][];
        for (int m = 0; m < models.size(); m++) {
            answers[m] = Arrays.copyOf(reading.answers[m], count);
            probabilities[m] = Arrays.copyOf(reading.probabilities[m], count);
        }
    }

    /**
     * Opens a table.
     *
     * @param again what to do where it is missing or damaged
     * @throws Problem if it cannot be read to its end
     */
    public static AnswerTable open(Path path, String again) {
        if (!Files.isRegularFile(path)) throw new Problem("There is no table of answers.", path.toString(), again);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            Reading reading = new Reading(path, again, in);
            reading.all();
            return new AnswerTable(new RandomAccessFile(path.toFile(), "r"), reading);
        } catch (IOException unreadable) {
            throw new Problem(
                    "The table of answers cannot be read: " + unreadable.getMessage() + ".",
                    path.toString(),
                    again,
                    unreadable);
        }
    }

    /** One pass over the file. */
    private static final class Reading {

        private final Path path;
        private final String again;
        private final InputStream in;
        private final Map<String, Integer> labels = new LinkedHashMap<>();
        private AnswerColumns columns = new AnswerColumns(List.of());
        private long[] starts = new long[1024];
        private int[] truths = new int[1023];
        private int[][] answers = {};
        private float[][] probabilities = {};
        private long[] topHits = {};
        private int count;
        private long at;

        Reading(Path path, String again, InputStream in) {
            this.path = path;
            this.again = again;
            this.in = in;
        }

        void all() throws IOException {
            columns = AnswerColumns.of(fields(line())).orElseThrow(() -> damaged(1));
            int models = columns.models().size();
            answers = new int[models][truths.length];
            probabilities = new float[models][truths.length];
            topHits = new long[models];
            while (true) {
                starts[count] = at;
                byte[] line = line();
                if (line.length == 0) return;
                AnswerRow row = AnswerRow.of(fields(line), columns).orElseThrow(() -> damaged(count + 2));
                truths[count] = row.truth().map(this::label).orElse(NONE);
                for (int m = 0; m < models; m++) {
                    boolean said = row.problem().isEmpty();
                    if (said && isAmong(row.answers().get(m), row.truth())) topHits[m]++;
                    answers[m][count] = said ? label(row.answers().get(m).className()) : NONE;
                    probabilities[m][count] =
                            said ? (float) row.answers().get(m).probability() : 0;
                }
                count++;
                if (count == truths.length) grow();
            }
        }

        private static boolean isAmong(AnswerRow.Said said, Optional<String> truth) {
            return said.ranking().stream().anyMatch(each -> truth.equals(Optional.of(each.className())));
        }

        private int label(String name) {
            return labels.computeIfAbsent(name, _ -> labels.size());
        }

        private void grow() {
            int length = Math.multiplyExact(truths.length, 2);
            truths = Arrays.copyOf(truths, length);
            starts = Arrays.copyOf(starts, length + 1);
            for (int m = 0; m < answers.length; m++) {
                answers[m] = Arrays.copyOf(answers[m], length);
                probabilities[m] = Arrays.copyOf(probabilities[m], length);
            }
        }

        /** Returns the bytes of the next line, which may hold line breaks in quotes; none at the end. */
        private byte[] line() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            boolean quoted = false;
            for (int b = in.read(); b >= 0; b = in.read()) {
                at++;
                bytes.write(b);
                if (b == '"') quoted = !quoted;
                if (b == '\n' && !quoted) break;
            }
            return bytes.toByteArray();
        }

        private Problem damaged(int line) {
            return new Problem("The table of answers is damaged in line " + line + ".", path.toString(), again);
        }
    }

    private static List<String> fields(byte[] line) {
        try {
            return Csv.next(new StringReader(new String(line, StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the models, in the order of the columns. */
    public List<String> models() {
        return models;
    }

    /** Returns how many pictures there are, with those that have problems. */
    public int count() {
        return truths.length;
    }

    /** Returns how many pictures have no answer. */
    public int problems() {
        return (int) IntStream.of(answers[0]).filter(label -> label == NONE).count();
    }

    /** Returns the share of right answers of a model, of the pictures whose truth is known and that have an answer. */
    public Proportion accuracy(int model) {
        long hits = 0;
        long known = 0;
        for (int i = 0; i < count(); i++) {
            if (truths[i] == NONE || answers[model][i] == NONE) continue;
            known++;
            if (truths[i] == answers[model][i]) hits++;
        }
        return new Proportion(hits, known);
    }

    /** Returns how many classes a model tells of each picture. */
    public int ranks(int model) {
        return columns.models().get(model).ranks();
    }

    /** Returns the share of pictures whose true class is among the {@link #ranks} that a model tells, of those that {@link #accuracy} counts. */
    public Proportion topAccuracy(int model) {
        return new Proportion(topHits[model], accuracy(model).count());
    }

    /** Returns the share of answered pictures of which all models say the same. */
    public Proportion agreement() {
        long answered = 0;
        long same = 0;
        for (int i = 0; i < count(); i++) {
            if (answers[0][i] == NONE) continue;
            answered++;
            if (agree(i)) same++;
        }
        return new Proportion(same, answered);
    }

    private boolean agree(int row) {
        for (int[] each : answers) if (each[row] != answers[0][row]) return false;
        return true;
    }

    /**
     * Which class was taken for which.
     *
     * @param classNames K of those that some picture has or is taken for, in an order for people
     * @param counts     [K, K]: row = true class, column = answer
     */
    public record Matrix(List<String> classNames, long[][] counts) {}

    /** Returns a model's matrix; empty if no truth is known or there are too many classes. */
    public Optional<Matrix> matrix(int model) {
        boolean[] there = new boolean[classNames.size()];
        for (int i = 0; i < count(); i++) {
            if (truths[i] == NONE || answers[model][i] == NONE) continue;
            there[truths[i]] = true;
            there[answers[model][i]] = true;
        }
        List<Integer> labels = IntStream.range(0, there.length)
                .filter(label -> there[label])
                .boxed()
                .sorted(Comparator.comparing(classNames::get, AnswerTable::byNumberOrName))
                .toList();
        if (labels.isEmpty() || labels.size() > MOST_CLASSES) return Optional.empty();
        long[][] counts = new long[labels.size()][labels.size()];
        for (int i = 0; i < count(); i++) {
            if (truths[i] == NONE || answers[model][i] == NONE) continue;
            counts[labels.indexOf(truths[i])][labels.indexOf(answers[model][i])]++;
        }
        return Optional.of(new Matrix(labels.stream().map(classNames::get).toList(), counts));
    }

    private static int byNumberOrName(String one, String other) {
        boolean numbers = one.matches("[0-9]{1,9}") && other.matches("[0-9]{1,9}");
        return numbers ? Integer.compare(Integer.parseInt(one), Integer.parseInt(other)) : one.compareTo(other);
    }

    /** Which pictures are shown. */
    public enum Show {
        /** All. */
        ALL,
        /** Those without an answer. */
        PROBLEMS,
        /** Those of which the models say different things. */
        DIFFERENT,
        /** Those that a model gets right. */
        RIGHT,
        /** Those that a model gets wrong. */
        WRONG
    }

    /** What pictures are in the order of. */
    public enum Order {
        /** As they were told. */
        POSITION,
        /** By the probability that a model gives its answer, the least first. */
        PROBABILITY,
        /** By how many models share the most frequent answer, the fewest first. */
        AGREEMENT
    }

    /**
     * Which pictures are wanted, and how.
     *
     * @param model  that is right, wrong, sure, or says {@code answer}
     * @param truth  only pictures of this class; empty for all
     * @param answer only pictures of which the model says this; empty for all
     * @param words  that the picture's name must hold, in any case of letters; empty for all
     */
    public record Wanted(
            Show show,
            int model,
            Optional<String> truth,
            Optional<String> answer,
            String words,
            Order order,
            boolean up) {}

    /** Returns the rows that are wanted, in the order that is wanted. */
    public int[] rows(Wanted wanted) {
        int[] answered = answers[wanted.model()];
        int truth = wanted.truth().map(classNames::indexOf).orElse(-2);
        int answer = wanted.answer().map(classNames::indexOf).orElse(-2);
        IntPredicate shown = row -> switch (wanted.show()) {
            case ALL -> true;
            case PROBLEMS -> answered[row] == NONE;
            case DIFFERENT -> answered[row] != NONE && !agree(row);
            case RIGHT -> answered[row] != NONE && truths[row] == answered[row];
            case WRONG -> answered[row] != NONE && truths[row] != NONE && truths[row] != answered[row];
        };
        // a class that nothing has is not the same as no class
        IntPredicate asked = row -> (wanted.truth().isEmpty() || truth >= 0 && truths[row] == truth)
                && (wanted.answer().isEmpty() || answer >= 0 && answered[row] == answer);
        IntPredicate named = wanted.words().isBlank()
                ? _ -> true
                : row -> row(row).picture()
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted.words().toLowerCase(Locale.ROOT));
        int[] rows = IntStream.range(0, count())
                .filter(shown)
                .filter(asked)
                .filter(named)
                .toArray();
        if (wanted.order() != Order.POSITION) {
            Comparator<Integer> by = wanted.order() == Order.PROBABILITY
                    ? Comparator.comparingDouble(row -> probabilities[wanted.model()][row])
                    : Comparator.comparingInt(this::mostSaid);
            rows = Arrays.stream(rows)
                    .boxed()
                    .sorted(by)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return wanted.up() ? rows : reversed(rows);
    }

    private int mostSaid(int row) {
        int most = 0;
        for (int[] each : answers) {
            int same = 0;
            for (int[] other : answers) if (other[row] == each[row]) same++;
            most = Math.max(most, same);
        }
        return most;
    }

    private static int[] reversed(int[] rows) {
        int[] turned = new int[rows.length];
        for (int i = 0; i < rows.length; i++) turned[i] = rows[rows.length - 1 - i];
        return turned;
    }

    /** Returns a row, from 0. */
    public AnswerRow row(int row) {
        if (row < 0 || row >= count())
            throw new Problem(
                    "There is no picture " + row + "; the table has " + count() + ".",
                    "the table of answers",
                    "name a position from 0 to " + Math.max(0, count() - 1));
        byte[] line = new byte[(int) (starts[row + 1] - starts[row])];
        try {
            synchronized (file) {
                file.seek(starts[row]);
                file.readFully(line);
            }
        } catch (IOException gone) {
            throw new Problem(
                    "The table of answers was changed while it was read.", "row " + row, "load the page again", gone);
        }
        return AnswerRow.of(fields(line), columns).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
