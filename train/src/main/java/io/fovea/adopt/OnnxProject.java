package io.fovea.adopt;

import io.fovea.bundle.AdoptedOrigin;
import io.fovea.file.Hash;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.jvm.Build;
import io.fovea.weights.ChannelOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An ONNX file of a classifier, with what the settings say of its classes and pictures. */
final class OnnxProject {

    private OnnxProject() {}

    static Adoption read(Path file, AdoptionSettings settings) throws IOException {
        List<AdoptionLine> lines = new ArrayList<>();
        boolean isSaid = !settings.mean().isEmpty() || !settings.std().isEmpty();
        AdoptedModel model = model(
                file,
                file.toString(),
                ProjectKind.ONNX,
                settings,
                List.of(),
                ResizeMode.SQUASH,
                lines,
                (how, layout) -> {
                    String words = Preparations.words(how);
                    return isSaid
                            ? AdoptionLine.came(AdoptionLine.Part.PREPROCESSING, "as the options say: " + words)
                            : AdoptionLine.left(
                                    AdoptionLine.Part.PREPROCESSING,
                                    "an ONNX file does not say it, and no --mean and --std were given: " + words);
                });
        lines.add(AdoptionLine.left(AdoptionLine.Part.DATA, "an ONNX file holds no pictures"));
        return new Adoption(ProjectKind.ONNX, Optional.of(model), List.of(), Map.of(), lines);
    }

    /** Says what became of the preparation. */
    interface PreparationLine {
        AdoptionLine of(Preprocessing how, ForeignNetwork.Layout layout);
    }

    /** Reads the model, and adds a line for each of its parts. */
    static AdoptedModel model(
            Path file,
            String where,
            ProjectKind kind,
            AdoptionSettings settings,
            List<String> own,
            ResizeMode mode,
            List<AdoptionLine> lines,
            PreparationLine prepared)
            throws IOException {
        ForeignNetwork network = ForeignNetwork.read(Files.readAllBytes(file), settings, where);
        Preprocessing how =
                Preparations.of(settings, network.channels(), network.height(), network.width(), mode, 0, 1, where);
        Labels labels = Labels.of(settings, own, network.classes(), where);
        AdoptedOrigin origin = new AdoptedOrigin(kind.word(), file.getFileName().toString(), Hash.of(file));
        ForeignModel model = ForeignModel.of(
                network,
                how,
                settings.channelOrder().orElse(ChannelOrder.RGB),
                labels.names(),
                origin,
                Build.version());
        lines.add(model.weights());
        lines.add(labels.line());
        lines.add(prepared.of(how, network.layout()));
        lines.add(model.parity());
        return model;
    }
}
