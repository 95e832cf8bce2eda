package io.fovea.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fovea.bundle.AdoptedOrigin;
import io.fovea.file.Hash;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Inference;
import io.fovea.problem.Problem;
import io.fovea.task.Task;
import io.fovea.weights.NamedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DIGITS's jobs: of a model of Caffe {@code deploy.prototxt}, snapshots {@code snapshot_iter_N.caffemodel}, {@code labels.txt}, {@code mean.binaryproto} and
 * {@code info.json}, as in its folder or a downloaded archive; of a dataset the lists {@code train.txt}, {@code val.txt} and {@code test.txt}.
 *
 * <p>Caffe sees bytes 0 … 255 of blue, green and red, less a mean. What DIGITS pickled ({@code status.pickle}) is code, and is not read.
 */
final class DigitsProject {

    private static final ProjectKind KIND = ProjectKind.DIGITS;
    private static final Pattern SNAPSHOT = Pattern.compile("(?i).*?(\\d+)?\\.caffemodel");

    private DigitsProject() {}

    static Adoption read(ProjectFiles files, AdoptionSettings settings) throws IOException {
        List<AdoptionLine> lines = new ArrayList<>();
        List<String> pictures = lists(files, lines);
        Optional<Path> snapshot =
                files.allNamed(".*\\.caffemodel").stream().max(Comparator.comparingLong(DigitsProject::iteration));
        Optional<AdoptedModel> model = Optional.empty();
        if (snapshot.isPresent()) {
            model = Optional.of(model(files, snapshot.get(), settings, lines));
        } else if (files.named(".*\\.(t7|ckpt.*|index)").isPresent()) {
            lines.add(AdoptionLine.left(
                    AdoptionLine.Part.WEIGHTS,
                    "a model of Torch or TensorFlow; of DIGITS only those of Caffe are read"));
        } else if (pictures.isEmpty() && lines.isEmpty()) {
            throw new Problem(
                    "Expected a job of DIGITS, with a .caffemodel or with train.txt, found none.",
                    files.given().toString(),
                    "name the job's folder, or the archive that Download Model gave");
        } else {
            lines.add(AdoptionLine.left(AdoptionLine.Part.WEIGHTS, "no .caffemodel is there: a job of a dataset"));
        }
        return new Adoption(KIND, model, pictures, Map.of(), lines);
    }

    private static long iteration(Path file) {
        Matcher name = SNAPSHOT.matcher(file.getFileName().toString());
        return name.matches() && name.group(1) != null && name.group(1).length() < 18
                ? Long.parseLong(name.group(1))
                : 0;
    }

    /** The lists name pictures where they were: they are of use only where these still lie there. */
    private static List<String> lists(ProjectFiles files, List<AdoptionLine> lines) throws IOException {
        List<String> sources = new ArrayList<>();
        for (String part : List.of("train", "val", "test")) {
            Optional<Path> list = files.named(part + "\\.txt");
            if (list.isEmpty()) continue;
            String first = ProjectFiles.text(list.get()).lines().findFirst().orElse("");
            Path picture = list.get().resolveSibling(first.replaceFirst("\\s+\\d+\\s*$", ""));
            if (!Files.isRegularFile(picture)) {
                lines.add(AdoptionLine.left(
                        AdoptionLine.Part.DATA,
                        files.where(list.get()) + " names pictures that are not here, such as " + picture
                                + "; put them there, or import their folder with fovea data import"));
                return List.of();
            }
            sources.add(part + "=" + list.get());
        }
        Optional<Path> names = files.named("labels\\.txt");
        if (!sources.isEmpty() && names.isPresent()) sources.add("classes=" + names.get());
        if (sources.isEmpty())
            lines.add(AdoptionLine.left(
                    AdoptionLine.Part.DATA, "no lists of pictures are there; databases (train_db) are not read"));
        return sources;
    }

    private static AdoptedModel model(
            ProjectFiles files, Path weights, AdoptionSettings settings, List<AdoptionLine> lines) throws IOException {
        Path deploy = files.needed("deploy.*\\.prototxt", "deploy.prototxt beside its weights", KIND);
        String where = files.where(deploy);
        CaffeNetwork.Converted converted = CaffeNetwork.of(
                CaffeText.read(ProjectFiles.text(deploy), where),
                CaffeBlobs.network(weights, files.where(weights)),
                where);
        int[] input = converted.network().input().sizes();
        int outputs = Inference.of(converted.network()).output().size(0);
        Optional<Path> names = files.named("labels\\.txt");
        Labels labels = Labels.of(settings, names.isPresent() ? Labels.read(names.get()) : List.of(), outputs, where);
        Preprocessing how = how(files, settings, input, where, lines);
        OwnModel model = new OwnModel(
                converted.network(),
                converted.weights(),
                how,
                Task.ofClasses(labels.names()),
                new AdoptedOrigin(KIND.word(), weights.getFileName().toString(), Hash.of(weights)));
        lines.add(model.line("the Caffe network \"" + converted.network().name() + "\" with the weights of "
                + weights.getFileName()));
        lines.add(labels.line());
        lines.add(OwnModel.parity("Caffe"));
        return model;
    }

