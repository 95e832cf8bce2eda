package io.fovea.fetch;

import java.io.IOException;

/** What comes is larger than is taken. */
final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int most;

    /** @param most bytes that would have been taken */
    TooLargeException(int most) {
        super("it sends more than " + (most >> 20) + " MB");
        this.most = most;
    }

    int most() {
        return most;
    }
}
