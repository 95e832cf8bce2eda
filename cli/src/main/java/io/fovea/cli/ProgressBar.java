package io.fovea.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * One line at the foot of a terminal that is drawn over and over; on anything else it stays silent.
 *
 * <p>Not for several threads at once.
 */
final class ProgressBar {

    private static final int CELLS = 20;
    private static final int COLUMNS = 110;
    private static final long NANOSECONDS_BETWEEN_DRAWINGS = 100_000_000;
    private static final String LINE_START = "\r";
    private static final String REST_OF_LINE_EMPTY = "\u001b[K";

    private final Console console;
    private long drawnAt = System.nanoTime() - NANOSECONDS_BETWEEN_DRAWINGS;
    private boolean visible;

    ProgressBar(Console console) {
        this.console = console;
    }

    /** Draws the line, at most ten times a second. */
    void draw(String before, double fraction, String after) {
        long now = System.nanoTime();
        if (console.display() == Console.Display.PLAIN || now - drawnAt < NANOSECONDS_BETWEEN_DRAWINGS) return;
        drawnAt = now;
        visible = true;
        console.progress().print(LINE_START + line(before, fraction, after) + REST_OF_LINE_EMPTY);
        console.progress().flush();
    }

    /** Takes the line away, so that whole lines can follow. */
    void clear() {
        if (!visible) return;
        visible = false;
        console.progress().print(LINE_START + REST_OF_LINE_EMPTY);
        console.progress().flush();
    }

    /** Returns for example {@code epoch 3/10 [=====>              ]  27 %  loss 0.081}. */
    static String line(String before, double fraction, String after) {
        double bounded = Math.clamp(fraction, 0, 1);
        int full = (int) (bounded * CELLS);
        String tip = full < CELLS ? ">" : "";
        String bar = "=".repeat(full) + tip + " ".repeat(CELLS - full - tip.length());
        String line = String.format(Locale.ROOT, "%s [%s] %3d %%  %s", before, bar, (int) (bounded * 100), after);
        return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS);
    }

    /** Returns for example {@code 8 s}, {@code 3 min 05 s} or {@code 2 h 10 min}. */
    static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) return seconds + " s";
        if (seconds < 3600) return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
}
