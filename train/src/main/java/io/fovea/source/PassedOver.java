package io.fovea.source;

import java.util.List;

/**
 * Something of a source that is not used.
 *
 * @param what    what it is and why it is not used, as a sentence without its full stop
 * @param advice  what to do to have it used, or empty if nothing can be done
 * @param instead what to give as the sources to have it used; empty if that is not known
 */
public record PassedOver(String what, String advice, List<Source> instead) {

    /** Copies the list. */
    public PassedOver {
        instead = List.copyOf(instead);
    }

    /** Without other sources that would use it. */
    public PassedOver(String what, String advice) {
        this(what, advice, List.of());
    }

    /** Returns the sentence that is said beside a dataset that was made. */
    String remark() {
        return advice.isEmpty() ? what + "." : what + ": " + advice + ".";
    }

    /** Returns a sentence that says what is missing, followed by what was there instead. */
    public static String after(String missing, List<PassedOver> passedOver) {
        StringBuilder text = new StringBuilder(missing);
        for (PassedOver each : passedOver) text.append(' ').append(each.what()).append('.');
        return text.toString();
    }

    /** Returns what to do to have the first of them used that can be, with a separator after it; empty if there is none. */
    public static String advice(List<PassedOver> passedOver) {
        return passedOver.stream()
                .map(PassedOver::advice)
                .filter(advice -> !advice.isEmpty())
                .findFirst()
                .map(advice -> advice + "; or ")
                .orElse("");
    }
}
