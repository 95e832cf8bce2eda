import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;

/**
 * Prints the outlines of the ten digits of fonts as text, for {@code io.fovea.collection.Glyphs}: {@code java Outlines.java FONT...}
 *
 * <p>A line "font NAME" begins a font; a line for each digit follows: its outlines, separated by "|", each the corners x,y of a polygon in thousandths
 * of the digit's height, y downward, curves as chords that are never further than 4 thousandths away.
 */
final class Outlines {

    private static final double SIZE = 1000;
    private static final double FLATNESS = 4;

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            Font font = Font.createFont(Font.TRUETYPE_FONT, Path.of(file).toFile())
                    .deriveFont((float) SIZE);
            System.out.println("font " + font.getFontName());
            for (char digit = '0'; digit <= '9'; digit++) System.out.println(outline(font, digit));
        }
    }

    private static String outline(Font font, char digit) {
        Shape shape = font.createGlyphVector(new FontRenderContext(null, true, true), new char[] {digit})
                .getOutline();
        Rectangle2D box = shape.getBounds2D();
        double scale = SIZE / box.getHeight();
        AffineTransform place = AffineTransform.getScaleInstance(scale, scale);
        place.translate(-box.getX(), -box.getY());
        StringBuilder text = new StringBuilder();
        double[] point = new double[6];
        for (PathIterator path = shape.getPathIterator(place, FLATNESS); !path.isDone(); path.next()) {
            switch (path.currentSegment(point)) {
                case PathIterator.SEG_MOVETO -> text.append(text.isEmpty() ? "" : " | ").append(corner(point));
                case PathIterator.SEG_LINETO -> text.append(' ').append(corner(point));
                default -> {}
            }
        }
        return text.toString();
    }

    private static String corner(double[] point) {
        return Math.round(point[0]) + "," + Math.round(point[1]);
    }
}
