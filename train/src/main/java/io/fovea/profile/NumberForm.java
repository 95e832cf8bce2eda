package io.fovea.profile;

/** The numbers that a network counts in. */
public enum NumberForm {
    /** Floats of 32 bits. */
    FLOAT32("float32"),
    /** Whole numbers of 8 bits, as {@code fovea shrink int8} makes them. */
    INT8("int8");

    private final String word;

    NumberForm(String word) {
        this.word = word;
    }

    /** Returns the word in files, tables and JSON. */
    public String word() {
        return word;
    }
}
