package io.fovea.evaluation;

import static io.fovea.chart.Drawing.GREY;
import static io.fovea.chart.Drawing.INK;
import static io.fovea.chart.Drawing.SMALL;
import static io.fovea.chart.Drawing.TEXT;

import io.fovea.chart.Drawing;
import io.fovea.chart.Letters;
import io.fovea.image.Pixels;
import java.util.List;
import java.util.Objects;

/**
 * Draws pictures with the references that decided what they are: on the left the picture with its answer, on the right its neighbours,
 * the nearest first, in green frames where they speak for the answer and in red ones where they speak against it.
 *
 * <p>The pixels of small pictures stay sharp.
 */
public final class NeighbourPicture {

    private static final int LINE = 0xd0d7de;
    private static final int FOR = 0x2fbf57;
    private static final int AGAINST = 0xe5342b;

    private static final int MARGIN = 24;
    private static final int TILE = 112;
    private static final int FRAME = 4;
    private static final int GAP = 20;
    /** Between the picture and its neighbours. */
    private static final int APART = 36;

    private static final int CAPTION = 54;
    private static final int BETWEEN_ROWS = 22;
    private static final int MOST_IN_LINE = 10;

    /** What a neighbour's class says of the answer. */
    public enum Voice {
        /** It is the answer. */
        FOR,
        /** It is another class. */
        AGAINST
    }

    /**
     * A picture with its words.
     *
     * @param picture of any size, all of one size
     * @param title   its class
     * @param detail  for example its distance
     * @param source  its name; the end of it is shown
     * @param voice   of a neighbour; of the picture itself {@link Voice#FOR}
     */
    public record Shown(Pixels picture, String title, String detail, String source, Voice voice) {

        /** Checks that nothing is missing. */
        public Shown {
            Objects.requireNonNull(picture, "picture");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(voice, "voice");
        }
    }

    /**
     * A picture and its neighbours.
     *
     * @param picture    with the answer
     * @param neighbours at least one, the nearest first
     */
    public record Row(Shown picture, List<Shown> neighbours) {

        /** Checks and copies. */
        public Row {
            Objects.requireNonNull(picture, "picture");
            neighbours = List.copyOf(neighbours);
            if (neighbours.isEmpty()) throw new IllegalArgumentException("A row needs at least one neighbour");
        }

        private int lines() {
            return (neighbours.size() + MOST_IN_LINE - 1) / MOST_IN_LINE;
        }
    }

    private final int tileHeight;
    private final Drawing canvas;

    private NeighbourPicture(List<Row> rows) {
        Pixels first = rows.getFirst().picture().picture();
        tileHeight = Math.clamp(Math.round((float) TILE * first.height() / first.width()), TILE / 4, TILE * 2);
        int most = rows.stream().mapToInt(row -> row.neighbours().size()).max().orElseThrow();
        int width = left(Math.min(most, MOST_IN_LINE)) - GAP + MARGIN;
        int lines = rows.stream().mapToInt(Row::lines).sum();
        int height = 2 * MARGIN + lines * lineHeight() + (rows.size() - 1) * BETWEEN_ROWS;
        canvas = new Drawing(width, height, "Pictures and the references that decided");
    }

    /** Returns the drawing, a row below the other; at least one. */
    public static Drawing draw(List<Row> rows) {
        if (rows.isEmpty()) throw new IllegalArgumentException("There is nothing to draw");
        return new NeighbourPicture(rows).drawn(rows);
    }

    private Drawing drawn(List<Row> rows) {
        int y = MARGIN;
        for (Row row : rows) {
            tile(row.picture(), MARGIN, y, INK);
            int height = row.lines() * lineHeight() - CAPTION + FRAME;
            canvas.box(MARGIN + TILE + FRAME + (APART - FRAME) / 2, y, 1, height, LINE);
            for (int i = 0; i < row.neighbours().size(); i++) {
                Shown shown = row.neighbours().get(i);
                int colour = shown.voice() == Voice.FOR ? FOR : AGAINST;
                tile(shown, left(i % MOST_IN_LINE), y + i / MOST_IN_LINE * lineHeight(), colour);
            }
            y += row.lines() * lineHeight() + BETWEEN_ROWS;
        }
        return canvas;
    }

    /** Returns where the neighbour at a place in its line begins. */
    private static int left(int place) {
        return MARGIN + TILE + APART + place * (TILE + GAP);
    }

    private int lineHeight() {
        return tileHeight + FRAME + CAPTION;
    }

    private void tile(Shown shown, int x, int y, int colour) {
        canvas.box(x - FRAME, y - FRAME, TILE + 2 * FRAME, tileHeight + 2 * FRAME, colour);
        canvas.picture(shown.picture(), x, y, TILE, tileHeight);
        double widest = TILE + 2 * FRAME;
        int below = y + tileHeight + FRAME;
        canvas.text(Letters.shortened(shown.title(), TEXT, widest), x - FRAME, below + 17, TEXT, INK);
        canvas.text(Letters.shortened(shown.detail(), SMALL, widest), x - FRAME, below + 32, SMALL, GREY);
        canvas.text(end(shown.source(), widest), x - FRAME, below + 46, SMALL, GREY);
    }

    /** The end of a source says the most: its file name, or its number in a file of many pictures. */
    private static String end(String source, double widest) {
        String file = source.substring(source.lastIndexOf('/') + 1);
        int number = file.lastIndexOf('#');
        if (Letters.width(file, SMALL) > widest && number > 0)
            return Letters.shortened(file.substring(number), SMALL, widest);
        return Letters.end(file, SMALL, widest);
    }
}
