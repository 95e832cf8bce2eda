package io.fovea.training;

import io.fovea.dataset.Preparation;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.source.Source;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Pictures of 16x16 pixels with a bright dot, whose place their names state. */
final class DotFixture {

    private DotFixture() {}

    /** Imports 120 pictures, a quarter of them for validation, into {@code folder/dots}. */
    static Path dots(Path folder) {
        SplittableRandom random = new SplittableRandom(1);
        try {
            Files.createDirectories(folder.resolve("pictures"));
            for (int i = 0; i < 120; i++) draw(random.nextInt(2, 14), random.nextInt(2, 14), i, folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        ImportSettings settings = ImportSettings.of("dots", new Preparation(16, 16, ColorMode.GREY, ResizeMode.SQUASH))
                .withSplits(new SplitSettings(25, 0))
                .withThreads(1);
        DatasetImport.run(
                List.of(Source.of(folder.resolve("pictures"))), settings, folder.resolve("dots"), ImportListener.NONE);
        return folder.resolve("dots");
    }

    private static void draw(int x, int y, int number, Path folder) throws IOException {
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(x - 1, y - 1, 3, 3);
        graphics.dispose();
        String name = String.format("xy_%03d_%03d_%04d.png", x, y, number);
        ImageIO.write(picture, "png", folder.resolve("pictures").resolve(name).toFile());
    }
}
