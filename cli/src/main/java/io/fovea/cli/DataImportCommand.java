package io.fovea.cli;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.ExistingDataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.StoredForm;
import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.importer.DatasetImport;
import io.fovea.importer.ImportListener;
import io.fovea.importer.ImportReport;
import io.fovea.importer.ImportSettings;
import io.fovea.importer.SplitOrder;
import io.fovea.importer.SplitSettings;
import io.fovea.importer.Truth;
import io.fovea.problem.Problem;
import io.fovea.source.GivenValidation;
import io.fovea.source.Source;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
                + " files, or a text file with a picture's path and label on each line. Write train=PATH, val=PATH or"
                + " test=PATH to say what a source is for, and classes=FILE to name the classes.",
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
final class DataImportCommand implements Callable<Integer> {

    /** What pictures of any size become unless the user says otherwise: the size that most known networks take. */
    private static final Preparation PHOTOGRAPHS = new Preparation(224, 224, ColorMode.COLOR, ResizeMode.SQUASH);

    private static final int BROKEN_TO_NAME = 10;

    private final Console console;

    @Spec
    private CommandSpec spec;

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

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    DataImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        switch (targets.truth()) {
            case Truth.Numbers _ -> VerbSituations.IMPORTING_NUMBERS.refuse(spec);
            case Truth.Masks _ -> VerbSituations.IMPORTING_MASKS.refuse(spec);
            case Truth.Classes _, Truth.Detected _ -> {}
        }
        Workspace place = workspace.workspace();
        Path folder = place.dataset(name);
        List<Source> parsed = sources.stream().map(Source::parse).toList();
        ImportSettings settings = settings(DatasetImport.ownShape(parsed).orElse(PHOTOGRAPHS));
        place.checkWritable();
        if (!replace && Files.exists(folder)) {
            throw new Problem(
                    "There is a dataset named \"" + name + "\" already.",
                    folder.toString(),
                    "choose another name, or give --replace to put the new one in its place");
        }
        ImportReport report = imported(parsed, folder, settings);
        switch (output.format()) {
            case JSON -> console.json(asJson(folder, report));
            case TEXT -> print(folder, report);
        }
        return ExitCode.DONE;
    }

    private ImportReport imported(List<Source> parsed, Path folder, ImportSettings settings) {
        ProgressBar bar = new ProgressBar(console);
        ImportListener listener = (done, total) -> {
            synchronized (bar) {
                bar.draw(
                        "importing",
                        total <= 0 ? 0 : (double) done / total,
                        String.format(Locale.ROOT, "%,d pictures", done));
            }
        };
        try {
            return DatasetImport.run(parsed, settings, folder, listener);
        } finally {
            bar.clear();
        }
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

    private void print(Path folder, ImportReport report) {
        report.remarks().forEach(console::progress);
        if (!report.broken().isEmpty()) {
            console.progress(String.format(
                    Locale.ROOT,
                    "%,d pictures were left out because they are broken:",
                    report.broken().size()));
            for (BrokenPicture broken :
                    report.broken().stream().limit(BROKEN_TO_NAME).toList()) {
                console.progress("  " + broken.source() + ": " + broken.reason());
            }
            if (report.broken().size() > BROKEN_TO_NAME)
                console.progress("  … and " + (report.broken().size() - BROKEN_TO_NAME) + " more");
        }
        console.result(String.format(
                Locale.ROOT,
                "%s: %,d training, %,d validation and %,d test pictures %s in %.1f s, in %s",
                name,
                report.count(Split.TRAINING),
                report.count(Split.VALIDATION),
                report.count(Split.TEST),
                report.targets().isEmpty()
                        ? "of " + report.classNames().size() + " classes"
                        : "with " + report.targets().size() + " targets",
                report.time().toMillis() / 1000.0,
                folder));
    }

    private Map<String, Object> asJson(Path folder, ImportReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("folder", folder.toString());
        json.put("task", report.task().word());
        json.put("classNames", report.classNames());
        json.put("targets", DataJson.targets(report.targets()));
        json.put("pictures", DataJson.counts(report.statistics()));
        json.put("picturesPerClass", DataJson.countsPerClass(report.statistics()));
        json.put("pixelsPerClass", DataJson.pixelsPerClass(report.statistics()));
        json.put("broken", report.broken());
        json.put("remarks", report.remarks());
        json.put("seconds", report.time().toMillis() / 1000.0);
        return json;
    }
}
