package io.fovea.adopt;

import io.fovea.bundle.AdoptedOrigin;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Provenance;
import io.fovea.bundle.Sizes;
import io.fovea.export.DrawnPictures;
import io.fovea.image.Preprocessing;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Replay;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.task.Task;
import io.fovea.weights.ChannelOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network of others as a model: its graph is kept as it is, and answers drawn pictures as the original file does, one and several at once.
 *
 * <p>What needs to know the layers (training on, looking into them, whole numbers) cannot be done with it; what only asks it can.
 */
final class ForeignModel implements AdoptedModel {

    private static final double TOLERANCE = Manifest.DEFAULT_TOLERANCE;

    private final Preprocessing how;
    private final List<String> names;
    private final AdoptedOrigin origin;
    private final String version;
    private final byte[] onnx;
    private final Sizes sizes;
    private final List<float[]> logits;
    private final double difference;
    private final String words;

    private ForeignModel(
            ForeignNetwork network,
            Preprocessing how,
            ChannelOrder order,
            List<String> names,
            AdoptedOrigin origin,
            String version) {
        this.how = how;
        this.names = names;
        this.origin = origin;
        this.version = version;
        List<float[]> pictures = Preparations.drawn(how);
        List<float[]> original = network.answers(pictures, order);
        ForeignNetwork.Meaning meaning = network.meaning(original);
        this.onnx = network.wrapped(meaning, order);
        this.words = network.logits(meaning);
        this.logits = new ArrayList<>();
        this.difference = compared(network, meaning, pictures, original);
        this.sizes = network.sizes(meaning, order);
    }

    /**
     * Puts a network into the form of a bundle and compares it with the original.
     *
     * @throws Problem if it answers otherwise, or takes one picture at a time only
     */
    static ForeignModel of(
            ForeignNetwork network,
            Preprocessing how,
            ChannelOrder order,
            List<String> names,
            AdoptedOrigin origin,
            String version) {
        return new ForeignModel(network, how, order, names, origin, version);
    }

    private double compared(
            ForeignNetwork network, ForeignNetwork.Meaning meaning, List<float[]> pictures, List<float[]> original) {
        String compared = meaning == ForeignNetwork.Meaning.LOGITS ? ModelOutput.LOGITS : ModelOutput.PROBABILITIES;
        double largest = 0;
        try (OnnxSessionRun run = new OnnxSessionRun(onnx, network.where())) {
            for (int i = 0; i < pictures.size(); i++) {
                Map<String, OnnxSessionRun.Output> found = run(run, 1, pictures.get(i));
                logits.add(found.get(ModelOutput.LOGITS).values());
                largest = Math.max(
                        largest, difference(original.get(i), found.get(compared).values(), 0));
            }
            if (!(largest <= TOLERANCE)) throw differs(network, largest);
            checkTwo(run, network, pictures);
        }
        return largest;
    }

    private void checkTwo(OnnxSessionRun run, ForeignNetwork network, List<float[]> pictures) {
        float[] both = new float[2 * pictures.getFirst().length];
        System.arraycopy(pictures.get(0), 0, both, 0, both.length / 2);
        System.arraycopy(pictures.get(1), 0, both, both.length / 2, both.length / 2);
        Optional<Problem> failure = Optional.empty();
        boolean alike = false;
        try {
            float[] found = run(run, 2, both).get(ModelOutput.LOGITS).values();
            alike = found.length == 2 * names.size()
                    && difference(logits.get(0), found, 0) <= TOLERANCE
                    && difference(logits.get(1), found, names.size()) <= TOLERANCE;
        } catch (Problem cannot) {
            failure = Optional.of(cannot);
        }
        if (alike) return;
        throw new Problem(
                "The network takes one picture at a time: of two at once it answers otherwise, or not at all.",
                network.where(),
                "export it with a free first axis, in PyTorch by dynamic_axes={\"input\": {0: \"N\"}}",
                failure.orElse(null));
    }

    private Map<String, OnnxSessionRun.Output> run(OnnxSessionRun run, int count, float[] values) {
        return run.run(
                "input",
                values,
                new long[] {count, how.channels(), how.height(), how.width()},
                Set.of(ModelOutput.LOGITS, ModelOutput.PROBABILITIES));
    }

    /** Returns the largest difference as a share of the largest number, at least 1. */
    private static double difference(float[] expected, float[] found, int offset) {
        double size = 1;
        double off = 0;
        for (int i = 0; i < expected.length; i++) {
            if (!Float.isFinite(expected[i])) return Double.NaN;
            size = Math.max(size, Math.abs(expected[i]));
            off = Math.max(off, Math.abs((double) expected[i] - found[offset + i]));
        }
        return off / size;
    }

    private static Problem differs(ForeignNetwork network, double largest) {
        return new Problem(
                Double.isNaN(largest)
                        ? "The network gives what is no number (NaN or infinite) for a drawn picture."
                        : String.format(
                                Locale.ROOT,
                                "Within the form of a bundle the network answers otherwise than by itself, by %.2g.",
                                largest),
                network.where(),
                "export the network again; the original file is as it was");
    }

    /** Returns how it was compared, for the report. */
    AdoptionLine parity() {
        return AdoptionLine.came(
                AdoptionLine.Part.PARITY,
                String.format(
                        Locale.ROOT,
                        "ONNX Runtime answers %d drawn pictures by the original file and by the model: largest"
                                + " difference %.2g. What prepared pictures before is not in the file and was not"
                                + " compared",
                        logits.size(),
                        difference));
    }

    /** Returns what was taken, for the report. */
    AdoptionLine weights() {
        return AdoptionLine.came(
                AdoptionLine.Part.WEIGHTS,
                String.format(
                        Locale.ROOT,
                        "the network as it is, %,d parameters; %s. Its layers are not known to Fovea: it predicts, is"
                                + " judged, served and exported, and cannot be trained on or looked into",
                        sizes.parameters(),
                        words));
    }

    @Override
    public Preprocessing how() {
        return how;
    }

    @Override
    public void write(String name, Path target) {
        Task task = Task.ofClasses(names);
        List<byte[]> files = DrawnPictures.files(how.colorMode());
        Map<String, byte[]> content = new LinkedHashMap<>();
        List<GoldenPicture> golden = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String entry = String.format(Locale.ROOT, "%s%02d.png", Bundle.GOLDEN, i);
            content.put(entry, files.get(i));
            golden.add(GoldenPicture.replayed(
                    entry, "drawn/" + i + ".png", files.get(i), largest(logits.get(i)), logits.get(i), how));
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                name,
                task,
                how,
                task.outputs(List.of(names.size())),
                sizes,
                List.of(),
                new Provenance(
                        origin.kind() + ":" + origin.file(),
                        "unknown",
                        "unknown",
                        origin.settings(),
                        0,
                        version,
                        Instant.now()),
                Manifest.DEFAULT_TOLERANCE,
                golden,
                Optional.empty(),
                List.of());
        Bundle bundle = Bundle.of(manifest, onnx, content, Map.of());
        Replay.of(bundle, PredictionOptions.DEFAULT.withThreads(1));
        BundleWriter.write(bundle, target);
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
        return best;
    }
}
