package io.fovea.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.bundle.AnswerDistribution;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Familiarity;
import io.fovea.codec.PngWriter;
import io.fovea.collection.GeneratedDigits;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.module.Engine;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Shape;
import io.fovea.onnx.NetworkOutputs;
import io.fovea.onnx.OnnxWriter;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.RankedClass;
import io.fovea.predict.Unfamiliarity;
import io.fovea.source.Source;
import io.fovea.task.Classification;
import io.fovea.task.ModelOutput;
import io.fovea.training.Trainer;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawn digits and networks that have not even been trained: the picture and what it becomes tell digits from anything else. */
@DisplayName("A model that tells pictures unlike those it learned from")
class FamiliarityTest {

    private static final int SIDE = 14;
    private static final Network NETWORK = Catalogue.network("hybrid-8", new Shape(1, SIDE, SIDE), 10);
    private static final Weights WEIGHTS = Initialization.of(NETWORK, new SplittableRandom(3));

    @TempDir
    static Path folder;

    private static ExportReport report;
    private static Bundle bundle;

    @BeforeAll
    static void exports() {
        try (Dataset digits = digits(40)) {
            report = model(digits).export("digits", "0.1.0", folder.resolve("digits.fovea"));
            bundle = Bundle.open(report.path());
        }
    }

    private static Dataset digits(int perClass) {
        Path place = folder.resolve("digits-" + perClass);
        GeneratedDigits.generate(perClass, 20, 4).write(place.resolve("idx"));
        ImportSettings settings = ImportSettings.of(
                        "digits", new Preparation(SIDE, SIDE, ColorMode.GREY, ResizeMode.SQUASH))
                .withSplits(new SplitSettings(0, 20))
                .withThreads(1);
        DatasetImport.run(
                List.of(Source.of(place.resolve("idx"))), settings, place.resolve("set"), ImportListener.NONE);
        return Dataset.open(place.resolve("set"));
    }

    private static TrainedModel model(Dataset digits) {
        ModelParts parts = new ModelParts(NETWORK, Trainer.preprocessing(digits), WEIGHTS);
        return TrainedModel.judge(parts, digits, new Origin(Map.of(), 3), Engine.AUTOMATIC, 1);
    }

    @Test
    void says_in_its_manifest_from_which_distance_on_and_how_many_false_alarms_were_counted() {
        Familiarity familiarity = bundle.manifest().familiarity().orElseThrow();

        assertThat(familiarity.output()).isEqualTo("unfamiliarity");
        assertThat(familiarity.threshold()).isEqualTo(1);
        assertThat(familiarity.share()).isEqualTo(0.05);
        assertThat(familiarity.choice()).isEqualTo(Familiarity.Choice.TRAINING);
        assertThat(familiarity.heldOut()).isEqualTo(400);
        assertThat(familiarity.falseAlarms().on()).isEqualTo("test");
        assertThat(familiarity.falseAlarms().count()).isEqualTo(200);
        assertThat(familiarity.falseAlarms().measure().value()).isLessThan(0.12);
        assertThat(report.familiarity()).contains(familiarity);
        assertThat(bundle.manifest().outputs()).extracting(ModelOutput::name).contains("unfamiliarity");
    }

    @Test
    void counts_as_many_false_alarms_as_whoever_loads_it() {
        try (Dataset digits = Dataset.open(folder.resolve("digits-40").resolve("set"));
                Classifier classifier = Classifier.of(bundle, PredictionOptions.DEFAULT)) {
            List<Pixels> pictures = IntStream.range(0, 200)
                    .mapToObj(i -> digits.picture(Split.TEST, i))
                    .toList();
            long unlike = unlike(classifier.classifyPrepared(pictures));

            Familiarity familiarity = bundle.manifest().familiarity().orElseThrow();
            assertThat(unlike / 200.0)
                    .isCloseTo(familiarity.falseAlarms().measure().value(), within(0.005));
        }
    }

