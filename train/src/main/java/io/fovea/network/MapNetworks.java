package io.fovea.network;

import io.fovea.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** The catalogue's networks that answer with maps as large as the picture, [K, H, W]: a class at every place, or another picture. */
final class MapNetworks {

    private static final Shape STREET = new Shape(3, 192, 256);
    private static final Shape PHOTOGRAPH = new Shape(3, 224, 224);
    private static final Shape DIGIT = new Shape(1, 28, 28);
    private static final int STREET_CLASSES = 11; // of CamVid
    private static final int PHOTOGRAPH_CLASSES = 21; // of PASCAL VOC, background included

    private static final String U_NET = "Ronneberger, Fischer and Brox 2015, arXiv:1505.04597";
    private static final List<Integer> CHANNELS = List.of(16, 32, 64, 128);

    private static final Map<String, String> ON_BACKBONE =
            Map.of("resnet18", "fcn-resnet18", "mobilenet_v2", "lraspp-mobilenet");

    private MapNetworks() {}

    /** Returns them, cheap ones first, those that answer with a picture last. */
    static List<CatalogueEntry> entries() {
        return List.of(
                unet(
                        "unet-half",
                        "U-Net of few channels that works at half the picture's size: learns to segment photographs on"
                                + " two cores within minutes.",
                        UNet.Stem.HALF_SIZE),
                unet(
                        "unet-small",
                        "U-Net of few channels at the picture's full size: for what is thin, such as borders of cells.",
                        UNet.Stem.FULL_SIZE),
                entry(
                        "lraspp-mobilenet",
                        "MobileNet v2 with a light head for segmentation; takes over weights of mobilenet_v2.",
                        "Howard et al. 2019, arXiv:1905.02244; backbone arXiv:1801.04381",
                        PHOTOGRAPH,
                        PHOTOGRAPH_CLASSES,
                        LiteAspp.STRIDE,
                        (input, outputs) -> LiteAspp.mobileNet("lraspp-mobilenet", input, outputs)),
                entry(
                        "fcn-resnet18",
                        "ResNet of 18 layers with scores at three sizes for segmentation; takes over weights of"
                                + " resnet18.",
                        "Long, Shelhamer and Darrell 2015, arXiv:1411.4038",
                        PHOTOGRAPH,
                        PHOTOGRAPH_CLASSES,
                        FullyConvolutional.STRIDE,
                        (input, outputs) -> FullyConvolutional.resNet18("fcn-resnet18", input, outputs)),
                entry(
                        "autoencoder-small",
                        "Convolutions to a code of two maps, a quarter as high and wide, and back to the picture.",
                        "after Masci et al. 2011, doi:10.1007/978-3-642-21735-7_7",
                        DIGIT,
                        1,
                        Restoration.CODE_STRIDE,
                        (input, outputs) -> Restoration.autoencoder("autoencoder-small", input, outputs)),
                entry(
                        "denoiser-small",
                        "Seven dilated convolutions that learn the noise and take it off the picture.",
                        "Zhang et al. 2017, arXiv:1608.03981 and arXiv:1704.03264",
                        DIGIT,
                        1,
                        1,
                        (input, outputs) -> Restoration.denoiser("denoiser-small", input, outputs)));
    }

    /** Returns the name of the network for segmentation on that backbone, if there is one. */
    static Optional<String> onBackbone(String network) {
        return Optional.ofNullable(ON_BACKBONE.get(network));
    }

    private static CatalogueEntry unet(String name, String description, UNet.Stem stem) {
        return entry(
                name,
                description,
                U_NET,
                STREET,
                STREET_CLASSES,
                UNet.stride(stem, CHANNELS),
                (input, outputs) -> UNet.network(name, stem, CHANNELS, input, outputs));
    }

    /** @param stride what both sides of a picture must divide by, so that maps made smaller and larger again fit those left as they were */
    private static CatalogueEntry entry(
            String name,
            String description,
            String source,
            Shape input,
            int outputs,
            int stride,
            BiFunction<Shape, Integer, Network> factory) {
        return new CatalogueEntry(
                name, description, source, OptionalDouble.empty(), input, outputs, (pictures, classes) -> {
                    divides(name, pictures, stride);
                    return factory.apply(pictures, classes);
                });
    }

    private static void divides(String name, Shape input, int stride) {
        int height = input.size(1);
        int width = input.size(2);
        if (height % stride == 0 && width % stride == 0) return;
        throw new Problem(
                "\"" + name + "\" takes pictures whose height and width divide by " + stride + ", found " + height + "x"
                        + width + ".",
                "network \"" + name + "\"; pictures are [" + input.size(0) + ", " + height + ", " + width + "]",
                "import the dataset with --size " + nearest(height, stride) + "x" + nearest(width, stride));
    }

    private static int nearest(int size, int stride) {
        return Math.max(1, Math.round((float) size / stride)) * stride;
    }
}
