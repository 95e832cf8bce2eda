package io.fovea.lab;

/** How many digits the lab trains on; it tests on 10,000 either way. */
public enum DigitSize {
    /** 6,000: as good as it gets in seconds. */
    SMALL(600),
    /** 60,000, or as many as there are. */
    FULL(6_000);

    private final int perClass;

    DigitSize(int perClass) {
        this.perClass = perClass;
    }

    /** Returns how many of each digit are drawn. */
    int perClass() {
        return perClass;
    }
}
