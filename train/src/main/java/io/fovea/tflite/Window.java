package io.fovea.tflite;

import io.fovea.network.Shape;

/**
 * How a window slides over maps, in the format's words. The format knows no padding in numbers: VALID is none, SAME is as much as gives ⌈size / stride⌉
 * places, the smaller half of it before. Anything else has to be added to the maps first.
 *
 * @param added rows above, below, columns to the left, to the right that are added to the maps first
 */
record Window(Rule rule, int[] added) {

    /** The padding that an operator does itself, with the number that stands for it. */
    enum Rule {
        SAME(0),
        VALID(1);

        private final int code;

        Rule(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private static final int[] NOTHING = {0, 0, 0, 0};

    /** One axis: places, and how much of the last window lies before the maps and behind them. */
    private record Axis(int size, int places, int stride, int before, int after) {

        static Axis of(int size, int places, int stride, int span, int before) {
            return new Axis(size, places, stride, before, Math.max(0, (places - 1) * stride + span - size - before));
        }

        boolean isSame() {
            return places == Math.ceilDiv(size, stride) && before == (before + after) / 2;
        }
    }

    /**
     * Returns how windows that span {@code height} by {@code width} pixels give maps {@code to}.
     *
     * @param top  rows of padding above; below there are as many as the last window needs
     * @param left columns likewise
     */
    static Window of(Shape from, Shape to, int height, int width, int stride, int top, int left) {
        Axis rows = Axis.of(from.size(1), to.size(1), stride, height, top);
        Axis columns = Axis.of(from.size(2), to.size(2), stride, width, left);
        int[] added = {rows.before(), rows.after(), columns.before(), columns.after()};
        if (added[0] + added[1] + added[2] + added[3] == 0) return new Window(Rule.VALID, NOTHING);
        if (rows.isSame() && columns.isSame()) return new Window(Rule.SAME, NOTHING);
        return new Window(Rule.VALID, added);
    }

    boolean adds() {
        return added != NOTHING;
    }
}
