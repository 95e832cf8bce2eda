package io.fovea.network;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** The catalogue's networks for photographs: 1,000 classes of 224x224 in colour. Published top-1: torchvision's first weights of each. */
final class ImageNetNetworks {

    private static final Shape PHOTOGRAPH = new Shape(3, 224, 224);
    private static final int CLASSES = 1000;
    private static final String RESIDUAL = "He, Zhang, Ren and Sun 2016, arXiv:1512.03385";
    private static final String VERY_DEEP = "Simonyan and Zisserman 2015, arXiv:1409.1556";

    private ImageNetNetworks() {}

    /** Returns them, cheap ones first. */
    static List<CatalogueEntry> entries() {
        return List.of(
                entry(
                        "squeezenet1_1",
                        "SqueezeNet 1.1: as good as AlexNet with a fiftieth of its weights.",
                        "Iandola et al. 2016, arXiv:1602.07360",
                        58.178,
                        SqueezeNet::version11),
                entry(
                        "squeezenet1_0",
                        "SqueezeNet 1.0, as in the paper; 2.4 times the cost of 1.1.",
                        "Iandola et al. 2016, arXiv:1602.07360",
                        58.092,
                        SqueezeNet::version10),
                entry(
                        "mobilenet_v2",
                        "MobileNet v2: depthwise convolutions for phones and small boards.",
                        "Sandler et al. 2018, arXiv:1801.04381",
                        71.878,
                        (input, classes) ->
                                MobileNetV2.network("mobilenet_v2", MobileNetV2.Edges.SYMMETRIC, input, classes)),
                entry(
                        "mobilenet_v2_same",
                        "MobileNet v2 with TensorFlow's SAME padding, for weights that come from there.",
                        "Sandler et al. 2018, arXiv:1801.04381; top-1 of Keras",
                        71.3,
                        (input, classes) ->
                                MobileNetV2.network("mobilenet_v2_same", MobileNetV2.Edges.SAME, input, classes)),
                residual(
                        "resnet18",
                        "ResNet of 18 layers: the usual backbone to begin with.",
                        69.758,
                        ResNet.Block.BASIC,
                        List.of(2, 2, 2, 2)),
                residual("resnet34", "ResNet of 34 layers.", 73.314, ResNet.Block.BASIC, List.of(3, 4, 6, 3)),
                residual(
                        "resnet50",
                        "ResNet of 50 layers, with bottlenecks: better features at twice the cost of 18.",
                        76.130,
                        ResNet.Block.BOTTLENECK,
                        List.of(3, 4, 6, 3)),
                residual(
                        "resnet101",
                        "ResNet of 101 layers, with bottlenecks.",
                        77.374,
                        ResNet.Block.BOTTLENECK,
                        List.of(3, 4, 23, 3)),
                residual(
                        "resnet152",
                        "ResNet of 152 layers, with bottlenecks.",
                        78.312,
                        ResNet.Block.BOTTLENECK,
                        List.of(3, 8, 36, 3)),
                entry(
                        "googlenet",
                        "GoogLeNet (Inception v1) with batch norm; two auxiliary heads in training, 6,624,904"
                                + " parameters in prediction.",
                        "Szegedy et al. 2015, arXiv:1409.4842",
                        69.778,
                        GoogLeNet::network),
                entry(
                        "alexnet",
                        "AlexNet, which began it all: five convolutions, three large dense layers.",
                        "Krizhevsky 2014, arXiv:1404.5997",
                        56.522,
                        AlexNet::network),
                vgg(
                        "vgg16",
                        "VGG of 16 layers: plain 3x3 convolutions, heavy dense layers.",
                        71.592,
                        Vgg.SIXTEEN,
                        Vgg.Normalisation.NONE),
                vgg("vgg16_bn", "VGG of 16 layers with batch norm.", 73.360, Vgg.SIXTEEN, Vgg.Normalisation.BATCH),
                vgg("vgg19", "VGG of 19 layers.", 72.376, Vgg.NINETEEN, Vgg.Normalisation.NONE),
                vgg("vgg19_bn", "VGG of 19 layers with batch norm.", 74.218, Vgg.NINETEEN, Vgg.Normalisation.BATCH));
    }

    private static CatalogueEntry residual(
            String name, String description, double top1, ResNet.Block block, List<Integer> blocks) {
        return entry(
                name,
                description,
                RESIDUAL,
                top1,
                (input, classes) -> ResNet.network(name, block, blocks, input, classes));
    }

    private static CatalogueEntry vgg(
            String name, String description, double top1, List<Integer> stacks, Vgg.Normalisation normalisation) {
        return entry(
                name,
                description,
                VERY_DEEP,
                top1,
                (input, classes) -> Vgg.imageNet(name, stacks, normalisation, input, classes));
    }

    private static CatalogueEntry entry(
            String name, String description, String source, double top1, BiFunction<Shape, Integer, Network> factory) {
        return new CatalogueEntry(name, description, source, OptionalDouble.of(top1), PHOTOGRAPH, CLASSES, factory);
    }
}
