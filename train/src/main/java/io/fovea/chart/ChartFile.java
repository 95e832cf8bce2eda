package io.fovea.chart;

import io.fovea.codec.PngWriter;
import io.fovea.file.AtomicFile;
import io.fovea.image.Pixels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** A drawing as files that every viewer shows. */
public final class ChartFile {

    private ChartFile() {}

    /**
     * Writes a drawing twice, as {@code name.svg} and {@code name.png}, each complete or not at all.
     *
     * @throws io.fovea.problem.Problem if the folder cannot be written
     */
    public static void write(Drawing drawing, Path folder, String name) {
        write(drawing, folder.resolve(name + ".svg"));
        write(drawing, folder.resolve(name + ".png"));
    }

    /**
     * Writes a drawing into a file: SVG if its name ends so, else PNG.
     *
     * @throws io.fovea.problem.Problem if it cannot be written
     */
    public static void write(Drawing drawing, Path file) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg"))
            AtomicFile.write(file, svg(drawing).getBytes(StandardCharsets.UTF_8));
        else PngWriter.write(pixels(drawing), file);
    }

    /** Returns a drawing as SVG, with its text as text. */
    public static String svg(Drawing drawing) {
        return Svg.of(drawing);
    }

    /** Returns a drawing as pixels, two for each of its own unless it is large; the same on every machine. */
    public static Pixels pixels(Drawing drawing) {
        return Raster.of(drawing);
    }
}
