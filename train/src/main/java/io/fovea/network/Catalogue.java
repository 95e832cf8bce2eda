package io.fovea.network;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.List;

/** The networks that Fovea knows by name. Each ends with logits [N, K]; softmax is applied by whoever wants probabilities. */
public final class Catalogue {

    private static final List<CatalogueEntry> ENTRIES = List.of(
            new CatalogueEntry(
                    "perceptron",
                    "Softmax regression: one dense layer from pixels to classes. The simplest network that learns"
                            + " something.",
                    "Bishop 2006, Pattern Recognition and Machine Learning, section 4.3.4",
                    new Shape(1, 28, 28),
                    ClassicNetworks::perceptron),
            new CatalogueEntry(
                    "mlp",
                    "Multi-layer perceptron: two hidden dense layers of 512 with ReLU and dropout. What is possible"
                            + " without convolutions.",
                    "Keras example mnist_mlp",
                    new Shape(1, 28, 28),
                    ClassicNetworks::mlp),
            new CatalogueEntry(
                    "lenet",
                    "LeNet as in NVIDIA DIGITS: two convolutions, each with max pooling, and two dense layers. Learns"
                            + " digits in seconds.",
                    "LeCun, Bottou, Bengio and Haffner 1998, Gradient-based learning applied to document recognition,"
                            + " doi:10.1109/5.726791; sizes of Caffe and DIGITS",
                    new Shape(1, 28, 28),
                    ClassicNetworks::lenet),
            new CatalogueEntry(
                    "mnist-cnn",
                    "Two 3x3 convolutions, max pooling, a dense layer of 128, with dropout. Above 99 % on handwritten"
                            + " digits.",
                    "Keras example mnist_cnn",
                    new Shape(1, 28, 28),
                    ClassicNetworks::mnistCnn),
            hybrid(64),
            hybrid(32),
            hybrid(16),
            hybrid(8));

    private Catalogue() {}

    /** Returns every network in the order in which a learner may want to meet them. */
    public static List<CatalogueEntry> entries() {
        return ENTRIES;
    }

    /** Returns the names in that order. */
    public static List<String> names() {
        return ENTRIES.stream().map(CatalogueEntry::name).toList();
    }

    /**
     * Returns the entry of that name.
     *
     * @throws Problem that offers the nearest name, if there is none
     */
    public static CatalogueEntry entry(String name) {
        return ENTRIES.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "No network is named \"" + name + "\".",
                        "the catalogue of networks",
                        Nearest.suggestion(name, names())));
    }

    /**
     * Returns a network for pictures of shape {@code input} and that many classes.
     *
     * @throws Problem if the name is unknown, or the pictures are too small for the network
     */
    public static Network network(String name, Shape input, int classes) {
        CatalogueEntry entry = entry(name);
        if (classes < 2) {
            throw new Problem(
                    "A classifier needs at least 2 classes, found " + classes + ".",
                    "network \"" + name + "\"",
                    "use a dataset with two or more classes");
        }
        if (input.rank() != 3) throw new IllegalArgumentException("The input must be [C, H, W]: " + input);
        Network network = entry.factory().apply(input, classes);
        Inference.of(network);
        return network;
    }

    private static CatalogueEntry hybrid(int hidden) {
        return new CatalogueEntry(
                "hybrid-" + hidden,
                "Two 3x3 convolutions with pooling and a dense layer of " + hidden
                        + "; small enough for evolution strategies, and the convolutions serve a k-NN head.",
                "Radu 2019, Hybrid deep learning topology for image classification, 27th Summer School on Image"
                        + " Processing, slides 25 and 26",
                new Shape(1, 28, 28),
                (input, classes) -> ClassicNetworks.hybrid(hidden, input, classes));
    }
}
