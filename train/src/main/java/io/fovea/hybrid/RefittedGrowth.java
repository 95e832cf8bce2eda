package io.fovea.hybrid;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Measurement;
import io.fovea.candidate.LabelledPictures;
import io.fovea.dataset.Dataset;
import io.fovea.export.ExportReport;
import io.fovea.export.Origin;
import io.fovea.export.TrainedModel;
import io.fovea.onnx.OnnxWeights;
import io.fovea.problem.Problem;
import io.fovea.statistic.Codes;
import io.fovea.thread.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A hybrid whose projection and references are fitted anew to the pictures of all classes. Its kernels stay; one made {@link #anew} has kernels of the patches
 * of all classes.
 *
 * <p>A projection that was fitted to some classes keeps what tells those apart and drops the rest, and prototypes were moved to be far from each other's
 * classes only: neither leaves room for another class (docs/experiments.md).
 */
final class RefittedGrowth implements EngineGrowth {

    private final Manifest before;
    private final GrowthPictures pictures;
    private final Path datasetFolder;
    private final String foveaVersion;
    private final Workers workers;
    private final HybridSettings settings;
    private final EngineRefit refit;
    private final LabelledPictures training;
    private final LabelledPictures judged;
    private final EngineRefit.Fit fit;
    private final float[] outputs;
    private final String kernels;

    RefittedGrowth(
            Bundle bundle,
            GrowthPictures pictures,
            OptionalLong engineBytes,
            Path datasetFolder,
            String foveaVersion,
            String where,
            long seed,
            Workers workers) {
        this.before = bundle.manifest();
        this.pictures = pictures;
        this.datasetFolder = datasetFolder;
        this.foveaVersion = foveaVersion;
        this.workers = workers;
        settings = EngineRefit.settings(before.provenance().settings(), engineBytes, pictures.fewest(), seed);
        refit = new EngineRefit(before.preprocessing(), settings, pictures.classNames(), workers);
        training = LabelledPictures.of(pictures.training());
        judged = LabelledPictures.of(pictures.judged());
        fit = refit.fit(refit.kernels(OnnxWeights.read(bundle.onnx(), HybridNetwork.KERNELS, where)), training);
        outputs = fit.engine().logits(judged, before.preprocessing(), workers);
        kernels = "kept";
    }

    /** With other kernels. */
    private RefittedGrowth(RefittedGrowth kept, EngineRefit.Fit fit) {
        before = kept.before;
        pictures = kept.pictures;
        datasetFolder = kept.datasetFolder;
        foveaVersion = kept.foveaVersion;
        workers = kept.workers;
        settings = kept.settings;
        refit = kept.refit;
        training = kept.training;
        judged = kept.judged;
        this.fit = fit;
        outputs = fit.engine().logits(judged, before.preprocessing(), workers);
        kernels = "clustered anew";
    }

    @Override
    public int[] answers() {
        return Codes.largest(outputs, pictures.classNames().size());
    }

    @Override
    public Optional<EngineGrowth> anew() {
        return Optional.of(new RefittedGrowth(this, refit.fit(refit.clustered(training), training)));
    }

    @Override
    public int heldOutRight() {
        return refit.heldOutRight(fit, training);
    }

    @Override
    public int references() {
        return fit.engine().referenceCount();
    }

    @Override
    public Optional<String> shortfall() {
        return Optional.empty(); // its form was chosen by the size
    }

    @Override
    public Written write(Path target, List<Measurement> measurements) {
        pictures.write(before.preprocessing(), datasetFolder, settings.seed());
        boolean written = false;
        try (Dataset dataset = Dataset.open(datasetFolder)) {
            ExportReport report = TrainedModel.judge(
                            fit.engine().parts(before.preprocessing(), dataset), dataset, origin(), outputs)
                    .with(measurements)
                    .export(before.name(), foveaVersion, target);
            checkSize(report);
            written = true;
            return new Written(report.networkBytes(), Optional.of(dataset.name()));
        } finally {
            if (!written) delete(datasetFolder);
        }
    }

    private Origin origin() {
        Map<String, String> described = new LinkedHashMap<>(before.provenance().settings());
        described.putAll(fit.engine().form().described());
        settings.engineBytes().ifPresent(bytes -> described.put("engineBytesAllowed", Long.toString(bytes)));
        for (NewClass each : pictures.classes()) {
            int number = pictures.classNames().indexOf(each.name()) + 1;
            described.put(
                    "class." + number,
                    each.name() + ": " + pictures.learned(each).size() + " pictures, kernels " + kernels
                            + ", projection and references fitted anew, seed " + settings.seed());
        }
        return new Origin(described, before.provenance().seed());
    }

    private void checkSize(ExportReport report) {
        if (settings.engineBytes().isEmpty()
                || report.networkBytes() <= settings.engineBytes().getAsLong()) return;
        delete(report.path());
        throw new Problem(
                String.format(
                        Locale.ROOT,
                        "The engine would take %,d bytes and not the %,d that are allowed: its graph is larger than was"
                                + " reckoned with.",
                        report.networkBytes(),
                        settings.engineBytes().getAsLong()),
                report.path().toString(),
                "allow a little more with --engine-size");
    }

    private static void delete(Path place) {
        if (!Files.exists(place)) return;
        try (Stream<Path> all = Files.walk(place)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        } catch (IOException stays) {
            // what could not be removed is complete, and can be removed by hand
        }
    }
}
