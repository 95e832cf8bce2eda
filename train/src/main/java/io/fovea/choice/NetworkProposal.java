package io.fovea.choice;

import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.image.Axis;
import io.fovea.image.ColorMode;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.problem.Problem;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What to learn a dataset with when nobody named a network: chosen by the size and number of its pictures.
 *
 * @param network    of the catalogue, to be trained from scratch
 * @param pretrained a name of weights in the workspace whose features fit the pictures better; empty where there are none
 * @param pictures   what is learned from, for people
 * @param advice     what would do better, for people; may be empty
 */
public record NetworkProposal(String network, Optional<String> pretrained, String pictures, Optional<String> advice) {

    /** Up to this side pictures are thumbnails, for which small networks with a dense layer are made. */
    private static final int LARGEST_THUMBNAIL = 40;

    /** From this side on a picture holds enough for a network that was trained on photographs of 224 pixels. */
    static final int SMALLEST_PHOTOGRAPH = 96;

    /** With so many training pictures a network that learns from scratch catches up. */
    private static final int MANY_PICTURES = 20_000;

    /** Networks trained on a thousand kinds of things carry over to others; those of ten kinds do not. */
    private static final int CLASSES_OF_IMAGENET = 1_000;

    private static final String USUAL_WEIGHTS = "resnet18-imagenet";

    /** Returns what fits a dataset. */
    public static NetworkProposal of(Dataset dataset, Workspace workspace) {
        Preparation form = dataset.preparation();
        int side = Math.min(form.height(), form.width());
        int count = dataset.count(Split.TRAINING);
        String network = fromScratch(dataset);
        String pictures =
                String.format(Locale.ROOT, "%,d training pictures of %dx%d", count, form.height(), form.width());
        boolean oneAnswer = TaskWord.CLASSIFICATION.names(dataset.task()) || TaskWord.REGRESSION.names(dataset.task());
        boolean photographs = oneAnswer
                && side >= SMALLEST_PHOTOGRAPH
                && form.colorMode() == ColorMode.COLOR
                && count < MANY_PICTURES;
        if (!photographs) return new NetworkProposal(network, Optional.empty(), pictures, Optional.empty());
        Optional<String> weights = imageNetWeights(workspace);
        Optional<String> advice = weights.isPresent()
                ? Optional.empty()
                : Optional.of("Weights that were trained on a million photographs need far fewer of yours: "
                        + "fovea network import " + USUAL_WEIGHTS
                        + ", then the same command once more.");
        return new NetworkProposal(network, weights, pictures, advice);
    }

    /**
     * Returns what was chosen and why.
     *
     * @param onFeatures whether a head on the features of pretrained weights is taken
     */
    public List<String> words(boolean onFeatures) {
        List<String> words = new ArrayList<>();
        words.add(
                onFeatures
                        ? "No network was named: a new head on the features of " + pretrained.orElseThrow() + ", for "
                                + pictures + ". To train from scratch: --network " + network + "."
                        : "No network was named: " + network + " from scratch, for " + pictures + ".");
        advice.ifPresent(words::add);
        return words;
    }

    private static String fromScratch(Dataset dataset) {
        Preparation form = dataset.preparation();
        if (TaskWord.RECONSTRUCTION.names(dataset.task())) return "denoiser-small";
        if (TaskWord.SEGMENTATION.names(dataset.task()))
            return Math.min(form.height(), form.width()) < SMALLEST_PHOTOGRAPH ? "unet-small" : "unet-half";
        if (dataset.targets().stream().anyMatch(target -> target.axis() != Axis.NONE)) return "point-cnn";
        if (Math.max(form.height(), form.width()) > LARGEST_THUMBNAIL) return "photo-cnn";
        return switch (form.colorMode()) {
            case GREY -> "lenet";
            case COLOR -> "cifar-cnn";
        };
    }

    private static Optional<String> imageNetWeights(Workspace workspace) {
        List<String> fitting = workspace.names(Shelf.WEIGHTS).stream()
                .filter(name -> readable(workspace, name)
                        .filter(weights -> weights.outputs() == CLASSES_OF_IMAGENET
                                && weights.preprocessing().colorMode() == ColorMode.COLOR)
                        .isPresent())
                .toList();
        return fitting.contains(USUAL_WEIGHTS)
                ? Optional.of(USUAL_WEIGHTS)
                : fitting.stream().findFirst();
    }

    /** Weights that are damaged are no reason not to train: whoever names them is told. */
    private static Optional<Pretrained> readable(Workspace workspace, String name) {
        try {
            return Optional.of(PretrainedFolder.read(workspace.weights(name)));
        } catch (Problem damaged) {
            return Optional.empty();
        }
    }
}
