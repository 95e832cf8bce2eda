package io.fovea.cli;

import io.fovea.answer.AnswerFiles;
import io.fovea.answer.NamedPictures;
import io.fovea.answer.PictureAnswers;
import io.fovea.answer.ScoringReport;
import io.fovea.bundle.Bundle;
import io.fovea.choice.ModelFile;
import io.fovea.choice.TaskWord;
import io.fovea.choice.VerbSituations;
import io.fovea.file.FileAddress;
import io.fovea.file.WritablePlace;
import io.fovea.predict.Decoder;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Scoring;
import io.fovea.predict.Verification;
import io.fovea.problem.Problem;
import io.fovea.source.PictureName;
import io.fovea.source.UnseenFiles;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.terminal.OutputFormat;
import io.fovea.terminal.ScoringConsole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code fovea predict}: what a model sees in pictures. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Say what a model sees in pictures.",
        description = {
            "",
            "Prints one line per picture: its classes, or the values that the model regresses, places in pixels of",
            "that picture. A model that tells the class of every pixel names those it found, the largest first, and",
            "writes them as a picture with --out. A picture that is unlike all that the model learned from is said",
            "to be so.",
            "A picture that cannot be read is reported, the others are still answered for, and the",
            "command ends with 1.",
            "With --on the pictures are shared out among the machines of a cluster of Apache Spark, and their answers",
            "become the rows of a table.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea predict mnist-lenet digit.png",
            "  fovea predict pets.fovea photos/ --top 3 --json",
            "  fovea predict hybrid.fovea digit.png --neighbours --neighbours-picture why.png",
            "  fovea predict nose.fovea face.jpg        prints: face.jpg: nose (112.3, 130.9)",
            "  fovea predict streets.fovea photo.jpg --out mask.png --overlay over.png",
            "  fovea predict pets.fovea hdfs://host/photos --on spark://host:7077 --out scores.parquet"
        })
