package io.fovea.result;

import io.fovea.chart.ChartFile;
import io.fovea.chart.Drawing;
import io.fovea.chart.Drawing.Anchor;
import io.fovea.chart.Letters;
import io.fovea.task.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A ladder drawn: how good each model is against how long a picture takes, with dots as large as its file. */
public final class LadderChart {

    /** The chart's files in the job's folder, without their ends. */
    public static final String NAME = "ladder";

    private static final int WIDTH = 960;
    private static final int HEIGHT = 620;
    private static final double LEFT = 84;
    private static final double RIGHT = 36;
    private static final double TOP = 112;
    private static final double BOTTOM = 66;
    private static final double LARGEST = 36;
    private static final double SMALLEST = 4;
    private static final double NAME_SIZE = 13;

    /** A label further from its dot is led to it by a line. */
    private static final double LED = 10;

    private static final int PASSES = 6;
    private static final double[] AWAY = {6, 12, 20, 30, 44, 60, 80};
    private static final double[][] SIDES = {
        {1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}, {0.5, -1}, {-0.5, -1}, {0.5, 1}, {-0.5, 1}
    };

    private static final int ORIGINAL = Drawing.INK;
    private static final int FLOATS = 0x3b54c7;
    private static final int INT8 = 0xc2410c;
    private static final int HYBRID = 0x0f766e;

    private final LadderResult ladder;
    private final Drawing drawing;
    private final double fastest;
    private final double slowest;
    private final double lowest;
    private final double highest;
    private final double step;
    private final long largest;

    /** A rectangle that a text or dot takes. */
    private record Box(double left, double top, double right, double bottom) {

        double overlap(Box other) {
            double wide = Math.min(right, other.right) - Math.max(left, other.left);
            double high = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            return wide > 0 && high > 0 ? wide * high : 0;
        }

        Box wider(double by) {
            return new Box(left - by, top - by, right + by, bottom + by);
        }
    }

    /** A model's name and figures. */
    private record Label(Dot dot, Box box) {}

    /** A model's dot. */
    private record Dot(LadderResult.Step step, double x, double y, double radius, int colour) {

        Box box() {
            return new Box(x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2);
        }
    }

    private LadderChart(LadderResult ladder) {
        this.ladder = ladder;
        List<LadderResult.Step> steps = ladder.steps();
        String model = ladder.original().rung().name();
        drawing = new Drawing(WIDTH, HEIGHT, "How good and how fast the models of the ladder of " + model + " are");
        double least =
                steps.stream().mapToDouble(LadderResult.Step::millis).min().orElseThrow();
        double most =
                steps.stream().mapToDouble(LadderResult.Step::millis).max().orElseThrow();
        double room = Math.max(0.1 * Math.log(most / least), 0.15);
        fastest = least * Math.exp(-room);
        slowest = most * Math.exp(1.5 * room);
        double low = steps.stream().mapToDouble(each -> end(each, -1)).min().orElseThrow();
        double high = steps.stream().mapToDouble(each -> end(each, 1)).max().orElseThrow();
        double span = high > low ? high - low : Math.max(Math.abs(high), 1e-3) * 0.1;
        step = niceStep(1.16 * span);
        lowest = low - 0.1 * span;
        highest = high + 0.14 * span;
        largest = steps.stream().mapToLong(each -> each.rung().bytes()).max().orElseThrow();
    }

    /** Returns the drawing. */
    public static Drawing draw(LadderResult ladder) {
        LadderChart chart = new LadderChart(ladder);
        chart.header();
        chart.scales();
        chart.dots();
        return chart.drawing;
    }

    /** Writes it into the ladder's folder as {@code ladder.svg} and {@code ladder.png}. */
    public static void write(LadderResult ladder, Path folder) {
        ChartFile.write(draw(ladder), folder, NAME);
    }

    private static double end(LadderResult.Step step, int side) {
        Measure measure = step.rung().measure();
        return measure.interval()
                .map(ends -> side < 0 ? ends.low() : ends.high())
                .orElse(measure.value());
    }

