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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Teachable Machine gives: a model for TensorFlow.js ({@code model.json}, {@code weights.bin}, {@code metadata.json}) or for Keras ({@code keras_model.h5},
 * {@code labels.txt}), or pictures of classes in folders.
 *
 * <p>Pictures become squares by cutting the middle out. Bytes become numbers as b / 127 − 1 in the browser and as b / 127.5 − 1 in the lines of Python
 * that come with the Keras export.
 */
final class TeachableMachineProject {

    private static final ProjectKind KIND = ProjectKind.TEACHABLE_MACHINE;
    private static final float BROWSER = 127f / 255;
    private static final float KERAS = 0.5f;

    private TeachableMachineProject() {}

    static Adoption read(ProjectFiles files, AdoptionSettings settings) throws IOException {
        List<AdoptionLine> lines = new ArrayList<>();
        Optional<Path> browser = files.named("model\\.json");
        Optional<Path> keras = files.named(".*\\.h5");
        Optional<AdoptedModel> model = Optional.empty();
        List<String> pictures = Pictures.folder(files);
        if (browser.isPresent()) {
            String where = files.where(browser.get());
            model = Optional.of(model(
                    KerasWeights.ofTensorFlowJs(browser.get(), where),
                    browser.get(),
                    where,
                    metadata(files, browser.get()),
                    BROWSER,
                    settings,
                    lines));
        } else if (keras.isPresent()) {
            String where = files.where(keras.get());
            model = Optional.of(model(
                    KerasWeights.ofHdf5(keras.get(), where),
                    keras.get(),
                    where,
                    numbered(files, keras.get()),
                    KERAS,
                    settings,
                    lines));
        } else if (pictures.isEmpty()) {
            throw nothing(files);
        } else {
            lines.add(AdoptionLine.left(
                    AdoptionLine.Part.WEIGHTS, "a project file holds pictures and no network; export the model too"));
        }
        if (pictures.isEmpty())
            lines.add(AdoptionLine.left(
                    AdoptionLine.Part.DATA, "an exported model holds no pictures; the project file (.tm) does"));
        return new Adoption(KIND, model, pictures, Map.of(), lines);
    }

    private static Problem nothing(ProjectFiles files) {
        if (files.named(".*\\.tflite").isPresent())
            return new Problem(
                    "A TensorFlow Lite file is for running only, and Fovea does not read it.",
                    files.given().toString(),
                    "export the same model from Teachable Machine as Tensorflow.js or as Keras, and adopt that");
        return new Problem(
                "Expected model.json, keras_model.h5 or pictures in folders of classes, found none.",
                files.given().toString(),
                "name what Teachable Machine exported, a folder or a zip; of pictures that lie in no folders, download"
                        + " the samples class by class");
    }

    private static List<String> metadata(ProjectFiles files, Path model) throws IOException {
        List<String> labels = new ArrayList<>();
        Optional<Path> metadata = files.beside(model, "metadata.json");
        if (metadata.isPresent())
            for (JsonNode label :
                    new JsonMapper().readTree(ProjectFiles.text(metadata.get())).path("labels"))
                labels.add(label.asText());
        return labels;
    }

    /** Lines are a number and a name: {@code 0 Cat}. */
    private static List<String> numbered(ProjectFiles files, Path model) throws IOException {
        Optional<Path> labels = files.beside(model, "labels.txt");
        if (labels.isEmpty()) return List.of();
        List<String> names = new ArrayList<>();
        for (String line : Labels.read(labels.get())) names.add(line.replaceFirst("^" + names.size() + "\\s+", ""));
        return names;
    }

    private static AdoptedModel model(
            KerasWeights keras,
            Path file,
            String where,
            List<String> names,
            float usual,
            AdoptionSettings settings,
            List<AdoptionLine> lines)
            throws IOException {
        KerasNetwork.Converted converted = KerasNetwork.of(keras, where);
        int[] input = converted.network().input().sizes();
        Preprocessing how =
                Preparations.of(settings, input[0], input[1], input[2], ResizeMode.CROP, usual, usual, where);
        int outputs = Inference.of(converted.network()).output().size(0);
        Labels labels = Labels.of(settings, names, outputs, where);
        OwnModel model = new OwnModel(
                converted.network(),
                converted.weights(),
                how,
                Task.ofClasses(labels.names()),
                new AdoptedOrigin(KIND.word(), file.getFileName().toString(), Hash.of(file)));
        lines.add(model.line("the Keras network with its weights"));
        lines.add(labels.line());
        lines.add(AdoptionLine.changed(
                AdoptionLine.Part.PREPROCESSING,
                Preparations.words(how)
                        + ", as Teachable Machine's own lines have it; browsers and Pillow scale pictures a"
                        + " little otherwise"));
        lines.add(OwnModel.parity("TensorFlow"));
        return model;
    }
}
