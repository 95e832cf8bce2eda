package io.fovea.cli;

import io.fovea.answer.NamedPictures;
import io.fovea.choice.ModelFile;
import io.fovea.choice.VerbSituations;
import io.fovea.explain.Explainer;
import io.fovea.explain.Explanation;
import io.fovea.explain.ExplanationFolder;
import io.fovea.explain.ExplanationReport;
import io.fovea.explain.ExplanationSettings;
import io.fovea.explain.ExplanationSettings.Place;
import io.fovea.explain.MapSettings;
import io.fovea.explain.OcclusionSettings;
import io.fovea.file.WritablePlace;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code fovea explain}: what a model does with a picture. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Show what a model does with a picture, layer by layer, and which places decide.",
        footer = {
            "",
            "Examples:",
            "  fovea explain mnist-lenet digit.png --out explained",
            "  fovea explain pets.fovea cat.jpg --out explained --class dog --occlusion",
            "  fovea explain mnist-lenet digit.png --layer conv2 --at 3,4 --channel 7"
        })
final class ExplainCommand extends Verb {

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A model file (.fovea), the name of a model in the workspace, or \"latest\".")
    private String model;

    @Parameters(index = "1", paramLabel = "PICTURE", description = "A picture file.")
    private Path picture;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write explanation.json and pictures there: maps and filters of each layer, and heat maps.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "The class, or target, that places speak for. Default: the answer; of targets the first.")
    private Optional<String> className = Optional.empty();

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "The layer of Grad-CAM and of --at. Default: the last convolution, with what follows it.")
    private Optional<String> layer = Optional.empty();

    @Option(names = "--occlusion", description = "Also cover one square after the other, and see what that changes.")
    private boolean occlusion;

    @Option(names = "--window", paramLabel = "PIXELS", description = "Side of a square. Default: 1/7 of the picture's.")
    private Optional<Integer> window = Optional.empty();

    @Option(names = "--stride", paramLabel = "PIXELS", description = "From square to square. Default: half of one.")
    private Optional<Integer> stride = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "X,Y",
            split = ",",
            description = "Show how a layer's value at this column and row comes about, from 0; of features 0,0.")
    private int[] at;

    @Option(names = "--channel", paramLabel = "K", description = "The channel, or feature, of --at. Default: 0.")
    private int channel;

    @Option(
            names = "--maps",
            paramLabel = "N",
            description = "How many maps of a layer are drawn at most. Default: 64.")
    private Optional<Integer> maps = Optional.empty();

    @Option(names = "--one-range", description = "Draw all maps of a layer in one range, not each in its own.")
    private boolean oneRange;

    ExplainCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (!occlusion) IdleOption.refuse(VerbSituations.COVERING_NOTHING, spec);
        if (at == null) IdleOption.refuse(VerbSituations.AT_NO_PLACE, spec);
        if (out.isEmpty()) IdleOption.refuse(VerbSituations.DRAWING_NOTHING, spec);
        if (at != null && at.length != 2)
            throw new ParameterException(spec.commandLine(), "--at takes a column and a row, such as 3,4");
        var range = oneRange ? MapSettings.Range.LAYER : MapSettings.Range.EACH;
        MapSettings drawn = checked(() -> MapSettings.DEFAULT.withRange(range).withMost(maps.orElse(64)));
        window.ifPresent(size -> checked(() -> OcclusionSettings.withSize(size)));
        stride.ifPresent(step -> checked(() -> new OcclusionSettings(1, step)));
        Path file = ModelFile.find(model, workspace.workspace());
        out.ifPresent(folder -> {
            ExplanationFolder.check(folder);
            WritablePlace.checkFolder(folder, "option --out");
        });
        Explanation explanation;
        try (Explainer explainer = Explainer.load(file)) {
            ExplanationSettings settings = new ExplanationSettings(
                    className,
                    layer,
                    occlusion ? Optional.of(explainer.squares(window, stride)) : Optional.empty(),
                    Optional.ofNullable(at).map(place -> new Place(channel, place[0], place[1])),
                    drawn,
                    5);
            explanation = explainer.explain(NamedPictures.file(picture), settings);
        }
        var json = out.map(folder -> ExplanationFolder.write(explanation, folder))
                .orElseGet(() -> ExplanationFolder.json(explanation));
        if (output.isJson()) {
            console.json(json);
            return ExitCode.DONE;
        }
        explanation.remarks().forEach(console::progress);
        new ResultWords(console).print(ExplanationReport.of(explanation));
        if (out.isEmpty()) return ExitCode.DONE;
        console.result("\nFiles:    " + out.get());
        ExplanationReport.undrawn(explanation).ifPresent(console::result);
        return ExitCode.DONE;
    }
}
