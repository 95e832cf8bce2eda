package io.fovea.training;

import io.fovea.batch.Batch;
import io.fovea.batch.BatchLoader;
import io.fovea.batch.BatchSettings;
import io.fovea.batch.Remainder;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.file.AtomicFile;
import io.fovea.image.Preprocessing;
import io.fovea.learning.Learning;
import io.fovea.module.Computation;
import io.fovea.module.Engine;
import io.fovea.module.Initialization;
import io.fovea.module.Modules;
import io.fovea.module.Objective;
import io.fovea.module.TrainableModule;
import io.fovea.network.Inference;
import io.fovea.network.Layer;
import io.fovea.network.LayerRates.LayerRate;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.optimize.Loss;
import io.fovea.optimize.UpdateRule;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.record.RecordTree;
import io.fovea.record.RecordYaml;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a run was asked to do; it does not change while the run goes on.
 *
 * @param dataset       where the pictures come from
 * @param network       what is trained
 * @param settings      all that was chosen
 * @param preprocessing how a picture becomes the network's input
 * @param start         the first weights, if given
 * @param folder        where the run's files lie
 * @param fingerprint   of data, network, settings and start
 * @param listener      hears every event
 * @param stop          asks the run to end
 */
record TrainingTask(
        Dataset dataset,
        Network network,
        TrainingSettings settings,
        Preprocessing preprocessing,
        TrainingStart start,
        RunFolder folder,
        String fingerprint,
        TrainingListener listener,
        StopSignal stop) {

    /** Returns all that learning needs to know of the dataset's task. */
    Learning learning() {
        return Learning.of(dataset.task(), settings.pictures().augmentation());
    }

    /** Returns the loss with its class weights counted on the training pictures. */
    Loss loss() {
        return learning().checked(settings.loss(), dataset);
    }

    Weights firstWeights() {
        return start.weights().orElseGet(() -> Initialization.of(network, new SplittableRandom(settings.seed())));
    }

    TrainableModule module(Weights weights, Computation computation, Workers workers) {
        return Modules.create(
                network,
                preprocessing,
                weights,
                settings.step().layerRates(),
                computation.engine(),
                computation.precision(),
                workers);
    }

    /** Returns what computes on this machine where nothing was measured. */
    Computation computation() {
        return computation(engines().getFirst());
    }

    /** Returns how an engine computes it on this machine. */
    Computation computation(Engine engine) {
        return Modules.resolved(network, engine, settings.computation().precision());
    }

    /** Returns the engines that may compute it, the one that mostly is fastest first. */
    List<Engine> engines() {
        return Modules.able(
                network, settings.computation().engine(), settings.computation().precision());
    }

    /** Returns what computes the run that goes on in the folder; empty if none does. */
    Optional<Computation> keptComputation() {
        Path file = folder.computation();
        if (!Files.exists(folder.lastCheckpoint()) || !Files.exists(file)) return Optional.empty();
        try {
            return Optional.of(read(Files.readString(file), file.toString()));
        } catch (IOException unreadable) {
            throw new Problem(
                    "What computed the run cannot be read: " + unreadable.getMessage() + ".",
                    file.toString(),
                    "check the permissions of the run's folder",
                    unreadable);
        }
    }

    /** Writes down what computes the run, so that it goes on by the same. */
    void keep(Computation computation) {
        AtomicFile.write(folder.computation(), text(computation).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a computation as YAML. */
    String text(Computation computation) {
        return RecordYaml.text(RecordTree.write(computation));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param origin where it stands, for people
     */
    Computation read(String text, String origin) {
        RecordYaml.Read read = RecordYaml.read(text, origin, "computation");
        return RecordTree.read(read.tree(), computation(), read.place());
    }

    /** Returns whole batches. */
    BatchLoader loader() {
        return new BatchLoader(dataset, Split.TRAINING, batches());
    }

    /** Returns a rank's part of every batch, large enough for batch norms. */
    BatchLoader loader(RunRanks ranks) {
        return new BatchLoader(
                dataset, Split.TRAINING, batches(), ranks.share(smallestBatch().pictures()));
    }

    /** Returns the same task with other files, of which nobody hears. */
    TrainingTask in(RunFolder other) {
        return new TrainingTask(
                dataset, network, settings, preprocessing, start, other, fingerprint, event -> {}, stop);
    }

    private BatchSettings batches() {
        BatchSettings usual = BatchSettings.forTraining(
                        settings.pictures().batchSize(),
                        settings.pictures().augmentation(),
                        settings.seed(),
                        BatchSettings.loadingThreads(settings.computation().threads()))
                .withOrder(settings.pictures().sampling())
                .withRemainder(smallestBatch().pictures() > 1 ? Remainder.JOIN_SINGLE : Remainder.KEEP);
        return learning().training(usual);
    }

    private SmallestBatch smallestBatch() {
        return SmallestBatch.of(network, settings.step().layerRates());
    }

    /** Returns what is done otherwise than the settings say, and why; mostly nothing. */
    List<String> remarks() {
        Optional<LayerSummary> norm = smallestBatch().layer();
        int size = settings.pictures().batchSize();
        if (norm.isEmpty() || dataset.count(Split.TRAINING) % size != 1) return List.of();
        return List.of("The last batch of an epoch has " + (size + 1)
                + " pictures: the one picture that is left over joins it," + " for batch norm \""
                + norm.get().name() + "\" needs two to tell how they vary.");
    }

    /** Returns what is done otherwise than the settings say, and why, by so many ranks. */
    List<String> remarks(int ranks) {
        if (ranks == 1) return remarks();
        List<String> all = new ArrayList<>(remarks());
        all.add(ranks + " ranks train together: each takes its part of every batch of "
                + settings.pictures().batchSize() + " pictures." + parts(ranks));
        return all;
    }

    private String parts(int ranks) {
        String part = "";
        if (network.nodes().stream().anyMatch(this::learnsStatistics))
            part += " Batch norms take their statistics of about "
                    + settings.pictures().batchSize() / ranks + " pictures each.";
        if (network.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.Dropout))
            part += " Dropout draws for each part by itself.";
        return part;
    }

    private boolean learnsStatistics(Node node) {
        return node.layer() instanceof Layer.BatchNorm
                && !settings.step().layerRates().isFrozen(node.name());
    }

    /**
     * Checks that there is something for every rank.
     *
     * @throws Problem if batches are too small
     */
    void checkParts(int ranks) {
        int size = settings.pictures().batchSize();
        int smallest = smallestBatch().pictures();
        if (size / smallest >= ranks) return;
        throw new Problem(
                "A batch of " + size + " pictures has no part for each of " + ranks + " ranks"
                        + (smallest > 1 ? ", for batch norms need " + smallest + " pictures." : "."),
                "setting batchSize",
                "set the batch size to " + ranks * smallest + " or more, or start fewer ranks");
    }

    /** Returns how a step changes the weights. */
    UpdateRule updateRule() {
        StepSettings step = settings.step();
        return new UpdateRule(
                step.optimizer(),
                step.regularisation(),
                RateRanges.of(network, step.layerRates()),
                step.clipping(),
                step.averaging());
    }

    /** Returns what a training batch should be taken for. */
    Objective objective(Batch batch, Learning learning, Loss counted) {
        return new Objective(counted, learning.targets(batch), learning);
    }

    /**
     * Checks that data, network and settings belong together.
     *
     * @throws Problem that names what does not fit
     */
    void checkFit() {
        NetworkSummary summary = Inference.of(network);
        checkOutputs(summary.output());
        int[] expected = network.input().sizes();
        if (expected[0] != preprocessing.channels()
                || expected[1] != preprocessing.height()
                || expected[2] != preprocessing.width()) {
            throw new Problem(
                    "The network expects pictures " + network.input() + " but the dataset holds [N, "
                            + preprocessing.channels() + ", " + preprocessing.height() + ", " + preprocessing.width()
                            + "].",
                    "network \"" + network.name() + "\", dataset \"" + dataset.name() + "\"",
                    "import the dataset in the network's size, or set the network's input to the dataset's");
        }
        checkLayerRates();
        if (RateRanges.of(network, settings.step().layerRates()).isEmpty()) {
            throw new Problem(
                    "Every layer is frozen, so there is nothing to train.",
                    "network \"" + network.name() + "\", setting layerRates",
                    "give one layer at least a rate above 0");
        }
        if (dataset.count(Split.TRAINING) == 0) {
            throw new Problem(
                    "The dataset has no training pictures.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it with a training part");
        }
        learning().checkPictures(dataset);
        learning().checked(settings.loss(), dataset);
        if (settings.pictures().batchSize() > dataset.count(Split.TRAINING)) {
            throw new Problem(
                    "A batch of " + settings.pictures().batchSize() + " is larger than the training part of "
                            + dataset.count(Split.TRAINING) + " pictures.",
                    "dataset \"" + dataset.name() + "\", setting batchSize",
                    "set the batch size to " + dataset.count(Split.TRAINING) + " or less");
        }
        checkBatchNorm();
        checkValidation();
        checkPatience();
        BatchLoader.check(dataset, Split.TRAINING, batches());
    }

    private void checkLayerRates() {
        List<String> layers = network.nodes().stream().map(Node::name).toList();
        for (LayerRate rate : settings.step().layerRates().rates()) {
            if (layers.stream().anyMatch(rate::fits)) continue;
            throw new Problem(
                    "No layer is named \"" + rate.prefix() + "\", nor do any begin with it and a dot.",
                    "network \"" + network.name() + "\", setting layerRates",
                    Nearest.suggestion(rate.prefix(), layers));
        }
    }

    private void checkBatchNorm() {
        Optional<LayerSummary> norm = smallestBatch().layer();
        if (norm.isEmpty()) return;
        String where =
                "network \"" + network.name() + "\", layer \"" + norm.get().name() + "\"";
        if (dataset.count(Split.TRAINING) == 1) {
            throw new Problem(
                    "The dataset has one training picture, but batch norm needs two to tell how they vary.",
                    where + ", dataset \"" + dataset.name() + "\"",
                    "import more training pictures, or take a network without batch norm");
        }
        if (settings.pictures().batchSize() == 1) {
            throw new Problem(
                    "The batch size is 1, but batch norm on " + norm.get().output()
                            + " needs two pictures at least to tell how they vary.",
                    where + ", setting batchSize",
                    "set the batch size to 2 or more, freeze the batch norms, or take larger pictures");
        }
    }

    private void checkValidation() {
        if (settings.course().earlyStopping().isEmpty() || dataset.count(Split.VALIDATION) > 0) return;
        throw new Problem(
                "Early stopping waits for a better validation loss, but the dataset has no validation pictures.",
                "dataset \"" + dataset.name() + "\", setting earlyStopping",
                "leave early stopping out, or import the dataset with some percent set aside for validation");
    }

    private void checkPatience() {
        int epochs = settings.course().epochs();
        int patience = settings.course().earlyStopping().orElse(0);
        if (patience < epochs) return;
        throw new Problem(
                "Early stopping waits " + patience + (patience == 1 ? " epoch" : " epochs")
                        + " for a better validation loss, but the training has only " + epochs
                        + ": it would never stop.",
                "setting earlyStopping",
                epochs == 1
                        ? "train for " + (patience + 1) + " epochs or more, or leave early stopping out"
                        : "wait " + (epochs - 1) + (epochs == 2 ? " epoch" : " epochs") + " at most, train for "
                                + (patience + 1) + " or more, or leave early stopping out");
    }

    private void checkOutputs(Shape output) {
        String where = "network \"" + network.name() + "\", dataset \"" + dataset.name() + "\"";
        List<Integer> sizes = Arrays.stream(output.sizes()).boxed().toList();
        dataset.task().misfit(sizes).ifPresent(why -> {
            throw new Problem(
                    why, where, "end the network with " + dataset.task().ending());
        });
    }
}