    private static Preprocessing how(
            ProjectFiles files, AdoptionSettings settings, int[] input, String where, List<AdoptionLine> lines)
            throws IOException {
        List<String> changes = new ArrayList<>();
        JsonNode info = info(files);
        ResizeMode mode = mode(info, changes);
        int margin = margin(info, input, changes);
        if (margin > 0 && mode != ResizeMode.CROP) {
            changes.add("pictures were brought to " + (input[1] + margin) + " pixels by "
                    + mode.name().toLowerCase(Locale.ROOT) + " and their middle was cut out: proportions are kept now");
            mode = ResizeMode.CROP;
        }
        float[] mean = mean(files, input[0], changes);
        float[] std = new float[input[0]];
        Arrays.fill(std, 1f / 255);
        AdoptionSettings filled = new AdoptionSettings(
                settings.labels(),
                settings.height(),
                settings.width(),
                Optional.of(settings.resizeMode().orElse(mode)),
                settings.cropMargin().isPresent() || margin == 0 ? settings.cropMargin() : Optional.of(margin),
                settings.mean().isEmpty() ? numbers(mean) : settings.mean(),
                settings.std().isEmpty() ? numbers(std) : settings.std(),
                settings.channelOrder(),
                settings.output());
        Preprocessing how = Preparations.of(filled, input[0], input[1], input[2], mode, 0, 1, where);
        String words = Preparations.words(how)
                + (input[0] == 3 ? "; red and blue are exchanged in the layers that read the picture" : "");
        lines.add(
                changes.isEmpty()
                        ? AdoptionLine.came(AdoptionLine.Part.PREPROCESSING, words)
                        : AdoptionLine.changed(
                                AdoptionLine.Part.PREPROCESSING, words + "; " + String.join("; ", changes)));
        return how;
    }

    private static List<Double> numbers(float[] values) {
        List<Double> numbers = new ArrayList<>();
        for (float value : values) numbers.add((double) value);
        return numbers;
    }

    private static JsonNode info(ProjectFiles files) throws IOException {
        Optional<Path> file = files.named("info\\.json");
        return file.isPresent()
                ? new JsonMapper().readTree(ProjectFiles.text(file.get()))
                : new JsonMapper().createObjectNode();
    }

    private static ResizeMode mode(JsonNode info, List<String> changes) {
        String word = info.path("image resize mode").asText();
        return switch (word) {
            case "squash" -> ResizeMode.SQUASH;
            case "crop" -> ResizeMode.CROP;
            case "fill" -> {
                changes.add("the rest was filled with noise, and is with black now");
                yield ResizeMode.FILL;
            }
            case "half_crop" -> {
                changes.add("the rest was filled with noise, and is with black now");
                yield ResizeMode.HALF_CROP;
            }
            default -> {
                changes.add("how pictures were made to fit is not said: squash, which is DIGITS's usual; --resize says"
                        + " otherwise");
                yield ResizeMode.SQUASH;
            }
        };
    }

    /** Of dataset pictures of 256 pixels AlexNet sees the middle 227, GoogLeNet 224. */
    private static int margin(JsonNode info, int[] input, List<String> changes) {
        JsonNode sizes = info.path("image dimensions");
        if (sizes.size() < 2) return 0;
        int rows = sizes.get(0).asInt() - input[1];
        int columns = sizes.get(1).asInt() - input[2];
        if (rows == columns && rows >= 0) return rows;
        changes.add("the dataset's pictures are " + sizes + ", which the network's middle cannot be cut out of evenly");
        return 0;
    }

    /** Returns the mean of each channel, red first, in units of 0 … 1. */
    private static float[] mean(ProjectFiles files, int channels, List<String> changes) throws IOException {
        float[] mean = new float[channels];
        Optional<Path> training = files.named("train_val\\.prototxt");
        String described = training.isPresent() ? ProjectFiles.text(training.get()) : "";
        if (training.isPresent() && !described.contains("mean_file") && !described.contains("mean_value")) return mean;
        List<String> pixel = training.isPresent() ? values(described, channels) : List.of();
        if (pixel.size() == channels || pixel.size() == 1) {
            for (int c = 0; c < channels; c++)
                mean[channels - 1 - c] = Float.parseFloat(pixel.get(pixel.size() == 1 ? 0 : c)) / 255;
            return mean;
        }
        Optional<Path> file = files.named("mean\\.binaryproto");
        if (file.isEmpty()) {
            changes.add("no mean is there, and none is subtracted; --mean says otherwise");
            return mean;
        }
        NamedTensor blob = CaffeBlobs.blob(file.get(), files.where(file.get()));
        int area = blob.values().length / channels;
        if (area < 1 || blob.values().length % channels != 0)
            throw new Problem(
                    "The mean has " + blob.values().length + " numbers, which is none for each of " + channels
                            + " channels.",
                    files.where(file.get()),
                    "take the mean.binaryproto of the same job");
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int i = 0; i < area; i++) sum += blob.values()[c * area + i];
            mean[channels - 1 - c] = (float) (sum / area / 255);
        }
        changes.add(
                "a mean picture was subtracted, of which the mean of each channel is left, as DIGITS's own example of"
                        + " use does");
        return mean;
    }

    private static List<String> values(String described, int channels) {
        List<String> values = new ArrayList<>();
        Matcher value = Pattern.compile("mean_value\\s*:\\s*([0-9.eE+-]+)").matcher(described);
        // the phases of training and validation say the same
        while (value.find() && values.size() < channels) values.add(value.group(1));
        return values;
    }
}
