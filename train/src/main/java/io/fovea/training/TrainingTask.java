package io.fovea.training;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.problem.Problem;

/**
 * What a run was asked to do; it does not change while the run goes on.
 *
 * @param dataset       where the pictures come from
 * @param network       what is trained
 * @param settings      all that was chosen
 * @param preprocessing how a picture becomes the network's input
 * @param folder        where the run's files lie
 * @param fingerprint   of data, network and settings
 * @param listener      hears every event
 * @param stop          asks the run to end
 */
record TrainingTask(
        Dataset dataset,
        Network network,
        TrainingSettings settings,
        Preprocessing preprocessing,
        RunFolder folder,
        String fingerprint,
        TrainingListener listener,
        StopSignal stop) {

    /**
     * Checks that data, network and settings belong together.
     *
     * @throws Problem that names what does not fit
     */
    void checkFit() {
        NetworkSummary summary = Inference.of(network);
        int classes = dataset.classNames().size();
        if (summary.output().count() != classes) {
            throw new Problem(
                    "The network has " + summary.output().count() + " outputs but the dataset has " + classes
                            + " classes.",
                    "network \"" + network.name() + "\", dataset \"" + dataset.name() + "\"",
                    "set the outputs of the last layer to " + classes);
        }
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
        if (dataset.count(Split.TRAINING) == 0) {
            throw new Problem(
                    "The dataset has no training pictures.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it with a training part");
        }
        if (settings.batchSize() > dataset.count(Split.TRAINING)) {
            throw new Problem(
                    "A batch of " + settings.batchSize() + " is larger than the training part of "
                            + dataset.count(Split.TRAINING) + " pictures.",
                    "dataset \"" + dataset.name() + "\", setting batchSize",
                    "set the batch size to " + dataset.count(Split.TRAINING) + " or less");
        }
    }
}
