package io.fovea.chart;

import io.fovea.codec.PngWriter;
import java.util.Base64;
import java.util.Locale;

/** A drawing as SVG 1.1: text is text, pictures are PNG inside. Whatever words hold is text and never markup. */
final class Svg {

    private final StringBuilder out = new StringBuilder();

    private Svg() {}

    static String of(Drawing drawing) {
        return new Svg().written(drawing);
    }

    private String written(Drawing drawing) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " role=\"img\" font-family=\"%s\">\n",
                drawing.width(), drawing.height(), drawing.width(), drawing.height(), Letters.FAMILY);
        add("<title>%s</title>\n", escaped(drawing.title()));
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", drawing.width(), drawing.height());
        drawing.marks().forEach(this::mark);
        return out.append("</svg>\n").toString();
    }

    private void mark(Mark mark) {
        switch (mark) {
            case Mark.Box box ->
                add(
                        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"%s/>\n",
                        number(box.x()),
                        number(box.y()),
                        number(box.width()),
                        number(box.height()),
                        colour(box.colour()),
                        box.opacity() < 1 ? " fill-opacity=\"" + number(box.opacity()) + "\"" : "");
            case Mark.Line line -> {
                StringBuilder points = new StringBuilder();
                for (int i = 0; i < line.points().length; i += 2)
                    points.append(i == 0 ? "" : " ")
                            .append(number(line.points()[i]))
                            .append(',')
                            .append(number(line.points()[i + 1]));
                add(
                        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\""
                                + " stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\n",
                        points, colour(line.colour()), number(line.thickness()));
            }
            case Mark.Disc disc ->
                add(
                        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>\n",
                        number(disc.x()), number(disc.y()), number(disc.radius()), colour(disc.colour()));
            case Mark.Ring ring ->
                add(
                        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>\n",
                        number(ring.x()),
                        number(ring.y()),
                        number(ring.radius()),
                        colour(ring.colour()),
                        number(ring.thickness()));
            case Mark.Text text -> text(text);
            case Mark.Part part -> {
                add(
                        "<svg x=\"%s\" y=\"%s\" width=\"%d\" height=\"%d\" overflow=\"hidden\">\n",
                        number(part.x()),
                        number(part.y()),
                        part.drawing().width(),
                        part.drawing().height());
                part.drawing().marks().forEach(this::mark);
                out.append("</svg>\n");
            }
            case Mark.Picture picture ->
                add(
                        "<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\""
                                + " image-rendering=\"pixelated\" href=\"data:image/png;base64,%s\"/>\n",
                        number(picture.x()),
                        number(picture.y()),
                        number(picture.width()),
                        number(picture.height()),
                        Base64.getEncoder().encodeToString(PngWriter.bytes(picture.pixels())));
        }
    }

    private void text(Mark.Text text) {
        String turned =
                text.upward() ? " transform=\"rotate(-90 " + number(text.x()) + " " + number(text.y()) + ")\"" : "";
        add(
                "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\" text-anchor=\"%s\"%s%s"
                        + " xml:space=\"preserve\">%s</text>\n",
                number(text.x()),
                number(text.y()),
                number(text.size()),
                colour(text.colour()),
                text.anchor().name().toLowerCase(Locale.ROOT),
                text.weight() == Letters.Weight.REGULAR
                        ? ""
                        : " font-weight=\"" + text.weight().number() + "\"",
                turned,
                escaped(text.words()));
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }

    private static String colour(int colour) {
        return String.format(Locale.ROOT, "#%06x", colour & 0xffffff);
    }

    /** Hundredths of a pixel are enough. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "").replaceFirst("^-0$", "0");
    }

    /** XML 1.0 cannot hold control characters and halves of surrogate pairs at all. */
    private static String escaped(String words) {
        StringBuilder text = new StringBuilder();
        words.codePoints().forEach(letter -> {
            switch (letter) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                default -> {
                    boolean holds =
                            letter >= 0x20 && letter < 0xd800 || letter > 0xdfff && letter < 0xfffe || letter > 0xffff;
                    text.appendCodePoint(holds ? letter : 0xfffd);
                }
            }
        });
        return text.toString();
    }
}
