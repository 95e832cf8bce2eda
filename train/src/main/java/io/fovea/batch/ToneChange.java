package io.fovea.batch;

import java.util.random.RandomGenerator;

/**
 * Changes the values of a picture: hue, saturation, contrast, brightness and negative in one step that is linear in them, then noise.
 *
 * <p>Steps are collected ({@link #begin}, {@link #contrast} …) and carried out at once by {@link #apply}, rounded and limited to
 * 0 … 255 at the end only. With the grey value Y = 0.299·R + 0.587·G + 0.114·B of a pixel and its colour differences B − Y and R − Y:
 * <pre>
 *   U = 0.492·(B − Y), V = 0.877·(R − Y)                                   the colour as a point, grey at the origin
 *   U′ = s·(U·cos 2πh − V·sin 2πh), V′ = s·(U·sin 2πh + V·cos 2πh)         hue turned by h, saturation times s; Y stays
 *   value′ = factor · value(Y, U′, V′) + offset                            contrast, brightness, negative
 * </pre>
 * Contrast and saturation are those of torchvision; hue is turned at constant grey value rather than at constant maximum as in HSV.
 * Without colour only the last line remains, as a table of 256 entries. Not for several threads.
 *
 * <p>Source: ITU-R BT.601 and BT.470 for Y, U and V.
 */
final class ToneChange {

    private static final int COLOURS = 3;
    private static final double[] GREY = {0.299, 0.587, 0.114};
    private static final double U_OF_BLUE = 0.492;
    private static final double V_OF_RED = 0.877;
    private static final int FRACTION_BITS = 16;

    private final int length;
    private final int channels;
    private final byte[] table = new byte[256];
    private double factor;
    private double offset;
    private double turn;
    private double saturation;

    /** For pictures of {@code pixels} = H·W; a picture of three channels is one in colour. */
    ToneChange(int pixels, int channels) {
        this.length = pixels * channels;
        this.channels = channels;
    }

    /** Forgets all steps. */
    void begin() {
        factor = 1;
        offset = 0;
        turn = 0;
        saturation = 1;
    }

    /** Turns every colour by a fraction of the circle of colours, from red towards yellow and green. */
    void hue(double fraction) {
        turn += fraction;
    }

    /** Multiplies the distance of every pixel from its grey. */
    void saturation(double times) {
        saturation *= times;
    }

    /** Multiplies the distance of every value from the mean grey of the picture that starts at {@code start}; before brightness. */
    void contrast(double times, byte[] pixels, int start) {
        factor *= times;
        offset = times * offset + (1 - times) * meanGrey(pixels, start);
    }

    private double meanGrey(byte[] pixels, int start) {
        if (channels != COLOURS) return meanValue(pixels, start);
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int i = start; i < start + length; i += COLOURS) {
            red += pixels[i] & 0xff;
            green += pixels[i + 1] & 0xff;
            blue += pixels[i + 2] & 0xff;
        }
        return (GREY[0] * red + GREY[1] * green + GREY[2] * blue) * COLOURS / length;
    }

    private double meanValue(byte[] pixels, int start) {
        long sum = 0;
        for (int i = start; i < start + length; i++) sum += pixels[i] & 0xff;
        return (double) sum / length;
    }

    /** Adds a fraction of full range. */
    void brightness(double fraction) {
        offset += 255 * fraction;
    }

    /** Takes the negative: 255 − value. */
    void invert() {
        factor = -factor;
        offset = 255 - offset;
    }

    /** Carries the steps out on the picture that starts at {@code start}. */
    void apply(byte[] pixels, int start) {
        if (channels == COLOURS && (turn != 0 || saturation != 1)) mix(pixels, start);
        else if (factor != 1 || offset != 0) look(pixels, start);
    }

    private void look(byte[] pixels, int start) {
        for (int value = 0; value < 256; value++) table[value] = limited(factor * value + offset);
        for (int i = start; i < start + length; i++) pixels[i] = table[pixels[i] & 0xff];
    }

    /** Multiplies every pixel (R, G, B) by the matrix of the steps. */
    private void mix(byte[] pixels, int start) {
        // (B − Y, R − Y) become (bb·(B − Y) + br·(R − Y), rb·(B − Y) + rr·(R − Y))
        double cos = saturation * StrictMath.cos(2 * Math.PI * turn);
        double sin = saturation * StrictMath.sin(2 * Math.PI * turn);
        double br = -sin * V_OF_RED / U_OF_BLUE;
        double rb = sin * U_OF_BLUE / V_OF_RED;
        int redRed = colour(0, 0, cos, rb);
        int redGreen = colour(0, 1, cos, rb);
        int redBlue = colour(0, 2, cos, rb);
        int blueRed = colour(2, 0, cos, br);
        int blueGreen = colour(2, 1, cos, br);
        int blueBlue = colour(2, 2, cos, br);
        // Y′ = Y gives green: (Y − 0.299·R′ − 0.114·B′) / 0.587, so that its row is the rest of factor·Y
        int greenRed = green(0, redRed, blueRed);
        int greenGreen = green(1, redGreen, blueGreen);
        int greenBlue = green(2, redBlue, blueBlue);
        int constant = fixed(offset + 0.5);
        int end = start + length;
        for (int i = start; i < end; i += COLOURS) {
            int red = pixels[i] & 0xff;
            int green = pixels[i + 1] & 0xff;
            int blue = pixels[i + 2] & 0xff;
            pixels[i] = limited(redRed * red + redGreen * green + redBlue * blue + constant);
            pixels[i + 1] = limited(greenRed * red + greenGreen * green + greenBlue * blue + constant);
            pixels[i + 2] = limited(blueRed * red + blueGreen * green + blueBlue * blue + constant);
        }
    }

    /**
     * Returns, in fixed point, how much of the channel {@code from} is in red or blue: factor·(Y + kept·(own − Y) + taken·(other − Y)),
     * where {@code own} is the same channel of the two and {@code other} the other one.
     */
    private int colour(int to, int from, double kept, double taken) {
        double own = from == to ? 1 : 0;
        double other = from == 2 - to ? 1 : 0;
        return fixed(factor * (GREY[from] + kept * (own - GREY[from]) + taken * (other - GREY[from])));
    }

    private int green(int from, int inRed, int inBlue) {
        double inGrey = factor * GREY[from] * (1 << FRACTION_BITS);
        return (int) Math.rint((inGrey - GREY[0] * inRed - GREY[2] * inBlue) / GREY[1]);
    }

    private static int fixed(double value) {
        return (int) Math.rint(value * (1 << FRACTION_BITS));
    }

    private static byte limited(int value) {
        return (byte) Math.max(0, Math.min(value >> FRACTION_BITS, 255));
    }

    /** Adds Gaussian noise with this standard deviation, a fraction of full range, to each value. */
    void noise(double std, RandomGenerator random, byte[] pixels, int start) {
        for (int i = start; i < start + length; i++) {
            pixels[i] = limited((pixels[i] & 0xff) + 255 * std * random.nextGaussian());
        }
    }

    private static byte limited(double value) {
        return (byte) Math.clamp(Math.rint(value), 0.0, 255.0);
    }
}
