package io.fovea.shrink;

import io.fovea.bundle.AnswerDistribution;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Int8Origin;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Measurement;
import io.fovea.bundle.Provenance;
import io.fovea.export.ModelParts;
import io.fovea.jvm.Build;
import io.fovea.onnx.OnnxWriter;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.predict.Verification;
import io.fovea.task.ModelOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bundle with another network for the same task, classes and preprocessing: its golden pictures expect what that network gives. */
public final class Int8Model {

    private Int8Model() {}

    /**
     * Returns the bundle.
     *
     * @param name      of the model
     * @param tolerance as {@link Manifest#tolerance}
     */
    static Bundle of(
            Bundle before,
            byte[] onnx,
            String name,
            Int8Origin origin,
            double tolerance,
            List<Measurement> measurements,
            AnswerDistribution answers) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (GoldenPicture golden : before.manifest().golden()) files.put(golden.file(), before.golden(golden));
        Map<String, byte[]> others = new LinkedHashMap<>();
        before.network().ifPresent(text -> others.put(Bundle.NETWORK, text.getBytes(StandardCharsets.UTF_8)));
        Manifest bare = manifest(before.manifest(), name, origin, tolerance, measurements, answers, List.of());
        Bundle draft = Bundle.of(bare, onnx, Map.of(), others);
        List<GoldenPicture> golden = new ArrayList<>();
        try (Model model =
                Model.of(draft, PredictionOptions.DEFAULT.withThreads(1).withVerification(Verification.SKIP))) {
            for (GoldenPicture each : before.manifest().golden())
                golden.add(expecting(each, before.golden(each), model));
        }
        return Bundle.of(
                manifest(before.manifest(), name, origin, tolerance, measurements, answers, golden),
                onnx,
                files,
                others);
    }

    /**
     * Returns a bundle of a network whose origin nobody asks for, without golden pictures: to compare and to time it.
     *
     * @param onnx with the outputs of the model before, but for what tells unfamiliar pictures
     */
    public static Bundle bare(Bundle before, byte[] onnx, String name) {
        Int8Origin origin = new Int8Origin("", "", "", "", 0, 0, "", List.of());
        return Bundle.of(
                manifest(
                        before.manifest(),
                        name,
                        origin,
                        Manifest.DEFAULT_TOLERANCE,
                        List.of(),
                        AnswerDistribution.NONE,
                        List.of()),
                onnx,
                Map.of(),
                Map.of());
    }

    /** Returns a model without what tells unfamiliar pictures, which one in whole numbers does not do: a network in floats, and nothing else, is timed. */
    static Bundle plain(Bundle bundle, ModelParts parts) {
        Manifest manifest = bundle.manifest();
        if (manifest.familiarity().isEmpty()) return bundle;
        byte[] onnx = OnnxWriter.write(
                parts.network(), parts.weights(), parts.quantized(), manifest.task(), Map.of("name", manifest.name()));
        return bare(bundle, onnx, manifest.name());
    }

    /** Returns the size of a model's file. */
    static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static GoldenPicture expecting(GoldenPicture golden, byte[] content, Model model) {
        String result = model.manifest().task().result();
        Tensor input = model.prepare(content, golden.file());
        float[] all =
                model.run(Map.of("input", input), List.of(result)).get(result).floats();
        float[] kept = new float[golden.logits().length];
        for (int i = 0; i < kept.length; i++) kept[i] = all[i * golden.stride()];
        return new GoldenPicture(
                golden.file(),
                golden.source(),
                golden.label(),
                golden.decodedShape(),
                golden.decodedSha256(),
                golden.resizedSha256(),
                golden.tensorSha256(),
                golden.stride(),
                kept);
    }

    private static Manifest manifest(
            Manifest before,
            String name,
            Int8Origin origin,
            double tolerance,
            List<Measurement> measurements,
            AnswerDistribution answers,
            List<GoldenPicture> golden) {
        Provenance from = before.provenance();
        Map<String, String> settings = new LinkedHashMap<>(from.settings());
        settings.putAll(origin.settings());
        // what is unfamiliar was learned from results in floats
        List<ModelOutput> outputs = before.outputs().stream()
                .filter(output -> !output.name().equals(ModelOutput.UNFAMILIARITY))
                .toList();
        return new Manifest(
                Manifest.FORMAT_VERSION,
                name,
                before.task(),
                before.preprocessing(),
                outputs,
                before.sizes(),
                measurements,
                new Provenance(
                        from.network(),
                        from.dataset(),
                        from.datasetHash(),
                        settings,
                        from.seed(),
                        Build.version(),
                        Instant.now()),
                tolerance,
                golden,
                Optional.empty(),
                answers,
                List.of());
    }
}
