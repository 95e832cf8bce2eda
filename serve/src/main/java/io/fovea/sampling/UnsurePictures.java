package io.fovea.sampling;

import io.fovea.file.AtomicFile;
import io.fovea.metric.MetricText;
import io.fovea.predict.Prediction;
import io.fovea.predict.RankedClass;
import io.fovea.problem.Problem;
import io.fovea.repository.AnswerListener;
import io.fovea.repository.AnsweredCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the bytes of pictures whose answers are unsure: {@code MODEL/CLASS/CONTENT.jpg}, with the class that the model named, and
 * {@code MODEL/unsure.csv} beside them. Threads share it.
 *
 * <p>A picture's name is the beginning of the SHA-256 of its bytes, so that one that comes again is kept once and nothing is overwritten.
 */
public final class UnsurePictures implements AnswerListener, AutoCloseable {

    /** What became of an unsure picture. */
    private enum Outcome {
        KEPT,
        /** It was there already. */
        KNOWN,
        /** Too many came at once. */
        DROPPED,
        /** As many are kept as may be. */
        FULL,
        /** The disk did not take it. */
        FAILED
    }

    private static final int MOST_WAITING = 64;
    private static final long MOST_WAITING_BYTES = 64 << 20;
    private static final int NAME_BYTES = 16;

