package io.fovea.worker;

import java.util.Objects;

/**
 * What a worker says.
 *
 * @param mediaType of the bytes, such as {@code application/json}
 * @param bytes     the answer; not written to
 */
public record Answer(String mediaType, byte[] bytes) {

    /** The media type of JSON. */
    public static final String JSON = "application/json";

    /** The media type of PNG. */
    public static final String PNG = "image/png";

    /** Checks that nothing is missing. */
    public Answer {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(bytes, "bytes");
    }
}
