package io.fovea.adopt;

import io.fovea.bundle.AdoptedOrigin;
import io.fovea.file.Hash;
import io.fovea.image.Axis;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.image.Target;
import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.pretrained.UsualPreprocessing;
import io.fovea.pretrained.WeightImport;
import io.fovea.problem.Problem;
import io.fovea.task.Task;
import io.fovea.weights.ChannelOrder;
import io.fovea.weights.NetworkSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JetBot's notebooks: collision avoidance has pictures in {@code free} and {@code blocked}, road following pictures whose names state a point,
 * {@code xy_X_Y_id.jpg}; weights are a state dictionary of PyTorch, of AlexNet or ResNet-18 with two outputs.
 *
 * <p>Pictures are 224x224 already; channels are normalised as ImageNet's. Classes are in the order of the alphabet. Points span −1 … 1. The notebook
 * of road following ({@code best_steering_model_xy.pth}) gives its network blue first, and normalises blue by ImageNet's numbers of red; the interactive
 * one ({@code road_following_model.pth}) and that of collision avoidance red first.
 *
 * <p>Source: NVIDIA-AI-IOT/jetbot, notebooks {@code collision_avoidance/train_model.ipynb}, {@code road_following/train_model.ipynb} and {@code
 * road_following_interactive/interactive_regression.ipynb}.
 */
final class JetBotProject {

    private static final ProjectKind KIND = ProjectKind.JETBOT;
    private static final Pattern POINT =
            Pattern.compile("xy_(-?\\d+(?:\\.\\d+)?)_(-?\\d+(?:\\.\\d+)?)(?:_.*)?\\.[^.]+");
    private static final List<String> CLASSES = List.of("blocked", "free");
    private static final int SIDE = 224;
    private static final double LARGEST_PERCENT = 100;

    private JetBotProject() {}

    static Adoption read(ProjectFiles files, AdoptionSettings settings) throws IOException {
        List<Path> points = files.files().stream()
                .filter(file -> POINT.matcher(file.getFileName().toString()).matches())
                .toList();
        List<Path> weights = files.allNamed(".*\\.(pth|pt)");
        List<AdoptionLine> lines = new ArrayList<>();
        Optional<AdoptedModel> model = Optional.empty();
        if (weights.size() > 1)
            throw new Problem(
                    "There are several files of weights: "
                            + weights.stream()
                                    .map(file -> file.getFileName().toString())
                                    .toList() + ".",
                    files.given().toString(),
                    "name the one to adopt, then the folder of pictures");
        if (weights.size() == 1)
            model = Optional.of(model(weights.getFirst(), files, !points.isEmpty(), settings, lines));
        List<String> pictures = points.isEmpty()
                ? Pictures.folder(files)
                : List.of(above(points).toString());
        if (pictures.isEmpty() && model.isEmpty())
            throw new Problem(
                    "Expected pictures in folders such as free and blocked, pictures named xy_X_Y_….jpg, or weights"
                            + " (.pth); found none.",
                    files.given().toString(),
                    "name the folder or zip of the dataset, or the file of weights");
        if (pictures.isEmpty()) lines.add(AdoptionLine.left(AdoptionLine.Part.DATA, "no pictures are there"));
        if (model.isEmpty()) lines.add(AdoptionLine.left(AdoptionLine.Part.WEIGHTS, "no .pth is there"));
        return new Adoption(KIND, model, pictures, unit(points, lines), lines);
    }

    private static Path above(List<Path> files) {
        Path above = files.getFirst().getParent();
        for (Path file : files) while (!file.startsWith(above)) above = above.getParent();
        return above;
    }

    /** The first notebooks wrote points as 0 … 100, later ones in pixels of 224. */
    private static Map<String, Object> unit(List<Path> points, List<AdoptionLine> lines) {
        if (points.isEmpty()) return Map.of();
        double largest = 0;
        for (Path file : points) {
            Matcher name = POINT.matcher(file.getFileName().toString());
            if (!name.matches()) continue;
            largest = Math.max(largest, Math.max(Double.parseDouble(name.group(1)), Double.parseDouble(name.group(2))));
        }
        boolean isPercent = largest <= LARGEST_PERCENT;
        lines.add(AdoptionLine.came(
                AdoptionLine.Part.LABELS,
                isPercent
                        ? "points by name, 0 to 100 across the picture as the first notebooks wrote them, since none"
                                + " is larger; if they are pixels, import the pictures with fovea data import"
                        : "points by name, in pixels"));
        return Map.of("truth", Map.of("kind", "numbers", "unit", isPercent ? "percent" : "pixels"));
    }

