package io.fovea.hybrid;

import io.fovea.candidate.LabelledPictures;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.source.Source;
import io.fovea.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Generated digits of 14x14 pixels: the smallest pictures that are no toy. */
public final class HybridFixture {

    public static final int SIDE = 14;

    private HybridFixture() {}

    /** Imports so many training digits per class, and 10 per class for the test, into {@code folder/digits}. */
    public static Dataset digits(Path folder, int perClass) {
        GeneratedDigits.generate(perClass, 10, 4).write(folder.resolve("idx"));
        return imported(folder.resolve("idx"), folder.resolve("digits"));
    }

    /** Imports the training digits below {@code classes} from folders of pictures, a fifth of them for the test. */
    static Dataset firstDigits(Path folder, int perClass, int classes) throws IOException {
        return imported(pictures(folder, perClass, classes), folder.resolve("first"));
    }

    /** Imports some digits of two classes, all of them to train on. */
    static Dataset withoutTest(Path folder) throws IOException {
        return imported(pictures(folder, 5, 2), folder.resolve("untested"), new SplitSettings(0, 0));
    }

    private static Path pictures(Path folder, int perClass, int classes) throws IOException {
        GeneratedDigits.Part part = GeneratedDigits.generate(perClass, 1, 4).training();
        for (int i = 0; i < part.count(); i++) {
            if (part.labels()[i] >= classes) continue;
            Path own = Files.createDirectories(folder.resolve("pictures").resolve("digit" + part.labels()[i]));
            PngWriter.write(part.picture(i), own.resolve(i + ".png"));
        }
        return folder.resolve("pictures");
    }

    static Dataset imported(Path source, Path target) {
        return imported(source, target, new SplitSettings(0, 20));
    }

    private static Dataset imported(Path source, Path target, SplitSettings splits) {
        ImportSettings settings = ImportSettings.of(
                        target.getFileName().toString(), new Preparation(SIDE, SIDE, ColorMode.GREY, ResizeMode.SQUASH))
                .withSplits(splits)
                .withThreads(1);
        DatasetImport.run(List.of(Source.of(source)), settings, target, ImportListener.NONE);
        return Dataset.open(target);
    }

    public static Preprocessing preprocessing(Dataset dataset) {
        return Trainer.preprocessing(dataset);
    }

    public static LabelledPictures pictures(Dataset dataset, Split split) {
        return LabelledPictures.of(
                dataset, split, IntStream.range(0, dataset.count(split)).toArray());
    }
}
