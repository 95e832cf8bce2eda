package io.fovea.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.batch.Augmentation;
import io.fovea.batch.RandomCrop;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.DatasetSelection;
import io.fovea.dataset.DatasetSelection.Example;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitSettings;
import io.fovea.module.TorchModule;
import io.fovea.network.Catalogue;
import io.fovea.network.LayerRates;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;
import io.fovea.source.Source;
import io.fovea.speed.SpeedRecords;
import io.fovea.tensor.Libtorch;
import io.fovea.tensor.Precision;
import io.fovea.training.ComputationSettings;
import io.fovea.training.FineTuning;
import io.fovea.training.Scoring;
import io.fovea.training.StopSignal;
import io.fovea.training.Trainer;
import io.fovea.training.TrainingResult;
import io.fovea.training.TrainingSettings;
import io.fovea.training.TrainingStart;
import io.fovea.transfer.Backbone;
import io.fovea.transfer.FeatureCache;
import io.fovea.transfer.Features;
import io.fovea.transfer.Head;
import io.fovea.transfer.HeadExamples;
import io.fovea.transfer.HeadGoal;
import io.fovea.transfer.HeadTraining;
import io.fovea.transfer.TrainedHead;
import io.fovea.transfer.TransferMode;
import io.fovea.weights.Safetensors;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Heads on features beside fine-tuning, in five folds of all pictures of a set, for one seed: every picture is judged once by each, and none of them has
 * seen it. Prints one line of JSON with a digit for every picture, 1 for right.
 *
 * <p>Of the pictures outside a fold a fifth of each class is held out, on which fine-tuning chooses its epoch. "head" is trained on the others, and fine-tuning begins
 * with it; "allHead" on all pictures outside the fold, as a head on features needs none to choose on.
 */
public final class FineTuningFolds {

    private static final int FOLDS = 5;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final Path folder;
    private final int size;
    private final long seed;
    private final TrainingSettings settings;
    private final Preprocessing preprocessing;
    private final Backbone backbone;
    private final Network network;

    private FineTuningFolds(Path folder, Path weights, int size, int epochs, int threads, long seed) {
        this.folder = folder;
        this.size = size;
        this.seed = seed;
        // chosen on a part of the sets' training pictures: docs/experiments.md
        TrainingSettings chosen = FineTuning.defaults(seed)
                .withEpochs(epochs)
                .withAugmentation(
                        Augmentation.NONE.withRandomCrop(RandomCrop.from(0.5)).withHorizontalFlip(0.5))
                .withLoss(new Loss.CrossEntropy(0.1));
        ComputationSettings usual = chosen.computation();
        settings = chosen.withComputation(new ComputationSettings(usual.engine(), usual.precision(), threads));
        preprocessing = new Preprocessing(size, size, ColorMode.COLOR, ResizeMode.CROP, margin(), MEAN, DEVIATION);
        Network whole = Catalogue.network("resnet18", new Shape(3, size, size), 1000);
        backbone = Backbone.of(whole, Safetensors.read(weights), Backbone.Output.FEATURES);
        network = backbone.withDenseHead(2);
    }

    /** 256 to 224, as the weights were trained. */
    private int margin() {
        return Math.round(size / 7f);
    }