    private static final Pattern SAFE = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_ .-]{0,79}(?<![ .])");

    private static final Pending END = new Pending("", 0, 0, new byte[0], null);

    private final SamplingSettings settings;
    private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Map<Outcome, LongAdder> outcomes = new LinkedHashMap<>();
    private final Map<String, UnsureTable> tables = new HashMap<>(); // of the writing thread
    private final Thread thread;
    private volatile long pictures;
    private volatile long bytes;
    private volatile Optional<Problem> problem = Optional.empty();

    /** A picture that is to be written. */
    private record Pending(String model, long version, int label, byte[] picture, Prediction prediction) {}

    private UnsurePictures(SamplingSettings settings) throws IOException {
        this.settings = settings;
        for (Outcome each : Outcome.values()) outcomes.put(each, new LongAdder());
        Files.createDirectories(settings.folder());
        count();
        this.thread = Thread.ofPlatform().daemon().name("unsure pictures").start(this::work);
    }

    /**
     * Opens a folder, and counts what lies there already.
     *
     * @throws Problem if it cannot be written
     */
    public static UnsurePictures open(SamplingSettings settings) {
        try {
            return new UnsurePictures(settings);
        } catch (IOException | UncheckedIOException failure) {
            throw new Problem(
                    "The folder for unsure pictures cannot be used: " + failure.getMessage() + ".",
                    settings.folder().toString(),
                    "name one that you may write",
                    failure);
        }
    }

    private void count() throws IOException {
        try (Stream<Path> files = Files.walk(settings.folder(), 3)) {
            files.forEach(file -> {
                try {
                    BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                    if (!seen.isRegularFile() || file.endsWith(UnsureTable.NAME)) return;
                    pictures++;
                    bytes += seen.size();
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
        }
    }

    @Override
    public void answered(AnsweredCall call) {
        if (call.answers().size() != call.files().size()) return;
        for (int i = 0; i < call.files().size(); i++)
            if (call.answers().get(i) instanceof Prediction prediction && isUnsure(prediction))
                offer(call, call.files().get(i), prediction);
    }

    private boolean isUnsure(Prediction prediction) {
        boolean isUnfamiliar =
                prediction.unfamiliarity().filter(each -> !each.familiar()).isPresent();
        return isUnfamiliar || prediction.best().probability() < settings.below();
    }

    private void offer(AnsweredCall call, byte[] picture, Prediction prediction) {
        Pending next = new Pending(
                call.model().name(), call.model().version(), prediction.best().label(), picture, prediction);
        boolean fits = waitingBytes.addAndGet(picture.length) <= MOST_WAITING_BYTES;
        if (fits && waiting.offer(next)) return;
        waitingBytes.addAndGet(-picture.length);
        outcomes.get(Outcome.DROPPED).increment();
    }

    private void work() {
        try {
            for (Pending next = waiting.take(); next != END; next = waiting.take()) {
                outcomes.get(written(next)).increment();
                waitingBytes.addAndGet(-next.picture().length);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome written(Pending next) {
        boolean isFull = pictures >= settings.pictures() || bytes + next.picture().length > settings.bytes();
        if (isFull) return Outcome.FULL;
        try {
            Path folder = settings.folder().resolve(safe(next.model(), "model"));
            String stem = stem(next.picture());
            UnsureTable table = table(folder);
            if (table.knows(stem)) return Outcome.KNOWN;
            RankedClass best = next.prediction().best();
            String path = safe(best.name(), "class-" + next.label()) + "/" + stem + "." + ending(next.picture());
            Path file = folder.resolve(path);
            if (!Files.exists(file)) {
                AtomicFile.write(file, next.picture());
                pictures++;
                bytes += next.picture().length;
            }
            table.add(stem, path, next.prediction(), next.version());
            problem = Optional.empty();
            return Outcome.KEPT;
        } catch (IOException | UncheckedIOException failure) {
            problem = Optional.of(new Problem(
                    "The table of unsure pictures cannot be written: " + failure.getMessage() + ".",
                    settings.folder().toString(),
                    "make room on the disk, and allow writing there",
                    failure));
            return Outcome.FAILED;
        } catch (InvalidPathException unwritable) {
            problem = Optional.of(new Problem(
                    "The name of a model or class cannot be written here: " + unwritable.getMessage() + ".",
                    settings.folder().toString(),
                    "start the server with UTF-8 as its locale, such as LANG=C.UTF-8",
                    unwritable));
            return Outcome.FAILED;
        } catch (Problem failure) {
            problem = Optional.of(failure);
            return Outcome.FAILED;
        }
    }

    private UnsureTable table(Path folder) throws IOException {
        String name = folder.getFileName().toString();
        // whoever labels may have taken the folder away, and its table with it
        if (!tables.containsKey(name) || !Files.exists(folder.resolve(UnsureTable.NAME))) {
            Files.createDirectories(folder);
            tables.put(name, new UnsureTable(folder));
        }
        return tables.get(name);
    }

    /** A name that leads nowhere else, whatever a model file calls its classes. */
    private static String safe(String name, String otherwise) {
        return SAFE.matcher(name).matches() ? name : otherwise;
    }

    private static String stem(byte[] picture) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(picture);
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** The picture's kind by its first bytes, for people who open it. */
    private static String ending(byte[] picture) {
        String start = new String(picture, 0, Math.min(4, picture.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00ff\u00d8")) return "jpg";
        if (start.startsWith("GIF8")) return "gif";
        if (start.startsWith("BM")) return "bmp";
        if (start.startsWith("RIFF")) return "webp";
        if (start.startsWith("II*") || start.startsWith("MM")) return "tiff";
        return start.startsWith("P") ? "ppm" : "png";
    }

    /** Returns what it has kept, for people and programs. */
    public Map<String, Object> words() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("folder", settings.folder().toString());
        words.put("below", settings.below());
        words.put("pictures", pictures);
        words.put("mostPictures", settings.pictures());
        words.put("bytes", bytes);
        words.put("mostBytes", settings.bytes());
        problem.ifPresent(each -> words.put("problem", each.parts()));
        return words;
    }

    /** Writes what became of unsure pictures. */
    public void write(MetricText text) {
        text.counter("fovea_unsure_pictures", "Pictures with unsure answers, by what became of them.");
        outcomes.forEach((outcome, count) -> text.count(
                "fovea_unsure_pictures",
                Map.of("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT)),
                count.sum()));
        text.gauge("fovea_unsure_bytes", "What kept pictures take of the disk.");
        text.value("fovea_unsure_bytes", Map.of(), bytes);
    }

    /** Returns once all that waits is written. */
    @Override
    public void close() {
        try {
            waiting.put(END);
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
