package io.fovea.adopt;

import io.fovea.batch.Batch;
import io.fovea.bundle.AdoptedOrigin;
import io.fovea.bundle.Provenance;
import io.fovea.codec.PictureDecoder;
import io.fovea.export.BundleContents;
import io.fovea.export.BundleExport;
import io.fovea.export.DrawnPictures;
import io.fovea.export.GoldenExample;
import io.fovea.image.Preprocessing;
import io.fovea.jvm.Build;
import io.fovea.module.Engine;
import io.fovea.module.Modules;
import io.fovea.module.TrainableModule;
import io.fovea.network.Network;
import io.fovea.network.Parameters;
import io.fovea.task.Task;
import io.fovea.tensor.Precision;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A network whose layers Fovea knows, with the weights of others: it can be trained on, looked into and shrunk like any of Fovea's own.
 *
 * @param network ends with logits or values
 * @param weights under its names
 * @param how     pictures are prepared
 * @param task    what it answers
 * @param origin  where the weights were
 */
record OwnModel(Network network, Weights weights, Preprocessing how, Task task, AdoptedOrigin origin)
        implements AdoptedModel {

    @Override
    public void write(String name, Path target) {
        Provenance provenance = new Provenance(
                network.name(), "unknown", "unknown", origin.settings(), 0, Build.version(), Instant.now());
        BundleExport.write(
                new BundleContents(name, network, weights, how, task, drawn(), List.of(), provenance), target);
    }

    /** Drawn pictures with what libtorch answers, which the bundle's ONNX file is compared with. */
    private List<GoldenExample> drawn() {
        List<GoldenExample> golden = new ArrayList<>();
        List<byte[]> files = DrawnPictures.files(how.colorMode());
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                TrainableModule module =
                        Modules.create(network, how, weights, Engine.LIBTORCH, Precision.FLOAT32, workers)) {
            for (int i = 0; i < files.size(); i++) {
                String source = "drawn/" + i + ".png";
                byte[] pixels = how.prepare(PictureDecoder.decode(files.get(i), source, how.colorMode()))
                        .values();
                Batch batch = new Batch(1, how.height(), how.width(), how.channels(), pixels, new int[1], new int[1]);
                golden.add(new GoldenExample(
                        source, files.get(i), 0, module.predict(batch).clone()));
            }
        }
        return golden;
    }

    /** Returns what was taken, for the report. */
    AdoptionLine line(String how) {
        long parameters = Parameters.of(network).stream()
                .mapToLong(parameter -> parameter.count())
                .sum();
        return AdoptionLine.came(
                AdoptionLine.Part.WEIGHTS,
                String.format(
                        Locale.ROOT,
                        "%s, %d layers and %,d numbers, all known to Fovea: it can be trained on, looked into and"
                                + " shrunk",
                        how,
                        network.nodes().size(),
                        parameters));
    }

    /** Returns what was compared where the original's program is not at hand, for the report. */
    static AdoptionLine parity(String program) {
        return AdoptionLine.left(
                AdoptionLine.Part.PARITY,
                "not compared with " + program
                        + ", which is not at hand; libtorch and ONNX Runtime answer 16 drawn pictures"
                        + " alike by these layers and weights. Compare some pictures with \"fovea predict\"");
    }
}