    @Test
    void counts_answers_as_whoever_loads_it_gives_them() {
        try (Dataset digits = Dataset.open(folder.resolve("digits-40").resolve("set"));
                Classifier classifier = Classifier.of(bundle, PredictionOptions.DEFAULT)) {
            AnswerDistribution.Counter counter = new AnswerDistribution.Counter(10);
            for (int i = 0; i < 200; i++) {
                RankedClass best = classifier
                        .classifyPrepared(List.of(digits.picture(Split.TEST, i)))
                        .getFirst()
                        .best();
                counter.add(best.label(), best.probability());
            }
            assertThat(bundle.manifest().answers()).isEqualTo(counter.on("test"));
            assertThat(bundle.manifest().answers().pictures()).isEqualTo(200);
        }
    }

    @Test
    void calls_black_white_and_noise_unlike_anything_it_learned_from() {
        try (Classifier classifier = Classifier.load(report.path())) {
            SplittableRandom random = new SplittableRandom(5);
            List<Pixels> pictures = new ArrayList<>(List.of(plain(0), plain(255), plain(128)));
            for (int i = 0; i < 20; i++) {
                byte[] values = new byte[SIDE * SIDE];
                random.nextBytes(values);
                pictures.add(new Pixels(SIDE, SIDE, 1, values));
            }
            assertThat(unlike(classifier.classifyBatch(pictures))).isEqualTo(23);
        }
    }

    @Test
    void tells_black_white_grey_and_digits_from_coloured_pictures_whatever_its_network_sees() throws IOException {
        Network network = Catalogue.network("cifar-cnn", new Shape(3, 16, 16), 2);
        try (Dataset coloured = coloured()) {
            Weights weights = Initialization.of(network, new SplittableRandom(3));
            ModelParts parts = new ModelParts(network, Trainer.preprocessing(coloured), weights);
            ExportReport exported = TrainedModel.judge(parts, coloured, new Origin(Map.of(), 3), Engine.AUTOMATIC, 1)
                    .export("coloured", "0.1.0", folder.resolve("coloured.fovea"));
            try (Classifier classifier = Classifier.load(exported.path());
                    Dataset digits = Dataset.open(folder.resolve("digits-40").resolve("set"))) {
                List<Pixels> pictures = new ArrayList<>(List.of(plain(0), plain(255), plain(128)));
                for (int i = 0; i < 20; i++) pictures.add(digits.picture(Split.TEST, i));
                pictures.replaceAll(FamiliarityTest::inColour);
                assertThat(unlike(classifier.classifyBatch(pictures))).isEqualTo(23);
                assertThat(exported.familiarity()
                                .orElseThrow()
                                .falseAlarms()
                                .measure()
                                .value())
                        .isLessThan(0.2);
            }
        }
    }

    /** Two classes of 60 and 20 pictures of 16x16: waves of three colours, with grain. */
    private static Dataset coloured() throws IOException {
        Path place = folder.resolve("coloured");
        SplittableRandom random = new SplittableRandom(7);
        for (String name : List.of("train/a", "train/b", "test/a", "test/b")) {
            Files.createDirectories(place.resolve(name));
            int count = name.startsWith("train") ? 60 : 20;
            for (int i = 0; i < count; i++)
                PngWriter.write(waves(random, name.endsWith("a") ? 0.3 : 0.6), place.resolve(name, i + ".png"));
        }
        ImportSettings settings = ImportSettings.of(
                        "coloured", new Preparation(16, 16, ColorMode.COLOR, ResizeMode.SQUASH))
                .withThreads(1);
        DatasetImport.run(List.of(Source.of(place)), settings, folder.resolve("coloured-set"), ImportListener.NONE);
        return Dataset.open(folder.resolve("coloured-set"));
    }

    private static Pixels inColour(Pixels grey) {
        byte[] values = new byte[3 * grey.values().length];
        for (int i = 0; i < values.length; i++) values[i] = grey.values()[i / 3];
        return new Pixels(grey.height(), grey.width(), 3, values);
    }

