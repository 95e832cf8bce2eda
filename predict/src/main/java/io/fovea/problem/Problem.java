package io.fovea.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Something a user can cause and can mend: what is wrong, where, and what to do.
 *
 * <p>Wrong use of the API is not a problem but an {@link IllegalArgumentException} or {@link IllegalStateException}.
 * The command line prints the three parts as three lines; a server sends them as a problem document (RFC 9457).
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String where;
    private final String remedy;

    /**
     * A problem in its three parts.
     *
     * @param what   what is wrong, with the value: expected first, then found
     * @param where  the file, layer, field or line
     * @param remedy what the reader can do about it
     */
    public Problem(String what, String where, String remedy) {
        this(what, where, remedy, null);
    }

    /** A problem that follows from another failure, which is kept as its cause. */
    public Problem(String what, String where, String remedy, Throwable cause) {
        super(what + " (" + where + "): " + remedy, cause);
        this.what = Objects.requireNonNull(what, "what");
        this.where = Objects.requireNonNull(where, "where");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    /** Returns what is wrong, with the value. */
    public String what() {
        return what;
    }

    /** Returns the place: file, layer, field, line. */
    public String where() {
        return where;
    }

    /** Returns what to do. */
    public String remedy() {
        return remedy;
    }

    /** Returns the three parts as JSON has them: {@code what}, {@code where}, {@code do}. */
    public Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("what", what);
        parts.put("where", where);
        parts.put("do", remedy);
        return parts;
    }

    /** Returns the three lines that a terminal shows. */
    public String threeLines() {
        return what + "\n  where: " + where + "\n  do:    " + remedy;
    }
}
