package io.fovea.cli;

import io.fovea.adopt.AdoptionSettings;
import io.fovea.adopt.ProjectKind;
import io.fovea.image.ResizeMode;
import io.fovea.job.Job;
import io.fovea.terminal.Console;
import io.fovea.weights.ChannelOrder;
import io.fovea.work.Jobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea adopt}: a project of another tool, with its network, names, preparation and pictures. */
@Command(
        name = "adopt",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Take over a project of another tool.",
        description = {
            "",
            "KIND is onnx (an ONNX file of a classifier), teachable-machine (a Tensorflow.js or Keras export, or"
                + " pictures), lobe (an ONNX export), jetbot (pictures, or weights of PyTorch) or digits (a job's"
                + " folder, or a downloaded model). PATH is a folder, a file, or an archive of the folder. No code in"
                + " it is run.",
            "",
            "A table says what came along, what changed and what was left. Options say what the project does not.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea adopt onnx flowers.onnx --labels names.txt --mean 0.5 --std 0.5",
            "  fovea adopt teachable-machine converted_keras.zip --name hands"
        })
final class AdoptCommand extends Verb {

    @Parameters(index = "0", paramLabel = "KIND", description = "Which tool it comes from.")
    private ProjectKind kind;

    @Parameters(index = "1", paramLabel = "PATH", description = "Where it is.")
    private Path path;

    @Option(names = "--name", paramLabel = "NAME", description = "Of model and dataset. Default: as PATH.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "The class names, one a line, in the order of the outputs.")
    private Optional<Path> labels = Optional.empty();

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = PictureSize.Converter.class,
            description = "Of the pictures, where the network leaves it free: 224, or HEIGHTxWIDTH.")
    private Optional<PictureSize> size = Optional.empty();

    @Option(
            names = "--resize",
            paramLabel = "MODE",
            description = "How pictures are made to fit: squash, crop, fill or half_crop.")
    private Optional<ResizeMode> resize = Optional.empty();

    @Option(
            names = "--crop-margin",
            paramLabel = "PIXELS",
            description = "How much larger a picture is scaled before its middle is cut out.")
    private Optional<Integer> cropMargin = Optional.empty();

    @Option(names = "--mean", paramLabel = "R,G,B", split = ",", description = "Subtracted from each channel, 0 to 1.")
    private List<Double> mean = List.of();

    @Option(
            names = "--std",
            paramLabel = "R,G,B",
            split = ",",
            description = "Each channel is divided by it after that.")
    private List<Double> std = List.of();

    @Option(
            names = "--channel-order",
            paramLabel = "ORDER",
            description = "In which order the network sees the channels: rgb or bgr.")
    private Optional<ChannelOrder> order = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "Of several outputs, the one that tells the classes.")
    private Optional<String> outputName = Optional.empty();

    @Option(names = "--replace", description = "Replace a dataset of that name; a model gets a further version.")
    private boolean replace;

    AdoptCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        AdoptionSettings settings = new AdoptionSettings(
                labels.map(Path::toAbsolutePath),
                size.map(PictureSize::height),
                size.map(PictureSize::width),
                resize,
                cropMargin,
                mean,
                std,
                order,
                outputName);
        String called = name.orElseGet(this::fileStem);
        return done(new Job.Adopt(called, kind, path.toAbsolutePath(), settings, replace), Jobs.Going.ON);
    }

    private String fileStem() {
        Path file = path.toAbsolutePath().normalize().getFileName();
        return file == null
                ? kind.word()
                : file.toString()
                        .replaceFirst("(\\.[A-Za-z0-9]{1,5})+$", "")
                        .replaceAll("[^A-Za-z0-9_-]+", "-")
                        .replaceAll("^-+|-+$", "");
    }
}
