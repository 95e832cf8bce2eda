package io.fovea.cli;

import io.fovea.choice.ImportChoice;
import io.fovea.choice.VerbSituations;
import io.fovea.collection.ReadyMade;
import io.fovea.dataset.ExistingDataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.StoredForm;
import io.fovea.download.DownloadListener;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportLook;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitOrder;
import io.fovea.importer.SplitSettings;
import io.fovea.importer.Truth;
import io.fovea.job.Job;
import io.fovea.record.RecordTree;
import io.fovea.result.LookReport;
import io.fovea.source.GivenValidation;
import io.fovea.source.Source;
import io.fovea.terminal.Console;
import io.fovea.terminal.ExitCode;
import io.fovea.work.Jobs;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code fovea data import}: pictures as people have them become a dataset. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Make a dataset of folders, archives, idx, CIFAR files or lists.",
        description = {
            "",
            "A SOURCE is a folder with a folder of pictures for each class, a folder with such folders in train, val"
                    + " and test, an archive (tar, tar.gz, zip) of either, MNIST's idx files (also .gz), CIFAR's binary"
                    + " files, or a text file with a picture's path and label on each line, or collection:NAME, a"
                    + " ready-made set. Write train=PATH, val=PATH or test=PATH to say what a source is for, and"
                    + " classes=FILE to name the classes.",
            "",
            "For a segmentation, a SOURCE is a folder with pictures/ and masks/, whose files are called alike, or with"
                    + " such folders in train, val and test.",
            "For a regression, a SOURCE is a folder of pictures named xy_X_Y_id.jpg, or a CSV whose first line names"
                + " its columns: the picture's file, then any number of targets. Columns called x or y, or ending in"
                + " _x or _y, are places in the picture.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  fovea data import pets photos/ --size 128",
            "  fovea data import digits train-images-idx3-ubyte.gz t10k-images-idx3-ubyte.gz",
            "  fovea data import pets train=a/ val=b/ --max-per-class 500 --seed 7",
            "  fovea data import faces faces/ --targets nose_x,nose_y --val-as-test",
            "  fovea data import streets camvid/ --task segmentation --ignore 11"
        })
final class DataImportCommand extends Verb {

    @Parameters(index = "0", paramLabel = "NAME", description = "The dataset's name.")
    private String name;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SOURCE", description = "Folders and files.")
    private List<String> sources;

