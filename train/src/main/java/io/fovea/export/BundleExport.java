package io.fovea.export;

import io.fovea.bundle.AnswerDistribution;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Reference;
import io.fovea.bundle.References;
import io.fovea.bundle.Sizes;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.NetworkYaml;
import io.fovea.onnx.NeighbourLayer;
import io.fovea.onnx.NetworkOutputs;
import io.fovea.onnx.OnnxWriter;
import io.fovea.predict.Classifier;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Replay;
import io.fovea.predict.ReplayReport;
import io.fovea.predict.Verification;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.weights.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a trained network as a bundle, after proving that ONNX Runtime predicts what the trainer saw.
 *
 * <p>The proof is the one that every consumer repeats: the bundle is loaded in memory and its golden pictures are replayed. A
 * network that does not pass is not written.
 */
public final class BundleExport {

    private BundleExport() {}

    /**
     * Writes the bundle beside {@code target} and moves it into place; killed at any moment, an older bundle is still there.
     *
     * @throws Problem if a golden picture comes out otherwise than in the trainer by more than
     *                 {@link Manifest#allowedDifference}, the weights do not fit the network, or the folder cannot be written
     */
    public static ExportReport write(BundleContents contents, Path target) {
        return write(contents, Optional.empty(), AnswerDistribution.NONE, target);
    }

    /** As above, and with what tells unfamiliar pictures, if that was learned, and how the model has answered when it was judged. */
    static ExportReport write(
            BundleContents contents, Optional<FittedFamiliarity> familiarity, AnswerDistribution answers, Path target) {
        Bundle bundle = bundle(contents, familiarity, answers);
        ReplayReport replay = replayed(bundle);
        BundleWriter.write(bundle, target);
        try {
            return new ExportReport(
                    target,
                    Files.size(target),
                    bundle.onnx().length,
                    replay.maxAbsDifference(),
                    bundle.manifest().familiarity());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the network as it will be in the bundle, to try pictures on it. */
    static Classifier classifier(BundleContents contents) {
        return Classifier.of(
                bundle(contents, Optional.empty(), AnswerDistribution.NONE),
                PredictionOptions.DEFAULT.withThreads(1).withVerification(Verification.SKIP));
    }

    private static Bundle bundle(
            BundleContents contents, Optional<FittedFamiliarity> familiarity, AnswerDistribution answers) {
        Network network = contents.network().forPrediction();
        NetworkSummary summary = Inference.of(network);
        checkAnswer(contents, summary);
        byte[] onnx = OnnxWriter.write(
                contents.network(),
                contents.weights(),
                contents.quantized(),
                contents.task(),
                familiarity,
                onnxMetadata(contents));
        List<ModelOutput> outputs = new ArrayList<>(
                NetworkOutputs.of(network, summary, contents.task()).all());
        if (familiarity.isPresent()) outputs.add(NetworkOutputs.UNFAMILIARITY);
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<GoldenPicture> golden = new ArrayList<>();
        for (GoldenExample example : contents.golden()) {
            String entry =
                    String.format(Locale.ROOT, "%s%02d.%s", Bundle.GOLDEN, golden.size(), extension(example.content()));
            files.put(entry, example.content());
            golden.add(GoldenPicture.replayed(
                    entry,
                    example.source(),
                    example.content(),
                    example.label(),
                    example.logits(),
                    contents.preprocessing()));
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                contents.name(),
                contents.task(),
                contents.preprocessing(),
                outputs,
                new Sizes(summary.parameters(), summary.macs()),
                contents.measurements(),
                contents.provenance(),
                Manifest.DEFAULT_TOLERANCE,
                golden,
                familiarity.map(FittedFamiliarity::described),
                answers,
                List.of());
        Map<String, byte[]> others = new LinkedHashMap<>();
        others.put(Bundle.NETWORK, NetworkYaml.write(network).getBytes(StandardCharsets.UTF_8));
        others.putAll(references(contents));
        if (contents.weightsEntry() == WeightsEntry.WRITTEN) others.put(Bundle.WEIGHTS, weights(contents));
        return Bundle.of(manifest, onnx, files, others);
    }

    private static void checkAnswer(BundleContents contents, NetworkSummary summary) {
        contents.task().misfit(NetworkOutputs.sizes(summary.output())).ifPresent(why -> {
            throw new Problem(
                    why,
                    "model \"" + contents.name() + "\", network \"" + summary.name() + "\"",
                    "end the network with " + contents.task().ending());
        });
    }

    /** Returns the entries that show the references of the last layer, if there is something to show. */
    private static Map<String, byte[]> references(BundleContents contents) {
        ReferencePictures pictures = contents.references();
        if (pictures.count() == 0) return Map.of();
        float[] labels = NeighbourLayer.of(contents.network(), contents.weights())
                .map(NeighbourLayer::labels)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Network \"" + contents.network().name() + "\" has no references, but " + pictures.count()
                                + " pictures of them"));
        if (labels.length != pictures.count()) {
            throw new IllegalArgumentException(
                    "Expected " + labels.length + " pictures of references, found " + pictures.count());
        }
        List<Reference> table = new ArrayList<>(labels.length);
        for (int i = 0; i < labels.length; i++) {
            int label = (int) labels[i];
            table.add(new Reference(
                    i,
                    label,
                    contents.task().names().get(label),
                    pictures.sources().apply(i)));
        }
        return References.entries(table, pictures.pictures(), contents.preprocessing());
    }

    private static byte[] weights(BundleContents contents) {
        return Safetensors.bytes(
                contents.weights(), Map.of("network", contents.network().name()));
    }

    private static Map<String, String> onnxMetadata(BundleContents contents) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("name", contents.name());
        metadata.put("fovea", contents.provenance().foveaVersion());
        metadata.put("task", contents.task().word());
        metadata.putAll(contents.task().metadata());
        return metadata;
    }

    private static ReplayReport replayed(Bundle bundle) {
        // One thread gives the same sums on every machine.
        return Replay.of(bundle, PredictionOptions.DEFAULT.withThreads(1));
    }

    /** The picture's kind by its first bytes, for people who unpack the bundle; decoders look at the bytes themselves. */
    static String extension(byte[] content) {
        String start = new String(content, 0, Math.min(4, content.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG")) return "png";
        if (start.startsWith("\u00ff\u00d8")) return "jpg";
        if (start.startsWith("GIF8")) return "gif";
        if (start.startsWith("BM")) return "bmp";
        if (start.startsWith("RIFF")) return "webp";
        if (start.startsWith("II*") || start.startsWith("MM")) return "tiff";
        return "picture";
    }
}
