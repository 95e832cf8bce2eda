package io.fovea.worker;

import java.util.Map;
import java.util.Objects;

/**
 * What a worker is asked.
 *
 * @param what    the word for it
 * @param subject what it is about; a worker that was asked about the same is preferred, since it has it in memory
 * @param fields  values that become JSON
 * @param bytes   such as a picture; not written to
 */
public record Question(String what, String subject, Map<String, Object> fields, byte[] bytes) {

    private static final byte[] NONE = {};

    /** Copies the fields. */
    public Question {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(subject, "subject");
        fields = Map.copyOf(fields);
        Objects.requireNonNull(bytes, "bytes");
    }

    /** Without bytes. */
    public Question(String what, String subject, Map<String, Object> fields) {
        this(what, subject, fields, NONE);
    }
}
