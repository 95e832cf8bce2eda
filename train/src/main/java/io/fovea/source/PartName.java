package io.fovea.source;

import io.fovea.dataset.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the name of a folder, a list or a data file says about the part of its pictures: the one list of the words for
 * training, validation and test, in any case, and of what people write around them.
 *
 * <p>{@code train}, {@code Validation} or {@code training_set} say a part and nothing else, and are always understood.
 * {@code seg_train} may as well be a kind of train; it is understood beside a name that says the same for another part
 * ({@code seg_test}).
 *
 * @param part the part
 * @param rest the other words, in lower case, with a space between them; empty if there are none
 */
public record PartName(Split part, String rest) {

    private static final Map<String, Split> WORDS = Map.ofEntries(
            Map.entry("train", Split.TRAINING),
            Map.entry("training", Split.TRAINING),
            Map.entry("trn", Split.TRAINING),
            Map.entry("trainval", Split.TRAINING),
            Map.entry("val", Split.VALIDATION),
            Map.entry("valid", Split.VALIDATION),
            Map.entry("validation", Split.VALIDATION),
            Map.entry("validate", Split.VALIDATION),
            Map.entry("dev", Split.VALIDATION),
            Map.entry("test", Split.TEST),
            Map.entry("tests", Split.TEST),
            Map.entry("testing", Split.TEST),
            Map.entry("tst", Split.TEST),
            Map.entry("t10k", Split.TEST),
            Map.entry("eval", Split.TEST),
            Map.entry("evaluation", Split.TEST),
            Map.entry("holdout", Split.TEST),
            Map.entry("heldout", Split.TEST));

    /** What is written around the part and says nothing; also glued to it, as in {@code trainset}. */
    private static final Set<String> FILLERS = Set.of(
            "set",
            "sets",
            "data",
            "dataset",
            "image",
            "images",
            "img",
            "imgs",
            "picture",
            "pictures",
            "photo",
            "photos",
            "folder",
            "dir",
            "file",
            "files",
            "split",
            "part",
            "list",
            "label",
            "labels",
            "annotation",
            "annotations",
            "csv",
            "tsv",
            "txt",
            "lst",
            "zip",
            "tar",
            "gz",
            "tgz",
            "bz");

    private static final Set<String> UNKNOWN =
            Set.of("all", "unknown", "unlabeled", "unlabelled", "jpg", "jpeg", "jpegs", "png", "raw");

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NUMBER_AROUND = Pattern.compile("^\\d+|\\d+$");

    /** Returns what a name says, or nothing if it has no word for a part, or words for several. */
    static Optional<PartName> of(String name) {
        EnumSet<Split> parts = EnumSet.noneOf(Split.class);
        List<String> rest = new ArrayList<>();
        for (String word : words(name)) {
            Optional<Split> part = word(word);
            part.ifPresent(parts::add);
            if (part.isEmpty() && !FILLERS.contains(word)) rest.add(word);
        }
        if (parts.size() != 1) return Optional.empty();
        return Optional.of(new PartName(parts.iterator().next(), String.join(" ", rest)));
    }

    /** Returns the part that a name says if it says nothing else. */
    public static Optional<Split> whole(String name) {
        return of(name).filter(said -> said.rest().isEmpty()).map(PartName::part);
    }

    /** Returns whether a name says nothing of its pictures but that they are pictures, or that they are of no known class. */
    static boolean saysNothing(String name) {
        List<String> words = words(name);
        return !words.isEmpty() && words.stream().allMatch(word -> FILLERS.contains(word) || UNKNOWN.contains(word));
    }

    /** Returns the words of a name that say neither a part nor any of {@code others}, with a space between them. */
    static String rest(String name, Set<String> others) {
        return words(name).stream()
                .filter(word -> word(word).isEmpty() && !FILLERS.contains(word) && !others.contains(word))
                .collect(Collectors.joining(" "));
    }

    /** Returns all parts for which a name has words. */
    static Set<Split> mentioned(String name) {
        EnumSet<Split> parts = EnumSet.noneOf(Split.class);
        for (String word : words(name)) word(word).ifPresent(parts::add);
        return parts;
    }

    /**
     * Returns the parts of those of the names that say one: alone, or beside a name that says the same for another part.
     */
    static Map<String, Split> among(Collection<String> names) {
        Map<String, EnumSet<Split>> partsOfRest = new HashMap<>();
        Map<String, PartName> said = new LinkedHashMap<>();
        for (String name : names) {
            of(name).ifPresent(part -> {
                said.put(name, part);
                partsOfRest
                        .computeIfAbsent(part.rest(), rest -> EnumSet.noneOf(Split.class))
                        .add(part.part());
            });
        }
        Map<String, Split> parts = new LinkedHashMap<>();
        said.forEach((name, part) -> {
            if (part.rest().isEmpty() || partsOfRest.get(part.rest()).size() > 1) parts.put(name, part.part());
        });
        return parts;
    }

    /**
     * Returns for each of the listed paths the part that its folders name; nothing unless every path has such a folder, and they name
     * different parts.
     */
    public static Map<String, Split> ofFolders(Collection<String> paths) {
        Map<String, Optional<Split>> known = new HashMap<>();
        Map<String, Split> parts = new HashMap<>();
        for (String path : paths) {
            String folder = PictureFolder.above(path.replace('\\', '/'));
            Optional<Split> part = known.computeIfAbsent(folder, PartName::firstOf);
            if (part.isEmpty()) return Map.of();
            parts.put(path, part.get());
        }
        return parts.isEmpty() || EnumSet.copyOf(parts.values()).size() < 2 ? Map.of() : parts;
    }

    private static Optional<Split> firstOf(String folder) {
        return Arrays.stream(folder.split("/"))
                .flatMap(name -> whole(name).stream())
                .findFirst();
    }

    private static Optional<Split> word(String word) {
        Split part = WORDS.get(word);
        if (part != null) return Optional.of(part);
        for (String filler : FILLERS) {
            if (word.endsWith(filler)) part = WORDS.get(word.substring(0, word.length() - filler.length()));
            if (part != null) return Optional.of(part);
        }
        return Optional.empty();
    }

    /** Cuts a name at its humps and at everything that is no letter or digit; numbers before and after a word are no part of it. */
    static List<String> words(String name) {
        String apart = HUMP.matcher(name)
                .replaceAll(" ")
                .toLowerCase(Locale.ROOT)
                .replaceAll("(?<![a-z])(hold|held)[-_ ]out(?![a-z])", "holdout");
        List<String> words = new ArrayList<>();
        for (String piece : BETWEEN_WORDS.split(apart)) {
            String word = WORDS.containsKey(piece)
                    ? piece
                    : NUMBER_AROUND.matcher(piece).replaceAll("");
            if (!word.isEmpty()) words.add(word);
        }
        return words;
    }
}