    private static AdoptedModel model(
            Path file, ProjectFiles files, boolean hasPoints, AdoptionSettings settings, List<AdoptionLine> lines)
            throws IOException {
        String where = files.where(file);
        List<String> fitting = NetworkSearch.fitting(file, Optional.empty());
        CatalogueEntry entry = Catalogue.entry(fitting.getFirst());
        Shape input =
                new Shape(3, settings.height().orElse(SIDE), settings.width().orElse(SIDE));
        String name = file.getFileName().toString();
        boolean isInteractive = name.matches("(?i)road_following_model.*");
        boolean isSteering = name.matches("(?i).*(xy|steering).*") || hasPoints && !isInteractive;
        boolean isPoint = isSteering || name.matches("(?i).*road.*");
        ChannelOrder order = settings.channelOrder().orElse(isSteering ? ChannelOrder.BGR : ChannelOrder.RGB);
        boolean bluesFirst = isPoint && order == ChannelOrder.BGR;
        Preprocessing usual = UsualPreprocessing.of(entry, input);
        Preprocessing squashed = new Preprocessing(
                usual.height(),
                usual.width(),
                usual.colorMode(),
                ResizeMode.SQUASH,
                bluesFirst ? turned(usual.mean()) : usual.mean(),
                bluesFirst ? turned(usual.std()) : usual.std());
        Preprocessing how = Preparations.of(settings, squashed, where);
        WeightImport read = WeightImport.of(
                file, new WeightImport.Settings("jetbot", entry.name(), how, order, List.of(), file.toString(), ""));
        int outputs = read.pretrained().outputs();
        Network network = Catalogue.network(entry.name(), input, outputs).forPrediction();
        Task task = isPoint ? points(outputs, how, where, lines) : classes(outputs, settings, where, lines);
        OwnModel model = new OwnModel(
                network,
                read.pretrained().weights(),
                how,
                task,
                new AdoptedOrigin(KIND.word(), file.getFileName().toString(), Hash.of(file)));
        lines.add(model.line(entry.name() + " with the weights of PyTorch"));
        lines.add(AdoptionLine.came(
                AdoptionLine.Part.PREPROCESSING,
                Preparations.words(how) + ", as JetBot's notebooks have it"
                        + (bluesFirst
                                ? ": that of road following sees blue first, which is turned round in the first layer;"
                                        + " --channel-order rgb if yours does not"
                                : "")));
        lines.add(OwnModel.parity("PyTorch"));
        return model;
    }

    private static float[] turned(float[] channels) {
        return new float[] {channels[2], channels[1], channels[0]};
    }

    private static Task points(int outputs, Preprocessing how, String where, List<AdoptionLine> lines) {
        if (outputs != 2)
            throw new Problem(
                    "Road following has two outputs, x and y, and these weights have " + outputs + ".",
                    where,
                    "rename the file without xy, steering or road if it is a classifier");
        lines.add(AdoptionLine.came(AdoptionLine.Part.LABELS, "x and y of a point, −1 to 1 across the picture"));
        return Task.ofTargets(List.of(Target.place("x", Axis.X, how.width()), Target.place("y", Axis.Y, how.height())));
    }

    private static Task classes(int outputs, AdoptionSettings settings, String where, List<AdoptionLine> lines)
            throws IOException {
        List<String> usual = outputs == CLASSES.size() && settings.labels().isEmpty() ? CLASSES : List.of();
        Labels labels = Labels.of(settings, usual, outputs, where);
        lines.add(
                usual.isEmpty()
                        ? labels.line()
                        : AdoptionLine.came(
                                AdoptionLine.Part.LABELS,
                                "weights hold no names: blocked and free, as JetBot's notebook orders them; --labels"
                                        + " FILE says otherwise"));
        return Task.ofClasses(labels.names());
    }
}
