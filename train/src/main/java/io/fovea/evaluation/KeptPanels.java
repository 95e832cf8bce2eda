package io.fovea.evaluation;

import io.fovea.codec.PngWriter;
import io.fovea.image.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Pictures that an evaluation keeps of what models of maps made of the hardest pictures: {@code hardest/000012-truth.png} is of the picture at place 12 of
 * the split. So what was judged can be looked at when model and dataset are gone.
 */
public final class KeptPanels {

    /** Of how many pictures they are kept. */
    public static final int MOST = 12;

    private static final String FOLDER = "hardest";
    private static final String NAME = "[0-9]{6,}-(picture|truth|answer)\\.png";

    /** What a panel shows. */
    public enum Panel {
        /** What the network saw. */
        PICTURE,
        /** What it should answer. */
        TRUTH,
        /** What it answered. */
        ANSWER
    }

    private KeptPanels() {}

    /** Removes those of an evaluation that was written into the same folder before, and no other file. */
    static void clear(Path folder) {
        Path panels = folder.resolve(FOLDER);
        if (!Files.isDirectory(panels)) return;
        try (Stream<Path> files = Files.list(panels)) {
            for (Path file : files.toList()) if (file.getFileName().toString().matches(NAME)) Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void write(Path folder, int position, Panel panel, Pixels pixels) {
        try {
            Files.createDirectories(folder.resolve(FOLDER));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        PngWriter.write(pixels, file(folder, position, panel));
    }

    /** Returns where a panel lies if it was kept. */
    public static Path file(Path folder, int position, Panel panel) {
        return folder.resolve(FOLDER)
                .resolve(String.format(
                        Locale.ROOT, "%06d-%s.png", position, panel.name().toLowerCase(Locale.ROOT)));
    }

    /** Returns which panels were kept of a picture, in the order in which they are shown. */
    public static List<Panel> of(Path folder, int position) {
        return Arrays.stream(Panel.values())
                .filter(panel -> Files.isRegularFile(file(folder, position, panel)))
                .toList();
    }
}
