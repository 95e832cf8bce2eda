package io.fovea.example;

import io.fovea.collection.GeneratedDigits;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.export.TrainedModel;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.network.Catalogue;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.source.Source;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingResult;
import io.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;

/** From a folder of pictures to a classified picture, through the Java API. */
public final class Tour {

    private Tour() {}

    /** Trains a small network in {@code folder} and returns what it says about a picture. */
    public static Prediction run(Path pictures, Path picture, Path folder) {
        // tour:begin
        Preparation preparation = new Preparation(28, 28, ColorMode.GREY, ResizeMode.SQUASH);
        DatasetImport.run(
                List.of(Source.of(pictures)),
                ImportSettings.of("digits", preparation),
                folder.resolve("digits"),
                (done, total) -> {});

        Path file = folder.resolve("digits.fovea");
        try (Dataset digits = Dataset.open(folder.resolve("digits"))) {
            Network network = Catalogue.network("hybrid-16", new Shape(1, 28, 28), 10);
            TrainingSettings settings = TrainingSettings.defaults(1).withEpochs(5);
            Trainer trainer =
                    new Trainer(digits, network, settings, folder.resolve("run"), event -> {}, new StopSignal());
            TrainingResult result = trainer.run();

            TrainedModel model = TrainedModel.judge(result, digits, settings);
            System.out.println("Accuracy on the test pictures: "
                    + model.evaluation().accuracy().value());
            model.export("digits", "0.1.0", file);
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