    private static double niceStep(double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span / 4)));
        for (double factor : new double[] {5, 2}) if (span / (factor * power) >= 4) return factor * power;
        return power;
    }

    private double x(double millis) {
        double share = Math.log(millis / fastest) / Math.log(slowest / fastest);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double share = (value - lowest) / (highest - lowest);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void header() {
        Rung original = ladder.original().rung();
        String file = original.model().getFileName().toString();
        double widest = WIDTH - 2 * 28;
        drawing.title(
                Letters.shortened(
                        "Smaller models of " + named(original) + " on " + ladder.data(), Drawing.TITLE, widest),
                28,
                44,
                Drawing.TITLE);
        String words = String.format(
                Locale.ROOT,
                "%s on %,d test pictures%s; the area of a dot is the size of the file",
                capital(original.measure().name()),
                ladder.pictures(),
                original.measure().interval().isPresent() ? " with its 95 % interval" : "");
        drawing.text(Letters.shortened(words, Drawing.TEXT, widest), 28, 68, Drawing.TEXT, Drawing.GREY);
        double at = 28;
        at = legend(at, "as it is", ORIGINAL, Rung.Form.ORIGINAL);
        at = legend(at, "floats", FLOATS, Rung.Form.FLOATS);
        at = legend(at, "whole numbers", INT8, Rung.Form.INT8);
        at = legend(at, "hybrid", HYBRID, Rung.Form.HYBRID);
        if (ladder.steps().stream().anyMatch(each -> ladder.dominating(each).isPresent())) {
            drawing.disc(at + 6, 88, 6, pale(Drawing.GREY));
            drawing.text("pale: another is as good, as small and as fast", at + 18, 92.5, 12.5, Drawing.GREY);
        }
    }

    private static String named(Rung original) {
        return original.model().getFileName().toString().replaceFirst("\\.fovea$", "");
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private double legend(double at, String words, int colour, Rung.Form form) {
        if (ladder.steps().stream().noneMatch(each -> each.rung().form() == form)) return at;
        drawing.disc(at + 6, 88, 6, colour);
        drawing.text(words, at + 18, 92.5, 12.5, Drawing.GREY);
        return at + 18 + Letters.width(words, 12.5) + 22;
    }

    private void scales() {
        double bottom = HEIGHT - BOTTOM;
        for (double power = Math.pow(10, Math.floor(Math.log10(fastest))); power < slowest; power *= 10) {
            for (double factor : factors()) {
                double millis = factor * power;
                if (millis < fastest || millis > slowest) continue;
                drawing.line(x(millis), TOP, x(millis), bottom, 1, Drawing.GRID);
                drawing.text(millis(millis), x(millis), bottom + 19, Drawing.SMALL + 1, Drawing.GREY, Anchor.MIDDLE);
            }
        }
        for (long i = (long) Math.ceil(lowest / step); i * step <= highest; i++) {
            double value = i * step;
            drawing.line(LEFT, y(value), WIDTH - RIGHT, y(value), 1, Drawing.GRID);
            drawing.level(tick(value), LEFT - 10, y(value), Drawing.SMALL + 1, Drawing.GREY, Anchor.END);
        }
        drawing.text(
                "milliseconds for a picture by one thread, on a logarithmic scale",
                LEFT + (WIDTH - LEFT - RIGHT) / 2,
                bottom + 44,
                12.5,
                Drawing.GREY,
                Anchor.MIDDLE);
        drawing.upward(
                ladder.original().rung().measure().name(),
                26,
                TOP + (HEIGHT - TOP - BOTTOM) / 2,
                12.5,
                Drawing.GREY,
                Anchor.MIDDLE);
    }

    /** Where times differ little, more of them are written. */
    private double[] factors() {
        double range = slowest / fastest;
        if (range > 300) return new double[] {1};
        if (range > 20) return new double[] {1, 2, 5};
        return range > 3 ? new double[] {1, 1.5, 2, 3, 5, 7} : new double[] {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9};
    }

    private static String millis(double millis) {
        String text = String.format(Locale.ROOT, "%.4f", millis);
        return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }

    private String tick(double value) {
        Measure measure = ladder.original().rung().measure();
        double scale = measure.unit() == Measure.Unit.SHARE ? 100 : 1;
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step * scale) + 1e-9));
        return String.format(
                Locale.ROOT,
                "%." + decimals + "f%s",
                value * scale,
                measure.unit().sign().isEmpty() ? "" : " " + measure.unit().sign());
    }

    private void dots() {
        List<Dot> dots = new ArrayList<>();
        for (LadderResult.Step each : ladder.steps()) {
            double radius =
                    Math.max(SMALLEST, LARGEST * Math.sqrt((double) each.rung().bytes() / largest));
            int colour = colour(each.rung().form());
            if (ladder.dominating(each).isPresent()) colour = pale(colour);
            dots.add(new Dot(each, x(each.millis()), y(each.rung().measure().value()), radius, colour));
        }
        dots.sort(Comparator.comparingDouble(Dot::radius).reversed());
        for (Dot dot : dots) {
            drawing.line(dot.x(), y(end(dot.step(), -1)), dot.x(), y(end(dot.step(), 1)), 1.5, pale(dot.colour()));
        }
        for (Dot dot : dots) {
            drawing.disc(dot.x(), dot.y(), dot.radius() + 1.5, 0xffffff);
            drawing.disc(dot.x(), dot.y(), dot.radius(), dot.colour());
        }
        List<Label> labels = new ArrayList<>();
        for (Dot dot : dots) labels.add(new Label(dot, placed(dot, SIDES[0], AWAY[0], width(dot))));
        for (int pass = 0; pass < PASSES; pass++)
            for (int i = 0; i < labels.size(); i++) labels.set(i, moved(labels.get(i), dots, labels));
        labels.forEach(this::draw);
    }

    private static int colour(Rung.Form form) {
        return switch (form) {
            case ORIGINAL -> ORIGINAL;
            case FLOATS -> FLOATS;
            case INT8 -> INT8;
            case HYBRID -> HYBRID;
        };
    }

    /** Returns a colour mixed with white. */
    private static int pale(int colour) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int part = colour >> shift & 0xff;
            mixed |= (part * 2 + 255 * 3) / 5 << shift;
        }
        return mixed;
    }

    private static String figures(Dot dot) {
        Rung rung = dot.step().rung();
        return rung.measure().words() + " · " + twoDigits(dot.step().millis()) + " ms · "
                + LadderResult.size(rung.bytes());
    }

    private static double width(Dot dot) {
        return Math.max(Letters.width(dot.step().rung().name(), NAME_SIZE), Letters.width(figures(dot), Drawing.SMALL));
    }

    /** Returns a label where it covers least of dots and of other labels, and is nearest to its own dot. */
    private Label moved(Label label, List<Dot> dots, List<Label> labels) {
        Label best = label;
        double least = Double.MAX_VALUE;
        for (double away : AWAY) {
            for (double[] side : SIDES) {
                Box box = placed(label.dot(), side, away, width(label.dot()));
                double cost = 3 * away + covered(box, label.dot(), dots, labels);
                if (cost < least) {
                    least = cost;
                    best = new Label(label.dot(), box);
                }
            }
        }
        return best;
    }

    private double covered(Box box, Dot own, List<Dot> dots, List<Label> labels) {
        double cost = 0;
        for (Label other : labels)
            if (!other.dot().equals(own)) cost += 4 * box.wider(5).overlap(other.box());
        for (Dot other : dots) {
            double near = other.equals(own) ? 0 : 9; // a label beside another dot would name that
            cost += 2 * box.wider(near).overlap(other.box());
            Box bar = new Box(other.x() - 2, y(end(other.step(), 1)), other.x() + 2, y(end(other.step(), -1)));
            cost += 4 * box.overlap(bar);
        }
        boolean outside =
                box.left() < LEFT || box.right() > WIDTH - 8 || box.top() < TOP - 8 || box.bottom() > HEIGHT - BOTTOM;
        return outside ? cost + 5000 : cost;
    }

    private void draw(Label label) {
        Dot dot = label.dot();
        Box box = label.box();
        double x = Math.clamp(dot.x(), box.left(), box.right());
        double y = Math.clamp(dot.y(), box.top(), box.bottom());
        double distance = Math.hypot(x - dot.x(), y - dot.y());
        if (distance > dot.radius() + LED) {
            double from = (dot.radius() + 3) / distance;
            double to = 1 - 2 / distance;
            drawing.line(
                    dot.x() + from * (x - dot.x()),
                    dot.y() + from * (y - dot.y()),
                    dot.x() + to * (x - dot.x()),
                    dot.y() + to * (y - dot.y()),
                    1,
                    pale(Drawing.GREY));
        }
        drawing.box(box.left() - 2, box.top(), box.right() - box.left() + 4, box.bottom() - box.top(), 0xffffff, 0.7);
        boolean dominated = ladder.dominating(dot.step()).isPresent();
        String name = dot.step().rung().name();
        drawing.text(name, box.left(), box.top() + 12, NAME_SIZE, dominated ? Drawing.GREY : Drawing.INK);
        drawing.text(figures(dot), box.left(), box.top() + 27, Drawing.SMALL, Drawing.GREY);
    }

    private static String twoDigits(double millis) {
        int decimals = Math.max(0, 1 - (int) Math.floor(Math.log10(millis)));
        return String.format(Locale.ROOT, "%." + decimals + "f", millis);
    }

    /**
     * Returns the place of a label beside its dot.
     *
     * @param side −1 to the left or above, 1 to the right or below, 0 in the middle; ½ where it begins or ends at the dot's middle
     */
    private static Box placed(Dot dot, double[] side, double away, double wide) {
        double high = 31;
        boolean corner = Math.abs(side[0]) == 1 && side[1] != 0;
        double reach = corner ? (dot.radius() + away) * 0.75 : dot.radius() + away;
        double left = dot.x() - wide / 2;
        if (side[0] == 1) left = dot.x() + reach;
        else if (side[0] == -1) left = dot.x() - reach - wide;
        else if (side[0] != 0) left = dot.x() - wide * (1 - side[0]) / 2 + side[0] * 4;
        double top = dot.y() - high / 2;
        if (side[1] > 0) top = dot.y() + reach;
        else if (side[1] < 0) top = dot.y() - reach - high;
        return new Box(left, top, left + wide, top + high);
    }
}
