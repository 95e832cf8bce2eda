package io.fovea.choice;

import com.sun.management.OperatingSystemMXBean;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.network.Inference;
import io.fovea.network.LayerSummary;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.pretrained.Pretrained;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person should know of a network before it learns: weights that the pictures cannot teach, memory that is not there, pictures of another size. */
public final class NetworkRemarks {

    /** More weights than this for each training picture are learned by heart; LeNet on 6,000 digits has 72. */
    private static final long WEIGHTS_PER_PICTURE = 10_000;

    private static final double SHARE_OF_MEMORY = 0.6;
    private static final int BYTES_PER_NUMBER = 4;

    /** A weight, its gradient, two averages of an optimizer, and the best copy. */
    private static final int NUMBERS_PER_WEIGHT = 5;

    /** An activation and its gradient. */
    private static final int NUMBERS_PER_ACTIVATION = 2;

    private NetworkRemarks() {}

    /** Returns remarks on training a network from scratch. */
    public static List<String> fromScratch(Network network, Dataset dataset, int batchSize) {
        NetworkSummary summary = Inference.of(network);
        List<String> remarks = new ArrayList<>();
        int pictures = dataset.count(Split.TRAINING);
        long weights = summary.parameters();
        // where the network answers with maps, every place of a picture teaches
        boolean answersOnce = summary.output().rank() == 1;
        if (answersOnce && weights / Math.max(1, pictures) > WEIGHTS_PER_PICTURE) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%s has %,d weights, %,d for each of the %,d training pictures: it will rather learn them by heart."
                            + " Take a network that ends in global pooling (--network photo-cnn), pretrained weights"
                            + " (--pretrained), or smaller pictures.",
                    network.name(),
                    weights,
                    weights / Math.max(1, pictures),
                    pictures));
        }
        long needed = memory(summary, batchSize);
        long present = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        if (needed > SHARE_OF_MEMORY * present) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "Training %s with batches of %d takes about %.1f GB, and this machine has %.1f GB: take a smaller"
                            + " --batch-size, a smaller network or smaller pictures.",
                    network.name(),
                    batchSize,
                    needed / 1e9,
                    present / 1e9));
        }
        return remarks;
    }

    /** Returns remarks on pictures that are not what pretrained weights have seen. */
    public static List<String> pretrained(Pretrained weights, Dataset dataset) {
        Preparation trained = Preparation.of(weights.preprocessing());
        Preparation found = dataset.preparation();
        boolean otherSize = trained.height() != found.height() || trained.width() != found.width();
        boolean thumbnails = Math.min(found.height(), found.width()) < NetworkProposal.SMALLEST_PHOTOGRAPH;
        // thumbnails mostly have their size from the start: there is nothing to cut or squash
        if (trained.equals(found) || thumbnails && !otherSize) return List.of();
        return List.of("The weights were trained on pictures prepared as " + trained.words()
                + "; the dataset holds them as " + found.words() + ". "
                + (otherSize
                        ? "Their features tell less at another size, on photographs ten points and more. As they were"
                                + " trained: "
                        : "As they were trained: ")
                + ImportAgain.command(dataset, trained));
    }

    private static long memory(NetworkSummary summary, int batchSize) {
        long activations = summary.layers().stream()
                .map(LayerSummary::output)
                .mapToLong(shape -> shape.count())
                .sum();
        return BYTES_PER_NUMBER
                * (NUMBERS_PER_WEIGHT * summary.parameters() + NUMBERS_PER_ACTIVATION * activations * batchSize);
    }
}
