package io.fovea.speed;

import java.util.Optional;

/**
 * Times a work piece by piece and finds out when it is warm. For one thread.
 *
 * <p>Pieces are put together into windows. The work is warm when a window is no faster than {@link #RISE} times the fastest before it: compilers and
 * caches have then done what they do. A JVM's first seconds are slow and even at once, before its compiler is done, so that none of them counts as warm. All that comes
 * after, and that window, does.
 */
public final class Pace {

    /** A window that is faster than the fastest before it by less is taken for as fast. */
    static final double RISE = 1.05;

    private final double coldSeconds;
    private final double windowSeconds;
    private final int windowPieces;
    private double seconds;
    private long pictures;
    private double windowTook;
    private long windowPictures;
    private int pieces;
    private double fastest;
    private double warmSeconds;
    private long warmPictures;
    private int warmWindows;

    /**
     * Begins.
     *
     * @param coldSeconds   nothing is warm before
     * @param windowSeconds a window takes at least so long
     * @param windowPieces  and has at least so many pieces
     */
    public Pace(double coldSeconds, double windowSeconds, int windowPieces) {
        this.coldSeconds = coldSeconds;
        this.windowSeconds = windowSeconds;
        this.windowPieces = windowPieces;
    }

    /** Adds a piece of the work. Returns whether a window ended with it. */
    public boolean took(long pictures, double seconds) {
        this.seconds += seconds;
        this.pictures += pictures;
        windowTook += seconds;
        windowPictures += pictures;
        pieces++;
        if (windowTook < windowSeconds || pieces < windowPieces) return false;
        endWindow();
        return true;
    }

    private void endWindow() {
        double rate = windowPictures / windowTook;
        if (warmWindows > 0 || (rate < RISE * fastest && seconds >= coldSeconds)) {
            warmWindows++;
            warmSeconds += windowTook;
            warmPictures += windowPictures;
        }
        fastest = Math.max(fastest, rate);
        windowTook = 0;
        windowPictures = 0;
        pieces = 0;
    }

    /** Whether it is as fast as it gets, and was so for two windows: one alone may be an accident. */
    public boolean isWarm() {
        return warmWindows >= 2;
    }

    /** Returns how fast it is; empty until it is warm. */
    public Optional<Speed> speed(String way) {
        if (!isWarm()) return Optional.empty();
        double rate = warmPictures / warmSeconds;
        return Optional.of(new Speed(way, rate, Math.max(0, seconds - pictures / rate)));
    }
}
