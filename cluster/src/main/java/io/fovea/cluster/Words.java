package io.fovea.cluster;

/** What an exception says, in one line. */
final class Words {

    private Words() {}

    /** Returns the first line of its message, or its name if it has none. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) return failure.getClass().getSimpleName();
        return firstLine(message);
    }

    /** Returns the first line, without the point at its end. */
    static String firstLine(String words) {
        return words.strip().lines().findFirst().orElse("").replaceFirst("[.:\\s]+$", "");
    }
}
