package io.fovea.explain;

/**
 * A class of pixels: its logits, summed over the pixels that the network takes for it in the picture as it is.
 *
 * <p>Source: Vinogradova, Dibrov and Myers 2020, arXiv:2002.11434, equation 2.
 *
 * @param name   of the class
 * @param index  its label
 * @param pixels indices of those pixels; at least one
 * @param area   P
 */
record PixelScore(String name, int index, int[] pixels, int area) implements Score {

    @Override
    public String meaning() {
        return "sum of the logits of the " + pixels.length + " pixels that are taken for it";
    }

    @Override
    public double value(float[] result) {
        double sum = 0;
        for (int pixel : pixels) sum += result[index * area + pixel];
        return sum;
    }

    @Override
    public float[] gradient(float[] result) {
        float[] gradient = new float[result.length];
        for (int pixel : pixels) gradient[index * area + pixel] = 1;
        return gradient;
    }

    @Override
    public String certaintyMeaning() {
        return "mean probability of the " + pixels.length + " pixels that are taken for it";
    }

    @Override
    public double certainty(float[] result) {
        double sum = 0;
        for (int pixel : pixels) sum += OutputScore.probability(result, index, result.length / area, area, pixel);
        return sum / pixels.length;
    }

    @Override
    public boolean isSigned() {
        return false;
    }

    /** Returns the class of every pixel of maps [K, P]. */
    static int[] labels(float[] result, int area) {
        int[] labels = new int[area];
        for (int pixel = 0; pixel < area; pixel++) {
            for (int c = 1; c < result.length / area; c++)
                if (result[c * area + pixel] > result[labels[pixel] * area + pixel]) labels[pixel] = c;
        }
        return labels;
    }
}
