package io.fovea.cli;

import io.fovea.choice.VerbSituations;
import io.fovea.job.Job;
import io.fovea.terminal.Console;
import io.fovea.weights.ChannelOrder;
import io.fovea.work.Jobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code fovea network import}: weights that others trained become a pretrained network of the workspace. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Make a pretrained network of a file of weights.",
        description = {
            "",
            "NAME alone may be the file itself: the weights are then called as it is.",
            "A SOURCE is a file of PyTorch (zip, stream or tar), safetensors or npz, or the address of one. Without a"
                + " SOURCE, NAME is that of published weights, which are downloaded: \"fovea network weights\" lists"
                + " them. No code in a file is ever run. Names before every tensor, folded batch norms and"
                + " TensorFlow's layout are seen to.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea network import resnet18-imagenet",
            "  fovea network import resnet18.pth",
            "  fovea network import mine resnet18.pth --classes names.txt",
            "  fovea network import caffe weights.npz --network vgg16 --channel-order bgr"
        })
final class NetworkImportCommand extends Verb {

    @Parameters(index = "0", paramLabel = "NAME", description = "What the weights are called in the workspace.")
    private String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SOURCE", description = "A file or an address.")
    private String source;

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            description = "The network that they were trained for. Default: the one that names and shapes fit.")
    private String network;

    @Option(
            names = "--data",
            paramLabel = "DATASET",
            description = {
                "Where several networks fit alike, judge them by the pictures of a dataset of their classes;",
                "needs --classes."
            })
    private String data;

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "The class names, one a line, in the order of the labels.")
    private Path classes;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = PictureSize.Converter.class,
            description = "Size of the network's input: 224, or HEIGHTxWIDTH. Default: what the network was made for.")
    private PictureSize size;

    @Option(
            names = "--crop-margin",
            paramLabel = "PIXELS",
            description = "How much larger a picture is scaled before its middle is cut out. Default: 32 for 224.")
    private Integer cropMargin;

    @Option(
            names = "--mean",
            paramLabel = "R,G,B",
            split = ",",
            description = "Subtracted from each channel, 0 to 1. Default: what is usual for the network.")
    private List<Double> mean = List.of();

    @Option(
            names = "--std",
            paramLabel = "R,G,B",
            split = ",",
            description = "Each channel is divided by it after that. Default: what is usual for the network.")
    private List<Double> std = List.of();

    @Option(
            names = "--channel-order",
            paramLabel = "ORDER",
            defaultValue = "rgb",
            description = "In which order the weights see the channels: rgb or bgr. Default: ${DEFAULT-VALUE}.")
    private ChannelOrder order;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description =
                    "Take the tensors whose names begin with PREFIX, such as ema_model. Default: found by what fits the"
                            + " network.")
    private Optional<String> prefix = Optional.empty();

    @Option(names = "--licence", paramLabel = "TEXT", description = "The terms under which the weights are given.")
    private Optional<String> licence = Optional.empty();

    @Option(names = "--replace", description = "Replace weights of that name once the new ones are complete.")
    private boolean replace;

    NetworkImportCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (source == null && Files.isRegularFile(Path.of(name))) nameByFile();
        if (network != null || source == null) IdleOption.refuse(VerbSituations.KNOWN_NETWORK, spec);
        return done(job(), Jobs.Going.ON);
    }

    /** One word that is a file: the weights are called as the file is. */
    private void nameByFile() {
        source = name;
        String file = Path.of(source).getFileName().toString();
        name = file.replaceFirst("\\.(pth|pt|th|safetensors|npz|tar|bin)$", "")
                .replaceAll("[^A-Za-z0-9_-]+", "-")
                .replaceAll("^-+|-+$", "");
        console.progress("Note: the weights are called \"" + name + "\" after their file.");
    }

    private Job job() {
        try {
            return new Job.ImportWeights(
                    name,
                    Optional.ofNullable(source).map(NetworkImportCommand::absolute),
                    Optional.ofNullable(network),
                    Optional.ofNullable(data),
                    Optional.ofNullable(classes).map(Path::toAbsolutePath),
                    Optional.ofNullable(size).map(PictureSize::height),
                    Optional.ofNullable(size).map(PictureSize::width),
                    Optional.ofNullable(cropMargin),
                    mean,
                    std,
                    Optional.of(order),
                    prefix,
                    licence,
                    replace);
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(spec.commandLine(), malformed.getMessage(), malformed);
        }
    }

    private static String absolute(String source) {
        boolean isAddress = source.matches("https?://.*");
        return isAddress ? source : Path.of(source).toAbsolutePath().normalize().toString();
    }
}
