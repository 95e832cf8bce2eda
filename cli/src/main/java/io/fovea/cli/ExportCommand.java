package io.fovea.cli;

import io.fovea.format.ModelFormat;
import io.fovea.job.Job;
import io.fovea.record.Place;
import io.fovea.record.RecordTree;
import io.fovea.terminal.Console;
import io.fovea.work.Jobs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea export}: a model in a form that other programs read. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Write a model in a form that other programs read.",
        description = {
            "",
            "Formats: onnx for runtimes of any language, bundle (the model file as it is), npz and safetensors (the"
                + " weights alone, named as PyTorch names them), web (a page that answers in the browser), tflite"
                + " (TensorFlow Lite), jar (a Maven artefact with a class of its own). What is written is checked: by"
                + " the model's golden pictures, or by reading it back; tflite is not, for want of an interpreter.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea export mnist-lenet --format onnx --to lenet.onnx",
            "  fovea export pets/3 --format onnx --preprocessing inside",
            "  fovea export pets.fovea --format safetensors --precision fp16",
            "  fovea export mnist-lenet --format web --to public/digits",
            "  fovea export pets --format tflite --precision int8 --calibrate pets",
            "  fovea export pets --format jar --coordinates org.example:pets:3 --to repo"
        })
final class ExportCommand extends Verb {

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file, a model's name, or NAME/VERSION.")
    private String model;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "Which form.")
    private String format;

    @Option(
            names = "--precision",
            paramLabel = "BITS",
            description = "Of the weights: fp32 or fp16; int8 for a network in whole numbers. Default: as the model's.")
    private Optional<String> precision = Optional.empty();

    @Option(
            names = "--calibrate",
            paramLabel = "NAME",
            description = "Of int8: a dataset whose training pictures show which values occur, at least 16.")
    private Optional<String> calibrate = Optional.empty();

    @Option(
            names = "--preprocessing",
            paramLabel = "PLACE",
            description = "Of onnx: inside, to give the file pictures of any size as bytes. Default: outside.")
    private Optional<String> preprocessing = Optional.empty();

    @Option(names = "--opset", paramLabel = "N", description = "Of onnx: for older runtimes, 13 to 17. Default: 17.")
    private Optional<Integer> opset = Optional.empty();

    @Option(names = "--coordinates", paramLabel = "G:A:V", description = "Of jar: group, artefact and version.")
    private Optional<String> coordinates = Optional.empty();

    @Option(names = "--to", paramLabel = "PATH", description = "Write it there. Default: into the job's folder.")
    private Optional<Path> to = Optional.empty();

    @Option(names = "--replace", description = "Replace what is there once the new one is complete.")
    private boolean replace;

    ExportCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Map<String, Object> chosen = new LinkedHashMap<>();
        chosen.put("kind", format);
        boolean int8 = precision.filter("int8"::equals).isPresent();
        precision.filter(_ -> !int8).ifPresent(bits -> chosen.put("precision", bits));
        preprocessing.ifPresent(place -> chosen.put("preprocessing", place));
        coordinates.ifPresent(words -> chosen.put("coordinates", words));
        opset.ifPresent(version -> chosen.put("opset", version));
        ModelFormat form = RecordTree.read(chosen, ModelFormat.class, Place.of("option --format " + format));
        return done(
                new Job.ExportModel(model, form, to.map(Path::toAbsolutePath), replace, int8, calibrate),
                Jobs.Going.ON);
    }
}
