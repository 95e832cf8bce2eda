package io.fovea.note;

import io.fovea.problem.Problem;
import java.util.List;

/**
 * What people added to a thing.
 *
 * @param tags words to find it by, without repetition
 * @param text of any length up to {@value #LONGEST_TEXT}
 */
public record Note(List<String> tags, String text) {

    /** Nothing. */
    public static final Note NONE = new Note(List.of(), "");

    private static final int LONGEST_TEXT = 10_000;
    private static final int LONGEST_TAG = 40;
    private static final int MOST_TAGS = 20;

    /**
     * Checks and copies.
     *
     * @throws Problem if there is more than a note holds
     */
    public Note {
        tags = tags.stream()
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        text = text.strip();
        if (text.length() > LONGEST_TEXT)
            throw new Problem(
                    "A note has at most " + LONGEST_TEXT + " characters, not " + text.length() + ".",
                    "text",
                    "shorten it, or keep the long text in a file of your own");
        if (tags.size() > MOST_TAGS)
            throw new Problem(
                    "A thing has at most " + MOST_TAGS + " tags, not " + tags.size() + ".", "tags", "leave some out");
        for (String tag : tags) {
            boolean isWord = tag.length() <= LONGEST_TAG && tag.chars().noneMatch(each -> each < ' ' || each == ',');
            if (!isWord)
                throw new Problem(
                        "\"" + tag + "\" is no tag.",
                        "tags",
                        "write at most " + LONGEST_TAG + " characters on one line, without commas");
        }
    }

    /** Whether nothing is said. */
    public boolean saysNothing() {
        return tags.isEmpty() && text.isEmpty();
    }
}
