package io.fovea.cli;

import io.fovea.dataset.DistinctNames;
import io.fovea.download.Download;
import io.fovea.download.DownloadListener;
import io.fovea.download.DownloadSettings;
import io.fovea.download.RemoteFile;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.job.ClassNameList;
import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Shape;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.PretrainedFolder;
import io.fovea.pretrained.PublicWeights;
import io.fovea.pretrained.UsualPreprocessing;
import io.fovea.pretrained.WeightImport;
import io.fovea.problem.Problem;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.Fit;
import io.fovea.weights.NetworkSearch;
import io.fovea.workspace.Shelf;
import io.fovea.workspace.Workspace;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class NetworkImportCommand implements Callable<Integer> {

    private static final int NAMES_TO_SHOW = 5;

    private final Console console;
    private final List<String> remarks = new ArrayList<>();

    @Spec
    private CommandSpec spec;

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
    private List<Float> mean;

    @Option(
            names = "--std",
            paramLabel = "R,G,B",
            split = ",",
            description = "Each channel is divided by it after that. Default: what is usual for the network.")
    private List<Float> std;

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

    @Option(
            names = "--licence",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "The terms under which the weights are given.")
    private String licence;

    @Option(names = "--replace", description = "Replace weights of that name once the new ones are complete.")
    private boolean replace;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private OutputOption output;

    NetworkImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Workspace place = workspace.workspace();
        if (source == null && Files.isRegularFile(Path.of(name))) nameByFile();
        if (network != null || source == null) VerbSituations.KNOWN_NETWORK.refuse(spec);
        Path folder = place.weights(name);
        if (!replace && Files.exists(folder)) {
            throw new Problem(
                    "There are weights named \"" + name + "\" already.",
                    folder.toString(),
                    "choose another name, or give --replace to put the new ones in their place");
        }
        WeightImport done = imported(place);
        place.checkWritable();
        PretrainedFolder.write(done.pretrained(), folder);
        switch (output.format()) {
            case JSON -> console.json(asJson(done, folder));
            case TEXT -> print(done, folder);
        }
        return ExitCode.DONE;
    }

    /** One word that is a file: the weights are called as the file is. */
    private void nameByFile() {
        source = name;
        String file = Path.of(source).getFileName().toString();
        name = file.replaceFirst("\\.(pth|pt|th|safetensors|npz|tar|bin)$", "")
                .replaceAll("[^A-Za-z0-9_-]+", "-")
                .replaceAll("^-+|-+$", "");
        remarks.add("the weights are called \"" + name + "\" after their file");
    }

    private WeightImport imported(Workspace place) {
        if (source == null) return published(place, PublicWeights.named(name));
        if (network != null) Catalogue.entry(network); // an unknown name must not wait for a download
        List<String> names = classes == null ? List.of() : names(classes);
        if (!source.matches("https?://.*")) {
            Path file = Path.of(source);
            return fitted(place, file, names, file.toAbsolutePath().toString());
        }
        URI address = address();
        String file = Path.of(address.getPath()).getFileName().toString();
        // Two addresses may end in the same name.
        Path folder = place.cache().resolve("weights").resolve(Integer.toHexString(address.hashCode()));
        RemoteFile remote = PublicWeights.beginning(file);
        if (remote.sha256().isEmpty())
            console.progress("Note: the address tells no checksum; the file is taken as it comes.");
        Path fetched = download((download, listener) -> download.fetch(remote, address, folder, listener));
        return fitted(place, fetched, names, source);
    }

    private WeightImport fitted(Workspace place, Path file, List<String> names, String from) {
        if (network != null) return WeightImport.of(file, settings(Catalogue.entry(network), names, from, licence));
        NetworkChoice choice = NetworkChoice.of(
                NetworkSearch.fitting(file, prefix),
                candidate -> WeightImport.of(file, settings(Catalogue.entry(candidate), names, from, licence)),
                Optional.ofNullable(data).map(each -> place.existing(Shelf.DATASETS, each)));
        remarks.addAll(choice.remarks());
        return choice.chosen();
    }

    /** Reads class names; of equal ones each gets its label behind it. */
    private List<String> names(Path file) {
        DistinctNames distinct = DistinctNames.of(ClassNameList.read(file));
        remarks.addAll(distinct.remarks());
        return distinct.names();
    }

    private WeightImport published(Workspace place, PublicWeights weights) {
        if (network != null && !network.equals(weights.network())) {
            throw new ParameterException(
                    spec.commandLine(), "\"" + name + "\" is for the network \"" + weights.network() + "\".");
        }
        Path folder = place.cache().resolve("weights");
        place.checkWritable();
        Path file = download((download, listener) -> weights.fetch(folder, download, listener));
        return WeightImport.of(
                file,
                settings(
                        Catalogue.entry(weights.network()),
                        classNames(weights, folder),
                        weights.address().toString(),
                        licence.isEmpty() ? weights.licence() : licence));
    }

    /** Weights are of use without names, so a list that cannot be had is no reason to give up. */
    private List<String> classNames(PublicWeights weights, Path folder) {
        if (classes != null) return names(classes);
        if (weights.classList().isEmpty()) return weights.classNames();
        URI list = weights.classList().get();
        try {
            RemoteFile file = PublicWeights.beginning(
                    Path.of(list.getPath()).getFileName().toString());
            return names(download((download, listener) -> download.fetch(file, list, folder, listener)));
        } catch (Problem unreachable) {
            console.progress("Note: the class names cannot be fetched (" + unreachable.where()
                    + "); --classes FILE gives them.");
            return List.of();
        }
    }

    private URI address() {
        try {
            URI address = new URI(source);
            if (address.getPath() != null && address.getPath().matches(".*/[^/.][^/]*")) return address;
        } catch (URISyntaxException malformed) {
            // said below
        }
        throw new ParameterException(
                spec.commandLine(), "Expected the address of a file, such as https://example.org/weights.pth");
    }

    private Path download(BiFunction<Download, DownloadListener, Path> step) {
        ProgressBar bar = new ProgressBar(console);
        try {
            return step.apply(
                    new Download(DownloadSettings.DEFAULT),
                    (file, received, total) -> bar.draw(
                            "downloading",
                            total == 0 ? 0 : (double) received / total,
                            String.format(Locale.ROOT, "%s, %.1f MB", file, received / 1e6)));
        } finally {
            bar.clear();
        }
    }

    private WeightImport.Settings settings(CatalogueEntry entry, List<String> names, String from, String terms) {
        return new WeightImport.Settings(name, entry.name(), preprocessing(entry), order, names, from, terms, prefix);
    }

    private Preprocessing preprocessing(CatalogueEntry entry) {
        Shape usualInput = entry.defaultInput();
        Shape input = size == null ? usualInput : new Shape(usualInput.size(0), size.height(), size.width());
        Preprocessing usual = UsualPreprocessing.of(entry, input);
        try {
            return new Preprocessing(
                    usual.height(),
                    usual.width(),
                    usual.colorMode(),
                    ResizeMode.CROP,
                    cropMargin == null ? usual.cropMargin() : cropMargin,
                    values(mean, usual.mean()),
                    values(std, usual.std()));
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage(), outOfRange);
        }
    }

    /** Returns the numbers given, one for all channels or one for each. */
    private static float[] values(List<Float> given, float[] usual) {
        if (given == null) return usual;
        float[] values = new float[given.size() == 1 ? usual.length : given.size()];
        for (int i = 0; i < values.length; i++) values[i] = given.get(given.size() == 1 ? 0 : i);
        return values;
    }

    private void print(WeightImport done, Path folder) {
        Fit fit = done.fit();
        remarks.forEach(remark -> console.progress("Note: " + remark + "."));
        fit.remarks().forEach(remark -> console.progress("Note: " + remark + "."));
        if (!fit.leftOver().isEmpty()) console.progress("Left over: " + some(fit.leftOver()));
        Pretrained pretrained = done.pretrained();
        console.result(String.format(
                Locale.ROOT,
                "%s: %s with %,d outputs, %,d tensors fitted, %d missing, %d left over, in %s",
                name,
                pretrained.network(),
                pretrained.outputs(),
                fit.fitted().size(),
                fit.missing().size(),
                fit.leftOver().size(),
                folder));
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.stream().limit(NAMES_TO_SHOW).toList());
        int rest = names.size() - NAMES_TO_SHOW;
        return rest > 0 ? shown + " and " + rest + " more" : shown;
    }

    private Map<String, Object> asJson(WeightImport done, Path folder) {
        Pretrained pretrained = done.pretrained();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("folder", folder.toString());
        json.put("network", pretrained.network());
        json.put("outputs", pretrained.outputs());
        json.put("form", done.form().name().toLowerCase(Locale.ROOT));
        json.put("fitted", done.fit().fitted());
        json.put("missing", done.fit().missing());
        json.put("leftOver", done.fit().leftOver());
        json.put("skipped", done.skipped());
        json.put(
                "remarks",
                Stream.concat(remarks.stream(), done.fit().remarks().stream()).toList());
        json.put("source", pretrained.source());
        json.put("licence", pretrained.licence());
        json.put("sha256", pretrained.sha256());
        return json;
    }
}
