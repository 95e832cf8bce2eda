package io.fovea.training;

import io.fovea.codec.PngWriter;
import io.fovea.dataset.Preparation;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.importer.Truth;
import io.fovea.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Pictures of 16x16 pixels with a bright disc on dark ground, and the mask of each: ground, disc, and an edge above of which nothing is known. */
final class MaskFixture {

    private static final int SIDE = 16;

    private MaskFixture() {}

    /** Imports 48 pictures, a quarter of them for validation, into {@code folder/discs}. */
    static Path discs(Path folder) {
        SplittableRandom random = new SplittableRandom(1);
        try {
            Path pictures = Files.createDirectories(folder.resolve("drawn/pictures"));
            Path masks = Files.createDirectories(folder.resolve("drawn/masks"));
            Files.writeString(folder.resolve("drawn/classes.txt"), "ground\ndisc\n");
            for (int i = 0; i < 48; i++) {
                int x = random.nextInt(4, 12);
                int y = random.nextInt(4, 12);
                byte[] picture = new byte[SIDE * SIDE];
                byte[] mask = new byte[SIDE * SIDE];
                for (int at = 0; at < mask.length; at++) {
                    int fromX = at % SIDE - x;
                    int fromY = at / SIDE - y;
                    boolean inside = fromX * fromX + fromY * fromY <= 16;
                    picture[at] = (byte) ((inside ? 190 : 30) + random.nextInt(40));
                    mask[at] = (byte) (at < SIDE ? 255 : inside ? 1 : 0);
                }
                PngWriter.write(new Pixels(SIDE, SIDE, 1, picture), pictures.resolve(i + ".png"));
                PngWriter.write(new Pixels(SIDE, SIDE, 1, mask), masks.resolve(i + ".png"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        ImportSettings settings = ImportSettings.of(
                        "discs", new Preparation(SIDE, SIDE, ColorMode.GREY, ResizeMode.SQUASH))
                .withTruth(new Truth.Masks())
                .withSplits(new SplitSettings(25, 0))
                .withThreads(1);
        DatasetImport.run(
                List.of(Source.of(folder.resolve("drawn"))), settings, folder.resolve("discs"), ImportListener.NONE);
        return folder.resolve("discs");
    }
}
