package io.fovea.pretrained;

import io.fovea.download.Download;
import io.fovea.download.DownloadListener;
import io.fovea.download.RemoteFile;
import io.fovea.image.Preprocessing;
import io.fovea.network.Catalogue;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Weights that their authors let everyone download. Nothing is fetched before someone asks for it by name.
 *
 * <p>torchvision publishes the first eight digits of each file's SHA-256, in the file's name: these are compared, and of the rest
 * nothing can be said. The preprocessing is the one of {@link UsualPreprocessing}.
 *
 * @param name         how the command line calls them
 * @param network      of the catalogue
 * @param top1         percent of the validation or test pictures named rightly, as published
 * @param file         the file's name, size if known, and how its SHA-256 begins
 * @param address      from where it is fetched
 * @param licence      as the authors state it
 * @param classNames   by label; empty if {@code classList} has them
 * @param classList    a public list of the class names
 */
public record PublicWeights(
        String name,
        String network,
        double top1,
        RemoteFile file,
        URI address,
        String licence,
        List<String> classNames,
        Optional<URI> classList) {

    private static final String TORCHVISION = "https://download.pytorch.org/models/";
    private static final String TORCHVISION_LICENCE =
            "BSD 3-clause (torchvision); trained on ImageNet, whose pictures are for non-commercial research";

    private static final String CIFAR = "https://raw.githubusercontent.com/akamaster/pytorch_resnet_cifar10/"
            + "d5489e8995e81e91ce6b1d69dcc98ad579b0b153/pretrained_models/";
    private static final String CIFAR_LICENCE = "BSD 2-clause (Yerlan Idelbayev)";
    private static final List<String> CIFAR_CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private static final URI IMAGENET_CLASSES =
            URI.create("https://raw.githubusercontent.com/pytorch/hub/master/imagenet_classes.txt");

    private static final List<PublicWeights> ALL = Stream.of(
                    imagenet("resnet18", 69.758, "resnet18-f37072fd.pth"),
                    imagenet("resnet34", 73.314, "resnet34-b627a593.pth"),
                    imagenet("resnet50", 76.130, "resnet50-0676ba61.pth"),
                    imagenet("resnet101", 77.374, "resnet101-63fe2227.pth"),
                    imagenet("resnet152", 78.312, "resnet152-394f9c45.pth"),
                    imagenet("vgg16", 71.592, "vgg16-397923af.pth"),
                    imagenet("vgg16_bn", 73.360, "vgg16_bn-6c64b313.pth"),
                    imagenet("vgg19", 72.376, "vgg19-dcbb9e9d.pth"),
                    imagenet("vgg19_bn", 74.218, "vgg19_bn-c79401a0.pth"),
                    imagenet("alexnet", 56.522, "alexnet-owt-7be5be79.pth"),
                    imagenet("googlenet", 69.778, "googlenet-1378be20.pth"),
                    imagenet("squeezenet1_0", 58.092, "squeezenet1_0-b66bff10.pth"),
                    imagenet("squeezenet1_1", 58.178, "squeezenet1_1-b8a52dc0.pth"),
                    imagenet("mobilenet_v2", 71.878, "mobilenet_v2-b0353104.pth"),
                    cifar(
                            "resnet20",
                            91.73,
                            new RemoteFile(
                                    "resnet20-12fca82f.th",
                                    1_099_231,
                                    "12fca82f0bebc4135bf1f32f6e3710e61d5108578464b84fd6d7f5c1b04036c8")),
                    cifar(
                            "resnet32",
                            92.63,
                            new RemoteFile(
                                    "resnet32-d509ac18.th",
                                    1_890_043,
                                    "d509ac1820d7f25398913559d7e81a13229b1e7adc5648e3bfa5e22dc137f850")),
                    cifar("resnet44", 93.10, beginning("resnet44-014dd654.th")),
                    cifar(
                            "resnet56",
                            93.39,
                            new RemoteFile(
                                    "resnet56-4bfd9763.th",
                                    3_471_733,
                                    "4bfd97631478d6b638d2764fd2baff3edb1d7d82252d54439343b6596b9b5367")),
                    cifar("resnet110", 93.68, beginning("resnet110-1d1ed7c2.th")))
            .toList();

    /** Copies. */
    public PublicWeights {
        Objects.requireNonNull(name, "name");
        classNames = List.copyOf(classNames);
    }

    /** Returns every set of weights that Fovea knows. */
    public static List<PublicWeights> all() {
        return ALL;
    }

    /**
     * Returns the weights of this name.
     *
     * @throws Problem if there are none, naming the nearest
     */
    public static PublicWeights named(String name) {
        return ALL.stream()
                .filter(weights -> weights.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        "There are no public weights \"" + name + "\".",
                        "name of public weights",
                        Nearest.suggestion(
                                        name,
                                        ALL.stream().map(PublicWeights::name).toList())
                                + "; or give a file and --network"));
    }

    /** Returns how pictures become the input that the weights were trained with. */
    public Preprocessing preprocessing() {
        return UsualPreprocessing.of(Catalogue.entry(network));
    }

    /**
     * Returns the file within {@code folder}, downloaded unless it is there with the right checksum.
     *
     * @throws Problem if it cannot be fetched or its content is another
     */
    public Path fetch(Path folder, Download download, DownloadListener listener) {
        return download.fetch(file, address, folder, listener);
    }

    /**
     * Returns what is known of a file by its name alone: torchvision and others write how its SHA-256 begins behind the last dash.
     *
     * @param name without folders, for example {@code resnet18-f37072fd.pth}
     */
    public static RemoteFile beginning(String name) {
        String checksum =
                name.matches(".*-[0-9a-f]{8,64}\\.[a-z]+") ? name.replaceFirst(".*-([0-9a-f]{8,64})\\..*", "$1") : "";
        return new RemoteFile(name, OptionalLong.empty(), checksum);
    }

    private static PublicWeights imagenet(String network, double top1, String file) {
        return new PublicWeights(
                network + "-imagenet",
                network,
                top1,
                beginning(file),
                URI.create(TORCHVISION + file),
                TORCHVISION_LICENCE,
                List.of(),
                Optional.of(IMAGENET_CLASSES));
    }

    private static PublicWeights cifar(String network, double top1, RemoteFile file) {
        return new PublicWeights(
                network + "-cifar10",
                network,
                top1,
                file,
                URI.create(CIFAR + file.name()),
                CIFAR_LICENCE,
                CIFAR_CLASSES,
                Optional.empty());
    }

    /** Returns it for programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name());
        json.put("network", network());
        json.put("top1", top1());
        json.put("address", address().toString());
        json.put("sha256Begins", file().sha256());
        json.put("licence", licence());
        return json;
    }
}
