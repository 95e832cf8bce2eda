package io.fovea.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Lobe exports as ONNX: {@code signature.json} with the classes and the names of what goes in and comes out, and the file that it names.
 *
 * <p>Pictures become squares by cutting the middle out; bytes become b / 255.
 */
final class LobeProject {

    private static final ProjectKind KIND = ProjectKind.LOBE;

    private LobeProject() {}

    static Adoption read(ProjectFiles files, AdoptionSettings settings) throws IOException {
        Path signature = files.needed("signature\\.json", "signature.json", KIND);
        String where = files.where(signature);
        JsonNode json = new JsonMapper().readTree(ProjectFiles.text(signature));
        Path folder = signature.toAbsolutePath().normalize().getParent();
        Path file = folder.resolve(json.path("filename").asText("model.onnx")).normalize();
        String format = json.path("format").asText("onnx");
        if (!format.equals("onnx"))
            throw new Problem(
                    "The export is in the form \"" + format + "\", and Fovea reads Lobe's ONNX.",
                    where,
                    "export the project from Lobe as ONNX");
        if (!file.startsWith(folder) || !Files.isRegularFile(file))
            throw new Problem(
                    "The network \"" + json.path("filename").asText("model.onnx") + "\" is not beside signature.json.",
                    where,
                    "name the whole folder that Lobe exported");
        List<String> classes = new ArrayList<>();
        for (JsonNode name : json.path("classes").path("Label")) classes.add(name.asText());
        String output = json.path("outputs").path("Confidences").path("name").asText();
        AdoptionSettings chosen = settings.output().isPresent() || output.isEmpty()
                ? settings
                : new AdoptionSettings(
                        settings.labels(),
                        settings.height(),
                        settings.width(),
                        settings.resizeMode(),
                        settings.cropMargin(),
                        settings.mean(),
                        settings.std(),
                        settings.channelOrder(),
                        Optional.of(output));
        List<AdoptionLine> lines = new ArrayList<>();
        AdoptedModel model = OnnxProject.model(
                file,
                files.where(file),
                KIND,
                chosen,
                classes,
                ResizeMode.CROP,
                lines,
                (how, _) -> AdoptionLine.changed(
                        AdoptionLine.Part.PREPROCESSING,
                        Preparations.words(how)
                                + ", as Lobe's own lines of Python have it; Pillow's scaling there may round"
                                + " otherwise"));
        lines.add(AdoptionLine.left(AdoptionLine.Part.DATA, "an export holds no pictures"));
        return new Adoption(KIND, Optional.of(model), List.of(), Map.of(), lines);
    }
}