    @Mixin
    private TargetOptions targets;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = PictureSize.Converter.class,
            description = "Size of every picture: 28, or HEIGHTxWIDTH. Default: as in idx and CIFAR files, else 224.")
    private PictureSize size;

    @Option(
            names = "--color",
            paramLabel = "MODE",
            description = "grey or color. Default: as in idx and CIFAR files, else color.")
    private ColorMode color;

    @Option(
            names = "--resize",
            paramLabel = "MODE",
            description = "How a shape is made to fit: squash, crop, fill or half_crop. Default: squash; crop with"
                    + " --crop-margin.")
    private ResizeMode resize;

    @Option(
            names = "--crop-margin",
            paramLabel = "PIXELS",
            defaultValue = "0",
            description =
                    "Scale to cover SIZE and PIXELS more, then cut the middle out: 224 with 32 is the scaling to 256"
                            + " that networks trained on ImageNet expect. Default: ${DEFAULT-VALUE}.")
    private int cropMargin;

    @Option(
            names = "--validation",
            paramLabel = "PERCENT",
            defaultValue = "25",
            description =
                    "Share of each class for validation, where the source has no such part. Default: ${DEFAULT-VALUE}.")
    private double validationPercent;

    @Option(
            names = "--test",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "Share of each class for the test, likewise. Default: ${DEFAULT-VALUE}.")
    private double testPercent;

    @Option(
            names = "--val-as-test",
            description =
                    "Take the source's validation part as the test, and split validation off the training pictures.")
    private boolean validationAsTest;

    @Option(
            names = "--split-order",
            paramLabel = "ORDER",
            defaultValue = "random",
            description = "Which pictures are split off: random ones, or block: the last by name, for frames of a film,"
                    + " which look like their neighbours. Default: ${DEFAULT-VALUE}.")
    private SplitOrder splitOrder;

    @Option(
            names = "--min-per-class",
            paramLabel = "N",
            defaultValue = "2",
            description = "Leave out classes with fewer pictures. Default: ${DEFAULT-VALUE}.")
    private int minimumPerClass;

    @Option(
            names = "--max-per-class",
            paramLabel = "N",
            description = "Take a random sample of at most N pictures of each class.")
    private Integer maximumPerClass;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "raw",
            description =
                    "How pictures lie on disk: raw (fastest) or png (smaller, lossless). Default: ${DEFAULT-VALUE}.")
    private StoredForm form;

    @Option(
            names = "--look",
            description = "Only say what the sources are and what would come of them; nothing is imported.")
    private boolean look;

    @Option(names = "--replace", description = "Replace a dataset of that name once the new one is complete.")
    private boolean replace;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that decode. Default: one per core.")
    private Integer threads;

    DataImportCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        switch (targets.truth()) {
            case Truth.Numbers _ -> IdleOption.refuse(VerbSituations.IMPORTING_NUMBERS, spec);
            case Truth.Masks _ -> IdleOption.refuse(VerbSituations.IMPORTING_MASKS, spec);
            case Truth.Classes _, Truth.Detected _ -> {}
        }
        if (look) return look();
        Job job = new Job.Import(name, sources, tree(), replace);
        return done(job, Jobs.Going.ON);
    }

    private int look() {
        IdleOption.refuse(VerbSituations.LOOKING_ONLY, spec);
        ImportSettings settings = settings(ImportChoice.usual(sources));
        Path cache = workspace.workspace().cache();
        List<Source> read = ReadyMade.sources(sources, cache, DownloadListener.NONE);
        ImportLook found = DatasetImport.look(read, settings, cache.resolve("look"));
        print(() -> LookReport.json(found, settings.preparation()), () -> new ResultWords(console)
                .print(LookReport.of(found)));
        return ExitCode.DONE;
    }

    /** What the job settles itself is left out. */
    private Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        Object written = RecordTree.write(settings(ImportChoice.usual(sources)));
        ((Map<?, ?>) written).forEach((setting, value) -> tree.put(String.valueOf(setting), value));
        List.of("name", "existing").forEach(tree::remove);
        return tree;
    }

    private ResizeMode resizeMode() {
        if (resize != null) return resize;
        return cropMargin == 0 ? ResizeMode.SQUASH : ResizeMode.CROP;
    }

    private ImportSettings settings(Preparation usual) {
        try {
            return new ImportSettings(
                    name,
                    new Preparation(
                            size == null ? usual.height() : size.height(),
                            size == null ? usual.width() : size.width(),
                            color == null ? usual.colorMode() : color,
                            resizeMode(),
                            cropMargin),
                    new SplitSettings(
                            validationPercent,
                            testPercent,
                            validationAsTest ? GivenValidation.AS_TEST : GivenValidation.AS_VALIDATION,
                            askedShares(),
                            splitOrder),
                    minimumPerClass,
                    maximumPerClass == null ? OptionalInt.empty() : OptionalInt.of(maximumPerClass),
                    targets.truth(),
                    reading.reading(),
                    form,
                    replace ? ExistingDataset.REPLACE : ExistingDataset.KEEP,
                    threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                    seed);
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }

    private Set<Split> askedShares() {
        EnumSet<Split> asked = EnumSet.noneOf(Split.class);
        if (spec.commandLine().getParseResult().hasMatchedOption("--validation")) asked.add(Split.VALIDATION);
        if (spec.commandLine().getParseResult().hasMatchedOption("--test")) asked.add(Split.TEST);
        return asked;
    }
}