    private static Pixels waves(SplittableRandom random, double frequency) {
        byte[] values = new byte[16 * 16 * 3];
        for (int c = 0; c < 3; c++) {
            double phase = random.nextDouble(6.28);
            double height = random.nextDouble(30, 60);
            double middle = random.nextDouble(80, 170);
            for (int i = 0; i < 256; i++) {
                double wave = Math.sin(phase + frequency * (i % 16) + 0.4 * (i / 16));
                values[i * 3 + c] = (byte) (middle + height * wave + random.nextDouble(-8, 8));
            }
        }
        return new Pixels(16, 16, 3, values);
    }

    @Test
    void says_the_same_of_one_picture_and_of_many() {
        try (Classifier classifier = Classifier.load(report.path())) {
            Unfamiliarity one = classifier.classify(plain(200)).unfamiliarity().orElseThrow();
            Unfamiliarity many = classifier
                    .classifyBatch(List.of(plain(0), plain(200)))
                    .get(1)
                    .unfamiliarity()
                    .orElseThrow();

            assertThat(many.distance()).isCloseTo(one.distance(), within(1e-4 * one.distance()));
            assertThat(one.threshold()).isEqualTo(1);
        }
    }

    @Test
    void is_left_without_it_where_there_are_too_few_training_pictures() {
        try (Dataset digits = digits(1)) {
            ExportReport few = model(digits).export("few", "0.1.0", folder.resolve("few.fovea"));

            assertThat(few.familiarity()).isEmpty();
            try (Classifier classifier = Classifier.load(few.path())) {
                assertThat(classifier.classify(plain(0)).unfamiliarity()).isEmpty();
            }
        }
    }

    @Test
    void needs_at_most_64_KB_beside_any_network_of_the_catalogue() {
        for (CatalogueEntry entry : Catalogue.entries()) {
            if (entry.givesMaps()) continue;
            Network network = entry.network().forPrediction();
            NetworkSummary summary = Inference.of(network);
            Optional<String> features = NetworkOutputs.of(network, summary, Classification.numbered(2))
                    .source();
            List<FamiliarityPart> parts = FamiliarityPart.of(
                    network, summary, preprocessing(network.input()), features, FamiliarityPart.Room.AMPLE);

            long bytes = parts.stream().mapToLong(FamiliarityTest::bytes).sum();
            assertThat(parts.getFirst().form()).as(entry.name()).isInstanceOf(FamiliarityPart.Picture.class);
            assertThat(bytes).as(entry.name()).isLessThan(61_000); // the rest is for the graph
        }
    }

    @Test
    void adds_no_more_to_a_file_than_its_numbers_and_a_small_graph() {
        byte[] without = OnnxWriter.write(NETWORK, WEIGHTS, Map.of());

        assertThat(bundle.onnx().length - without.length).isBetween(1_000, 12_000);
    }

    private static Preprocessing preprocessing(Shape input) {
        int channels = input.size(0);
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        ColorMode mode = channels == 1 ? ColorMode.GREY : ColorMode.COLOR;
        return new Preprocessing(input.size(1), input.size(2), mode, ResizeMode.SQUASH, ones, ones);
    }

    private static long bytes(FamiliarityPart part) {
        if (part.form() instanceof FamiliarityPart.Picture(PictureFilters filters)) {
            int width = part.width();
            return 4L * (filters.weights().length + filters.bias().length + width * width + width);
        }
        // a byte for each number of the bases, four for the means, scales and factors
        return (long) part.width() * (part.most() + 4) + 8L * part.most();
    }

    private static long unlike(List<Prediction> predictions) {
        return predictions.stream()
                .filter(each -> !each.unfamiliarity().orElseThrow().familiar())
                .count();
    }

    private static Pixels plain(int value) {
        byte[] values = new byte[SIDE * SIDE];
        Arrays.fill(values, (byte) value);
        return new Pixels(SIDE, SIDE, 1, values);
    }
}
