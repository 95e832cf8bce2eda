package io.fovea.chart;

import io.fovea.image.Pixels;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A drawing as pixels. Only outlines are filled, by Java's own rasteriser, which needs no screen and, as no letter is left to it, no fonts. */
final class Raster {

    /** Screens of today have about two pixels where a drawing has one. */
    private static final int USUAL_SCALE = 2;

    /** Drawings that are larger already are not made larger still. */
    private static final int LARGE = 1600;

    private Raster() {}

    static Pixels of(Drawing drawing) {
        int scale = Math.max(drawing.width(), drawing.height()) > LARGE ? 1 : USUAL_SCALE;
        int width = drawing.width() * scale;
        int height = drawing.height() * scale;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            graphics.scale(scale, scale);
            for (Mark mark : drawing.marks()) draw(graphics, mark);
        } finally {
            graphics.dispose();
        }
        return pixels(image);
    }

    private static void draw(Graphics2D graphics, Mark mark) {
        switch (mark) {
            case Mark.Box box -> {
                graphics.setColor(new Color(box.colour()));
                graphics.setComposite(AlphaComposite.SrcOver.derive((float) box.opacity()));
                graphics.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
                graphics.setComposite(AlphaComposite.SrcOver);
            }
            case Mark.Line line -> {
                Path2D path = new Path2D.Double();
                path.moveTo(line.points()[0], line.points()[1]);
                for (int i = 2; i < line.points().length; i += 2) path.lineTo(line.points()[i], line.points()[i + 1]);
                graphics.setColor(new Color(line.colour()));
                graphics.setStroke(round(line.thickness()));
                graphics.draw(path);
            }
            case Mark.Disc disc -> {
                graphics.setColor(new Color(disc.colour()));
                graphics.fill(circle(disc.x(), disc.y(), disc.radius()));
            }
            case Mark.Ring ring -> {
                graphics.setColor(new Color(ring.colour()));
                graphics.setStroke(round(ring.thickness()));
                graphics.draw(circle(ring.x(), ring.y(), ring.radius()));
            }
            case Mark.Text text -> {
                Letters letters = Letters.of(text.weight());
                double length = letters.widthOf(text.words(), text.size());
                double before =
                        switch (text.anchor()) {
                            case START -> 0;
                            case MIDDLE -> length / 2;
                            case END -> length;
                        };
                AffineTransform place = AffineTransform.getTranslateInstance(text.x(), text.y());
                if (text.upward()) place.rotate(-Math.PI / 2);
                place.translate(-before, 0);
                graphics.setColor(new Color(text.colour()));
                graphics.fill(place.createTransformedShape(letters.outline(text.words(), text.size())));
            }
            case Mark.Part part -> {
                Graphics2D inner = (Graphics2D) graphics.create();
                try {
                    inner.translate(part.x(), part.y());
                    inner.clip(new Rectangle2D.Double(
                            0, 0, part.drawing().width(), part.drawing().height()));
                    for (Mark each : part.drawing().marks()) draw(inner, each);
                } finally {
                    inner.dispose();
                }
            }
            case Mark.Picture picture -> {
                boolean larger = picture.width() >= picture.pixels().width();
                graphics.setRenderingHint(
                        RenderingHints.KEY_INTERPOLATION,
                        larger
                                ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                                : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
                AffineTransform place = AffineTransform.getTranslateInstance(picture.x(), picture.y());
                place.scale(
                        picture.width() / picture.pixels().width(),
                        picture.height() / picture.pixels().height());
                graphics.drawImage(image(picture.pixels()), place, null);
            }
        }
    }

    private static BasicStroke round(double thickness) {
        return new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static Ellipse2D circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static BufferedImage image(Pixels pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        int channels = pixels.channels();
        byte[] values = pixels.values();
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                int at = (y * pixels.width() + x) * channels;
                int colour = 0;
                for (int c = 0; c < 3; c++) colour = colour << 8 | values[at + (channels == 1 ? 0 : c)] & 0xff;
                image.setRGB(x, y, colour);
            }
        }
        return image;
    }

    private static Pixels pixels(BufferedImage image) {
        int[] colours = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] values = new byte[Math.multiplyExact(colours.length, 3)];
        for (int i = 0; i < colours.length; i++) {
            values[3 * i] = (byte) (colours[i] >> 16);
            values[3 * i + 1] = (byte) (colours[i] >> 8);
            values[3 * i + 2] = (byte) colours[i];
        }
        return new Pixels(image.getHeight(), image.getWidth(), 3, values);
    }
}
