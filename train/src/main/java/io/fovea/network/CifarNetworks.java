package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import io.fovea.network.Layer.Rounding;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** The catalogue's networks for small photographs: ten classes of 32x32 in colour. Published top-1: on CIFAR-10's test pictures. */
final class CifarNetworks {

    private static final Shape THUMBNAIL = new Shape(3, 32, 32);
    private static final int CLASSES = 10;

    private CifarNetworks() {}

    /** Returns them, cheap ones first. */
    static List<CatalogueEntry> entries() {
        return List.of(
                entry(
                        "cifar-cnn",
                        "Three 3x3 convolutions with pooling and a dense layer of 256: learns small photographs on two"
                                + " cores within minutes.",
                        "after cuda-convnet, Krizhevsky 2012; sizes of this project",
                        OptionalDouble.empty(),
                        CifarNetworks::cnn),
                residual(20, 3, 91.25),
                residual(32, 5, 92.49),
                residual(44, 7, 92.83),
                residual(56, 9, 93.03),
                residual(110, 18, 93.57),
                entry(
                        "cifar-vgg16",
                        "VGG of 16 layers with batch norm for small photographs: one dense layer instead of three.",
                        "arXiv:1409.1556; form and top-1 of kuangliu/pytorch-cifar",
                        OptionalDouble.of(92.64),
                        (input, classes) -> Vgg.cifar("cifar-vgg16", Vgg.SIXTEEN, input, classes)));
    }

    /** A plain chain, so that the vector engine can train it. */
    static Network cnn(Shape input, int classes) {
        return new NetworkBuilder("cifar-cnn", input)
                .then(Convolution.square(32, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(halving())
                .then(Convolution.square(64, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(halving())
                .then(Convolution.square(128, 3, 1, 1, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(halving())
                .then(new Layer.Flatten())
                .then(new Layer.Dropout(0.2))
                .then(new Layer.Dense(256, Bias.WITH))
                .then(Layer.Activation.RELU)
                .then(new Layer.Dropout(0.2))
                .then(new Layer.Dense(classes, Bias.WITH))
                .network();
    }

    private static Layer halving() {
        return new Layer.MaxPooling(2, 2, 0, Rounding.FLOOR);
    }

    private static CatalogueEntry residual(int layers, int blocks, double top1) {
        String name = "resnet" + layers;
        return entry(
                name,
                "ResNet of " + layers + " layers for small photographs, with shortcuts that have no weights.",
                "He, Zhang, Ren and Sun 2016, arXiv:1512.03385, table 6",
                OptionalDouble.of(top1),
                (input, classes) -> CifarResNet.network(name, blocks, input, classes));
    }

    private static CatalogueEntry entry(
            String name,
            String description,
            String source,
            OptionalDouble top1,
            BiFunction<Shape, Integer, Network> factory) {
        return new CatalogueEntry(name, description, source, top1, THUMBNAIL, CLASSES, factory);
    }
}
