package io.fovea.repository;

import io.fovea.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a model was served in several ways on this machine, and which one was taken: of those whose slowest of a hundred answers keep within a
 * latency, the one with the most pictures a second.
 *
 * @param model   its name
 * @param latency that 99 of 100 answers may take at most
 * @param trials  in the order in which they were made
 * @param chosen  one of them
 */
public record Tuning(String model, Duration latency, List<Trial> trials, Trial chosen) {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)(ms|s)");

    /**
     * One way.
     *
     * @param workers           batches at once
     * @param threads           of a batch
     * @param batch             the most pictures of one
     * @param clients           who asked for a picture at once, again and again
     * @param answers           how many were measured
     * @param picturesPerSecond decoded, prepared and computed
     * @param p99               the time that 99 of 100 answers took at most
     */
    public record Trial(
            int workers, int threads, int batch, int clients, int answers, double picturesPerSecond, Duration p99) {

        /** Returns it in one line. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "workers %d, threads %d, batch %d: %.1f pictures a second, 99 %% within %.2f ms (%d at once)",
                    workers,
                    threads,
                    batch,
                    picturesPerSecond,
                    milliseconds(p99),
                    clients);
        }

        Map<String, Object> words() {
            Map<String, Object> words = new LinkedHashMap<>();
            words.put("workers", workers);
            words.put("threads", threads);
            words.put("batch", batch);
            words.put("clients", clients);
            words.put("answers", answers);
            words.put("picturesPerSecond", picturesPerSecond);
            words.put("p99Milliseconds", milliseconds(p99));
            return words;
        }
    }

    /** Copies. */
    public Tuning {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(chosen, "chosen");
        trials = List.copyOf(trials);
    }

    /**
     * Chooses.
     *
     * @throws Problem if none keeps within the latency
     */
    static Tuning of(String model, Duration latency, List<Trial> trials) {
        Trial chosen = null;
        Trial fastest = trials.getFirst();
        for (Trial each : trials) {
            if (each.p99().compareTo(fastest.p99()) < 0) fastest = each;
            boolean fits = each.p99().compareTo(latency) <= 0;
            if (fits && (chosen == null || each.picturesPerSecond() > chosen.picturesPerSecond())) chosen = each;
        }
        if (chosen != null) return new Tuning(model, latency, trials, chosen);
        throw new Problem(
                String.format(
                        Locale.ROOT,
                        "On this machine 99 of 100 answers of \"%s\" do not come within %.2f ms; the nearest was %s.",
                        model,
                        milliseconds(latency),
                        fastest.line()),
                "--auto-tune",
                "allow more time, serve a smaller model, or leave --auto-tune out");
    }

    /**
     * Reads a latency such as {@code 20ms} or {@code 0.5s}.
     *
     * @throws Problem if it is none
     */
    public static Duration latency(String word) {
        Matcher matcher = DURATION.matcher(word);
        if (matcher.matches()) {
            double unit = matcher.group(2).equals("ms") ? 1e6 : 1e9;
            Duration latency = Duration.ofNanos((long) (Double.parseDouble(matcher.group(1)) * unit));
            if (!latency.isZero()) return latency;
        }
        throw new Problem("\"" + word + "\" is no latency.", "--auto-tune", "write such as 20ms or 0.5s");
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /** Returns what was tried and taken, for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "Tuning \"%s\" for %.2f ms in 99 of 100 answers:", model, milliseconds(latency)));
        for (Trial each : trials) lines.add("  " + each.line() + (each.equals(chosen) ? " <- taken" : ""));
        return lines;
    }

    /** Returns the same for programs. */
    public Map<String, Object> words() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("latencyMilliseconds", milliseconds(latency));
        words.put("chosen", chosen.words());
        words.put("tried", trials.stream().map(Trial::words).toList());
        return words;
    }
}