final class PredictCommand extends Verb {

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A model file (.fovea), a model in the workspace, or \"latest\"; with --on also a URI.")
    private String model;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PICTURE",
            description = "Picture files, or folders of them; with --on also URIs, such as hdfs://host/folder.")
    private List<String> pictures;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "1",
            description = "How many classes to show of a classifier. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Option(
            names = "--neighbours",
            description = {
                "Also show the references that decided, of a model that decides by neighbours: class, distance,",
                "place among the references, and the name it had in the dataset."
            })
    private boolean neighbours;

    @Option(
            names = "--neighbours-picture",
            paramLabel = "FILE.png",
            description = "Draw each picture beside its neighbours, and write the drawing to a file.")
    private Optional<Path> drawing = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = {
                "Write the answer about one picture to a PNG file: the class of every pixel in the size of the"
                        + " picture,",
                "as the index of a palette, 255 where the model did not look; or the picture that the model makes.",
                "With --on: the table of all answers, FILE.parquet or FILE.csv."
            })
    private Optional<String> out = Optional.empty();

    @Option(
            names = "--overlay",
            paramLabel = "FILE.png",
            description = "Write one picture, half covered by the colours of its pixels' classes, to a file.")
    private Optional<Path> overlay = Optional.empty();

    @Option(names = "--no-replay", description = "Start faster: do not replay the model's golden pictures first.")
    private boolean withoutReplay;

    @Mixin
    private MachinesOption machines;

    PredictCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (top < 1) throw new ParameterException(spec.commandLine(), "--top must be at least 1, not " + top);
        if (machines.master().isPresent()) return scored(machines.master().get());
        drawing.ifPresent(target -> WritablePlace.checkFile(target, "option --neighbours-picture"));
        out.ifPresent(target -> WritablePlace.checkFile(path(target), "option --out"));
        overlay.ifPresent(target -> WritablePlace.checkFile(target, "option --overlay"));
        Path file = ModelFile.find(model, workspace.workspace());
        Bundle bundle = Bundle.open(file);
        NamedPictures named = NamedPictures.of(pictures.stream().map(this::path).toList());
        List<String> remarks = new ArrayList<>(named.remarks());
        PictureAnswers.remark(bundle, top).ifPresent(remarks::add);
        remarks.forEach(console::progress);
        AnswerFiles files = files(named.pictures());
        List<Map<String, Object>> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        PredictionOptions options =
                PredictionOptions.DEFAULT.withVerification(withoutReplay ? Verification.SKIP : Verification.REPLAY);
        try (PictureAnswers answers = answers(bundle, file, options, files)) {
            for (Path picture : named.pictures()) {
                PictureAnswers.Answer answer;
                try {
                    answer = answers.about(NamedPictures.file(picture));
                } catch (Problem problem) {
                    problems.add(problem);
                    entries.add(Map.of("picture", picture.toString(), "problem", problem.parts()));
                    console.problem(problem, OutputFormat.TEXT);
                    continue;
                }
                entries.add(answer.json(picture));
                if (output.format() == OutputFormat.TEXT) answer.lines(picture).forEach(console::result);
            }
        }
        if (output.format() == OutputFormat.JSON) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("model", file.toString());
            json.put("remarks", remarks);
            json.put("predictions", entries);
            console.json(json);
        }
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Path path(String word) {
        FileAddress.refuse(word);
        return checked(() -> Path.of(word));
    }

    /** On a cluster: a table in the place of lines. */
    private int scored(String on) {
        IdleOption.refuse(VerbSituations.PREDICTING_ON_A_CLUSTER, spec);
        String table = out.orElseThrow(() -> new ParameterException(
                spec.commandLine(), "--on writes a table of all answers: name it with --out FILE.parquet or FILE.csv"));
        String again = Launched.command() + " predict … --on " + on;
        boolean isElsewhere = FileAddress.isOne(model);
        Path file = isElsewhere
                ? ScoringConsole.scoring(again).modelFile(model)
                : ModelFile.find(model, workspace.workspace());
        Bundle bundle = Bundle.open(file);
        if (TaskWord.REGRESSION.names(bundle.manifest().task()))
            IdleOption.refuse(VerbSituations.PREDICTING_VALUES, spec);
        else if (!TaskWord.CLASSIFICATION.names(bundle.manifest().task()))
            IdleOption.refuse(VerbSituations.PREDICTING_PICTURES, spec);
        PictureAnswers.remark(bundle, top).ifPresent(console::progress);
        Scoring.Names names = new Scoring.Names(PictureName::isPicture, UnseenFiles::isUnseen);
        String named = isElsewhere ? model : file.toString();
        Scoring.Order order = new Scoring.Order(on, named, pictures, names, table, top);
        ScoringReport report = ScoringConsole.report(order, console, again, JvmClock.secondsSinceStart());
        print(report::json, () -> report.lines().forEach(console::result));
        return report.outcome().problemCount() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private AnswerFiles files(List<Path> named) {
        AnswerFiles files = new AnswerFiles(out.map(this::path), overlay);
        if (files.isWanted() && named.size() > 1)
            throw new ParameterException(
                    spec.commandLine(),
                    (out.isPresent() ? "--out" : "--overlay") + " writes the answer about one picture, not about "
                            + named.size());
        if (out.isPresent() && out.map(this::path).equals(overlay))
            throw new ParameterException(spec.commandLine(), "--out and --overlay name the same file: " + out.get());
        return files;
    }

    private PictureAnswers answers(Bundle bundle, Path file, PredictionOptions options, AnswerFiles files) {
        if (TaskWord.REGRESSION.names(bundle.manifest().task()))
            IdleOption.refuse(VerbSituations.PREDICTING_VALUES, spec);
        if (neighbours || drawing.isPresent()) {
            if (TaskWord.CLASSIFICATION.names(bundle.manifest().task()))
                IdleOption.refuse(VerbSituations.PREDICTING_WORDS, spec);
            return PictureAnswers.withNeighbours(bundle, options, top, drawing, file.toString());
        }
        Decoder decoder = Decoder.of(bundle, options);
        try {
            refuse(decoder.drawings());
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
        return PictureAnswers.of(decoder, top, files);
    }

    private void refuse(Set<Decoder.Drawing> drawings) {
        if (drawings.isEmpty()) {
            IdleOption.refuse(VerbSituations.PREDICTING_WORDS, spec);
            return;
        }
        IdleOption.refuse(VerbSituations.PREDICTING_PICTURES, spec);
        if (!drawings.contains(Decoder.Drawing.OVERLAY))
            IdleOption.refuse(VerbSituations.PREDICTING_OTHER_PICTURES, spec);
    }
}
