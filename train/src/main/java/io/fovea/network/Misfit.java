package io.fovea.network;

/** A layer that cannot read what it is given: what is wrong and what to do; the place is added by who knows it. */
final class Misfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    Misfit(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