    /** Arguments: the folder of all data sets, the set, size, epochs, threads, seed. */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        Path folder = Files.createTempDirectory("fovea-fine-tuning-");
        try {
            FineTuningFolds folds = new FineTuningFolds(
                    folder,
                    data.resolve("pretrained-imagenet/resnet18/resnet18.f16.safetensors"),
                    Integer.parseInt(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]),
                    Long.parseLong(arguments[5]));
            System.out.println(new ObjectMapper().writeValueAsString(folds.run(data.resolve(arguments[1]))));
        } finally {
            Folder.delete(folder);
        }
    }

    private ObjectNode run(Path photographs) {
        long start = System.nanoTime();
        Preparation preparation = new Preparation(size, size, ColorMode.COLOR, ResizeMode.CROP, margin());
        DatasetImport.run(
                List.of(Source.of(photographs)),
                ImportSettings.of("set", preparation).withSplits(new SplitSettings(0, 0)),
                folder.resolve("set"),
                (_, _) -> {});
        ObjectNode json = new ObjectMapper().createObjectNode().put("seed", seed);
        ArrayNode folds = json.putArray("folds");
        try (Dataset dataset = Dataset.open(folder.resolve("set"));
                FeatureCache cache = new FeatureCache(
                        folder.resolve("cache"),
                        backbone,
                        "given",
                        preprocessing,
                        settings.computation().threads(),
                        SpeedRecords.none())) {
            Features training = cache.features(dataset, Split.TRAINING, _ -> {});
            Features validation = cache.features(dataset, Split.VALIDATION, _ -> {});
            for (DatasetSelection fold : DatasetSelection.folds(dataset, FOLDS, seed)) {
                folds.add(judge(dataset, training, validation, fold, folds.size() + 1));
                System.err.println("fold " + folds.size() + "  " + folds.get(folds.size() - 1));
            }
        }
        return json.put("seconds", (System.nanoTime() - start) / 1e9);
    }

    private ObjectNode judge(
            Dataset dataset, Features training, Features validation, DatasetSelection fold, int number) {
        DatasetSelection inner = heldOut(dataset, fold.training());
        Weights allHead = head(dataset, training, validation, fold.training());
        Weights head = head(dataset, training, validation, inner.training());
        TrainingResult tuned;
        try (Dataset view = dataset.select(inner)) {
            tuned = new Trainer(
                            view,
                            network,
                            settings.withLayerRates(rates()),
                            TrainingStart.of(head, preprocessing),
                            folder.resolve("run-" + number),
                            _ -> {},
                            new StopSignal())
                    .run();
        }
        ObjectNode json = new ObjectMapper().createObjectNode();
        try (Dataset judged = dataset.select(new DatasetSelection(inner.training(), fold.validation()))) {
            json.put("allHead", right(judged, allHead));
            json.put("head", right(judged, head));
            json.put("fineTuned", right(judged, tuned.weights()));
        }
        return json.put("keptEpoch", tuned.weightsEpoch());
    }

    private LayerRates rates() {
        LayerRates learned = new TransferMode.AllLayers().layerRates(network, backbone.head());
        return FineTuning.layerRates(
                learned, backbone.weights(), settings.step().optimizer());
    }

    /** Holds out a fifth of each class. */
    private DatasetSelection heldOut(Dataset dataset, List<Example> pictures) {
        List<Example> shuffled = new ArrayList<>(pictures);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = shuffled.size() - 1; i > 0; i--) shuffled.add(shuffled.remove(random.nextInt(i + 1)));
        List<Example> kept = new ArrayList<>();
        List<Example> held = new ArrayList<>();
        int[] seen = new int[dataset.classNames().size()];
        for (Example picture : shuffled) {
            int label = dataset.label(picture.split(), picture.index());
            (seen[label]++ % FOLDS == 0 ? held : kept).add(picture);
        }
        return new DatasetSelection(kept, held);
    }

    private Weights head(Dataset dataset, Features training, Features validation, List<Example> pictures) {
        int width = training.size();
        float[] values = new float[pictures.size() * width];
        int[] labels = new int[pictures.size()];
        for (int i = 0; i < labels.length; i++) {
            Example picture = pictures.get(i);
            Features from = picture.split() == Split.TRAINING ? training : validation;
            System.arraycopy(from.values(), picture.index() * width, values, i * width, width);
            labels[i] = dataset.label(picture.split(), picture.index());
        }
        HeadExamples examples =
                new HeadExamples(new Features(labels.length, width, values), new Targets.Labels(labels), 2);
        TrainedHead head = HeadTraining.train(new Head.Linear(), examples, HeadGoal.USUAL, seed);
        return head.weights(backbone);
    }

    /** Returns a digit for every validation picture, 1 if its class has the largest logit. */
    private String right(Dataset judged, Weights weights) {
        Libtorch.useThreads(settings.computation().threads());
        try (TorchModule module = new TorchModule(network, preprocessing, weights, Precision.FLOAT32)) {
            float[] logits = Scoring.outputs(module, judged, Split.VALIDATION);
            StringBuilder digits = new StringBuilder();
            for (int i = 0; i < judged.count(Split.VALIDATION); i++) {
                int answer = logits[2 * i + 1] > logits[2 * i] ? 1 : 0;
                digits.append(answer == judged.label(Split.VALIDATION, i) ? '1' : '0');
            }
            return digits.toString();
        }
    }
}
