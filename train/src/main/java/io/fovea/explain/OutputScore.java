package io.fovea.explain;

/**
 * One of the network's outputs [K]: a class's logit, or a target's value.
 *
 * @param name  of the class or target
 * @param index of the output
 * @param kind  which of the two
 * @param unit  by how much the score changes for a change of the output by 1
 */
record OutputScore(String name, int index, Kind kind, double unit) implements Score {

    /** What an output is. */
    enum Kind {
        /** Of a class, before softmax. */
        LOGIT,
        /** Of a target. */
        VALUE
    }

    @Override
    public String meaning() {
        return switch (kind) {
            case LOGIT -> "logit";
            case VALUE -> "value, in pixels of the prepared picture if it is a place";
        };
    }

    @Override
    public double value(float[] result) {
        return unit * result[index];
    }

    @Override
    public float[] gradient(float[] result) {
        float[] gradient = new float[result.length];
        gradient[index] = (float) unit;
        return gradient;
    }

    @Override
    public String certaintyMeaning() {
        return switch (kind) {
            case LOGIT -> "probability";
            case VALUE -> meaning();
        };
    }

    @Override
    public double certainty(float[] result) {
        return switch (kind) {
            case LOGIT -> probability(result, index, result.length, 1, 0);
            case VALUE -> value(result);
        };
    }

    @Override
    public boolean isSigned() {
        return kind == Kind.VALUE;
    }

    /** Returns a class's softmax at a pixel of maps [classes, pixels]. */
    static double probability(float[] logits, int index, int classes, int pixels, int pixel) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) largest = Math.max(largest, logits[c * pixels + pixel]);
        double sum = 0;
        for (int c = 0; c < classes; c++) sum += Math.exp(logits[c * pixels + pixel] - largest);
        return Math.exp(logits[index * pixels + pixel] - largest) / sum;
    }
}
