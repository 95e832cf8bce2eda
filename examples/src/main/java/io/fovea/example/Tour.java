package io.fovea.example;

import io.fovea.collection.GeneratedDigits;
import io.fovea.dataset.Dataset;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.program.Datasets;
import io.fovea.program.Trained;
import io.fovea.program.Training;
import java.nio.file.Path;

/** From a folder of pictures to a classified picture, through the Java API. */
public final class Tour {

    private Tour() {}

    /** Trains a small network in {@code folder} and returns what it says about a picture. */
    public static Prediction run(Path pictures, Path picture, Path folder) {
        // tour:begin
        Path file = folder.resolve("digits.fovea");
        try (Dataset digits = Datasets.of(pictures).size(28, 28).grey().into(folder.resolve("digits"))) {
            Trained trained = Training.of(digits, "hybrid-16").epochs(5).seed(1).run(folder.resolve("runs"));
            System.out.println(trained.verdict().words()); // on the test pictures
            trained.export(file);
        }

        try (Classifier classifier = Classifier.load(file)) {
            return classifier.classify(picture);
        }
        // tour:end
    }

    /** Draws digits, learns them, and reads one. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "tour");
        GeneratedDigits digits = GeneratedDigits.generate(200, 50, 1);
        digits.write(folder.resolve("pictures"));
        io.fovea.codec.PngWriter.write(digits.test().picture(7), folder.resolve("seven.png"));
        System.out.println(run(folder.resolve("pictures"), folder.resolve("seven.png"), folder));
    }
}
