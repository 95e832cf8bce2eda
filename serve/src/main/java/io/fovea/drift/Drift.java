package io.fovea.drift;

import io.fovea.bundle.AnswerDistribution;
import io.fovea.bundle.Manifest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a classifier's latest answers tell beside those that its file knows of.
 *
 * @param pictures   how many answers are counted
 * @param confidence how far the probabilities of the most probable class have moved; empty where the file counts no answers, or pictures are too
 *                   few
 * @param classes    how far the shares of the most probable classes have moved; empty likewise
 * @param unfamiliar the share of pictures that are unlike those the model learned from; empty where it cannot tell, or pictures are too few
 * @param expected   that share as it was counted when the model was judged; empty where it cannot tell
 * @param words      the same for people and programs
 */
public record Drift(
        long pictures,
        Optional<StabilityIndex> confidence,
        Optional<StabilityIndex> classes,
        Optional<Double> unfamiliar,
        Optional<Double> expected,
        Map<String, Object> words) {

    /** Fewer tell nothing. */
    static final int FEWEST = 100;

    /** Up to here the index is little even if it is chance. */
    private static final double LITTLE = 0.1;

    static Drift of(
            Manifest manifest, long pictures, long[] confidences, long[] classes, long judged, long unfamiliar) {
        AnswerDistribution reference = manifest.answers();
        boolean tells = reference.pictures() > 0 && pictures >= FEWEST;
        Optional<StabilityIndex> ofConfidences =
                tells ? Optional.of(StabilityIndex.of(reference.confidences(), confidences)) : Optional.empty();
        Optional<StabilityIndex> ofClasses =
                tells ? Optional.of(StabilityIndex.of(reference.classes(), classes)) : Optional.empty();
        Optional<Double> share = judged >= FEWEST ? Optional.of((double) unfamiliar / judged) : Optional.empty();
        Optional<Double> expected =
                manifest.familiarity().map(each -> each.falseAlarms().measure().value());
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("pictures", pictures);
        words.put("reference", reference(reference));
        words.put("bounds", reference.pictures() > 0 ? reference.bounds() : AnswerDistribution.BOUNDS);
        words.put("confidences", confidences);
        words.put(
                "classes",
                named(manifest.task().names(), Arrays.stream(classes).boxed().toList()));
        ofConfidences.ifPresent(index -> words.put("confidenceIndex", words(index)));
        ofClasses.ifPresent(index -> words.put("classIndex", words(index)));
        share.ifPresent(each -> words.put("unfamiliar", each));
        expected.ifPresent(each -> words.put("unfamiliarExpected", each));
        doubt(reference, pictures, ofClasses).ifPresent(doubt -> words.put("doubt", doubt));
        return new Drift(pictures, ofConfidences, ofClasses, share, expected, words);
    }

    private static Map<String, Object> reference(AnswerDistribution reference) {
        if (reference.pictures() == 0) return Map.of("pictures", 0);
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("pictures", reference.pictures());
        words.put("on", reference.on());
        words.put("confidences", reference.confidences());
        words.put("classes", reference.classes());
        return words;
    }

    private static Map<String, Long> named(List<String> names, List<Long> counts) {
        Map<String, Long> named = new LinkedHashMap<>();
        for (int i = 0; i < counts.size(); i++) named.put(names.get(i), counts.get(i));
        return named;
    }

    private static Map<String, Object> words(StabilityIndex index) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("value", index.value());
        words.put("byChance", index.byChance());
        return words;
    }

    /** What keeps the figures from telling anything. */
    private static Optional<String> doubt(
            AnswerDistribution reference, long pictures, Optional<StabilityIndex> classes) {
        if (reference.pictures() == 0)
            return Optional.of(
                    "The model file does not say how the model answered when it was judged: export it again.");
        if (pictures < FEWEST) return Optional.of("Too few answers: " + pictures + " of at least " + FEWEST + ".");
        if (classes.filter(index -> index.byChance() > LITTLE).isPresent())
            return Optional.of("Too few pictures for so many classes: the index of classes is large by chance alone.");
        return Optional.empty();
    }
}
