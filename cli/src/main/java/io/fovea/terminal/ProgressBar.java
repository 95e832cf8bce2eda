package io.fovea.terminal;

import io.fovea.machine.TerminalWidth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * One line at the foot of a terminal that is drawn over and over; on anything else it stays silent.
 *
 * <p>Not for several threads at once.
 */
public final class ProgressBar {

    private static final int MOST_CELLS = 20;
    /** Below this a bar tells less than the words that it takes the place of. */
    private static final int FEWEST_CELLS = 10;

    /** The words after the bar are parts with two blanks between. */
    private static final String BETWEEN_PARTS = "  ";

    private static final long NANOSECONDS_BETWEEN_DRAWINGS = 100_000_000;
    private static final String LINE_START = "\r";
    private static final String REST_OF_LINE_EMPTY = "\u001b[K";

    private final Console console;
    private final IntSupplier columns;
    private long drawnAt = System.nanoTime() - NANOSECONDS_BETWEEN_DRAWINGS;
    private boolean visible;

    public ProgressBar(Console console) {
        this(console, TerminalWidth::columns);
    }

    /** @param columns of the terminal, asked at each drawing */
    public ProgressBar(Console console, IntSupplier columns) {
        this.console = console;
        this.columns = columns;
    }

    /** Draws the line, at most ten times a second. */
    public void draw(String before, double fraction, String after) {
        long now = System.nanoTime();
        if (console.display() == Console.Display.PLAIN || now - drawnAt < NANOSECONDS_BETWEEN_DRAWINGS) return;
        drawnAt = now;
        visible = true;
        // one column stays free: a full line makes some terminals begin another
        String line = line(before, fraction, after, columns.getAsInt() - 1);
        console.progress().print(LINE_START + line + REST_OF_LINE_EMPTY);
        console.progress().flush();
    }

    /** Takes the line away, so that whole lines can follow. */
    public void clear() {
        if (!visible) return;
        visible = false;
        console.progress().print(LINE_START + REST_OF_LINE_EMPTY);
        console.progress().flush();
    }

    /**
     * Returns for example {@code epoch 3/10 [=====>              ]  27 %  loss 0.081}.
     *
     * <p>Where it is wider than allowed, first the bar shrinks, then the last parts after it go, then the bar, then what is left is cut.
     *
     * @param after parts with two blanks between, the most important first
     * @param width the most columns that it may take; what is written takes a column for each character
     */
    public static String line(String before, double fraction, String after, int width) {
        List<String> parts = new ArrayList<>(after.isEmpty() ? List.of() : List.of(after.split(BETWEEN_PARTS)));
        double bounded = Math.clamp(fraction, 0, 1);
        String percent = String.format(Locale.ROOT, "%3d %%", (int) (bounded * 100));
        while (true) {
            String words = parts.isEmpty() ? "" : BETWEEN_PARTS + String.join(BETWEEN_PARTS, parts);
            int cells = Math.min(MOST_CELLS, width - (before + " [] " + percent + words).length());
            if (cells >= FEWEST_CELLS) return before + " " + bar(bounded, cells) + " " + percent + words;
            if (parts.isEmpty()) break;
            parts.removeLast();
        }
        String bare = before + " " + percent;
        return bare.substring(0, Math.clamp(width, 0, bare.length()));
    }

    private static String bar(double fraction, int cells) {
        int full = (int) (fraction * cells);
        String tip = full < cells ? ">" : "";
        return "[" + "=".repeat(full) + tip + " ".repeat(cells - full - tip.length()) + "]";
    }

    /** Returns for example {@code 8 s}, {@code 3 min 05 s} or {@code 2 h 10 min}. */
    public static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) return seconds + " s";
        if (seconds < 3600) return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
}
