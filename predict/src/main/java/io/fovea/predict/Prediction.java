package io.fovea.predict;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * A model's answer for one picture. Immutable; threads may share it.
 *
 * <p>Ties are ranked by label, the smaller first.
 */
public final class Prediction implements Answer {

    private final List<String> classNames;
    private final float[] logits;
    private final float[] probabilities;
    private final Optional<Unfamiliarity> unfamiliarity;

    /** An answer over K classes; the arrays are handed over and no longer written to. */
    Prediction(List<String> classNames, float[] logits, float[] probabilities, Optional<Unfamiliarity> unfamiliarity) {
        this.classNames = classNames;
        this.logits = logits;
        this.probabilities = probabilities;
        this.unfamiliarity = unfamiliarity;
    }

    /** Returns the most probable class. Cost: K comparisons. */
    public RankedClass best() {
        int best = 0;
        for (int label = 1; label < probabilities.length; label++) {
            if (probabilities[label] > probabilities[best]) best = label;
        }
        return ranked(best);
    }

    /** Returns all K classes, the most probable first. Cost: sorts K numbers. */
    public List<RankedClass> ranked() {
        return top(probabilities.length);
    }

    /**
     * Returns the {@code k} most probable classes, or all if there are fewer; of equal ones the lower label first. Cost: about K + k·log k
     * comparisons where k is small.
     *
     * @throws IllegalArgumentException if k is below 1
     */
    public List<RankedClass> top(int k) {
        if (k < 1) throw new IllegalArgumentException("k must be at least 1: " + k);
        Comparator<Integer> better = Comparator.comparing(
                        (Integer label) -> probabilities[label], (a, b) -> Float.compare(b, a))
                .thenComparing(Comparator.naturalOrder());
        int count = Math.min(k, probabilities.length);
        PriorityQueue<Integer> worstFirst = new PriorityQueue<>(count, better.reversed());
        for (int label = 0; label < probabilities.length; label++) {
            if (worstFirst.size() == count) {
                if (Float.compare(probabilities[label], probabilities[worstFirst.peek()]) <= 0) continue;
                worstFirst.poll();
            }
            worstFirst.add(label);
        }
        return worstFirst.stream().sorted(better).map(this::ranked).toList();
    }

    /** Returns the probability of a class. */
    public float probability(int label) {
        return probabilities[label];
    }

    /** Returns [K] the probabilities in label order; a copy. */
    public float[] probabilities() {
        return probabilities.clone();
    }

    /** Returns [K] the network's outputs before the softmax, in label order; a copy. */
    public float[] logits() {
        return logits.clone();
    }

    /** Returns how far the picture is from those that the model learned from; empty if the model cannot tell. */
    public Optional<Unfamiliarity> unfamiliarity() {
        return unfamiliarity;
    }

    /** Returns the most probable classes, for example {@code cat 91.2 %, dog 8.8 %}, and whether the picture is unlike all others. */
    @Override
    public String words(int top) {
        String words = top(top).stream()
                .map(each -> String.format(Locale.ROOT, "%s %.1f %%", quoted(each.name()), each.probability() * 100))
                .collect(Collectors.joining(", "));
        return words + Unfamiliarity.after(unfamiliarity);
    }

    /** Commas part the classes of an answer, so a name that holds one stands in quotes. */
    static String quoted(String name) {
        return name.contains(",") ? "\"" + name + "\"" : name;
    }

    @Override
    public Map<String, Object> json(int top) {
        List<RankedClass> ranked = top(top);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("className", ranked.get(0).name());
        json.put("label", ranked.get(0).label());
        json.put("probability", ranked.get(0).probability());
        json.put("top", ranked);
        json.put("logits", logits());
        Unfamiliarity.put(unfamiliarity, json);
        return json;
    }

    private RankedClass ranked(int label) {
        return new RankedClass(classNames.get(label), label, probabilities[label]);
    }

    /** Returns the best class with its probability, for example {@code "7" (99.8 %)}. */
    @Override
    public String toString() {
        RankedClass best = best();
        return String.format(Locale.ROOT, "\"%s\" (%.1f %%)", best.name(), best.probability() * 100);
    }
}
