package io.fovea.list;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path in a list may have that the file's own path has not; listed in the order in which they are tried. */
enum PathCorrection {
    QUOTES("in quotes"),
    ADDRESS("written as file:// addresses"),
    HOME("that begin with the sign of the home folder"),
    PERCENT("with characters written as % and two digits"),
    BACKSLASHES("with backslashes"),
    NORMAL_FORM("whose accents are written in another way than those of the files"),
    ENCODING("whose files have names that are not UTF-8"),
    CASE("that differ from the files in upper and lower case"),
    EXTENSION("without the files' extension"),
    FOREIGN_FOLDER("that begin with folders which are not on this machine");

    private static final Pattern ADDRESS_START = Pattern.compile("(?i)file:(?://(?:localhost)?(?=/))?");
    private static final Pattern HOME_START = Pattern.compile("(?:~|\\$HOME|\\$\\{HOME}|%USERPROFILE%)(?=[/\\\\])");

    private final String words;

    PathCorrection(String words) {
        this.words = words;
    }

    /** Returns how such paths are described. */
    String words() {
        return words;
    }

    /** Returns a path without what this corrects; unchanged if there is nothing of it, or if only the files themselves can tell. */
    String rewritten(String path) {
        return switch (this) {
            case QUOTES -> withoutQuotes(path);
            case ADDRESS -> withoutAddress(path);
            case HOME ->
                HOME_START.matcher(path).lookingAt()
                        ? HOME_START
                                .matcher(path)
                                .replaceFirst(Matcher.quoteReplacement(System.getProperty("user.home")))
                        : path;
            case PERCENT -> decoded(path);
            case BACKSLASHES -> path.replace('\\', '/');
            case NORMAL_FORM, ENCODING, CASE, EXTENSION, FOREIGN_FOLDER -> path;
        };
    }

    private static String withoutQuotes(String path) {
        boolean quoted = path.length() > 2
                && "\"'`".indexOf(path.charAt(0)) >= 0
                && path.charAt(0) == path.charAt(path.length() - 1);
        return quoted ? path.substring(1, path.length() - 1).strip() : path;
    }

    /** {@code file:///home/a.png} → {@code /home/a.png}, {@code file:///C:/a.png} → {@code C:/a.png}. */
    private static String withoutAddress(String path) {
        Matcher start = ADDRESS_START.matcher(path);
        if (!start.lookingAt()) return path;
        String rest = path.substring(start.end());
        return rest.matches("/[A-Za-z]:.*") ? rest.substring(1) : rest;
    }

    private static String decoded(String path) {
        if (!path.matches(".*%[0-9A-Fa-f]{2}.*")) return path;
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noPercentEncoding) {
            return path;
        }
    }
}
