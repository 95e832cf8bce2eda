package io.fovea.shrink;

import io.fovea.bundle.AnswerDistribution;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Int8Origin;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Measurement;
import io.fovea.dataset.Dataset;
import io.fovea.export.ModelParts;
import io.fovea.file.Hash;
import io.fovea.progress.Telling;
import io.fovea.quantize.OutputDifference;
import io.fovea.quantize.Quantization;
import io.fovea.quantize.Quantizer;
import io.fovea.quantize.RoundingSpread;
import io.fovea.quantize.WeightRange;
import io.fovea.tensor.Processor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model in whole numbers before anybody has judged it.
 *
 * @param bundle    without measurements
 * @param made      how it was put into whole numbers
 * @param origin    what it was made of
 * @param tolerance as {@link Manifest#tolerance}
 * @param pictures  that showed which values occur
 */
record Int8Draft(Bundle bundle, Quantization made, Int8Origin origin, double tolerance, TrainingPictures pictures) {

    /** Another processor may differ from the two ways of computing that are tried here by as much again. */
    private static final double SPREAD = 2;

    /** So many pictures tell how far these two are from each other. */
    private static final int MOST_TRIED = 32;

    /**
     * Makes it by pictures of a dataset's training part.
     *
     * @param file of the model before
     * @param name of the new one
     */
    static Int8Draft of(
            Path file,
            Bundle before,
            ModelParts parts,
            Dataset dataset,
            Int8Settings settings,
            String name,
            Telling telling) {
        Manifest manifest = before.manifest();
        TrainingPictures pictures = new TrainingPictures(manifest, dataset, settings.pictures());
        Quantization made = Quantizer.quantize(
                parts.network(),
                parts.weights(),
                manifest.task(),
                pictures,
                settings.weightRange(),
                settings.bound().orElseGet(() -> OutputDifference.usualBound(manifest.task())),
                metadata(before, name),
                (done, all) -> telling.progressed("calibrating", done, all, "pictures"),
                Runtime.getRuntime().availableProcessors());
        List<float[]> tried = new ArrayList<>();
        for (int i = 0; i < Math.min(pictures.count(), MOST_TRIED); i++) tried.add(pictures.picture(i));
        double spread = RoundingSpread.of(
                made.onnx(), manifest.task().result(), parts.network().input(), tried);
        double tolerance = Math.max(Manifest.DEFAULT_TOLERANCE, SPREAD * spread);
        Int8Origin origin = new Int8Origin(
                manifest.name(),
                Hash.of(file),
                dataset.name(),
                dataset.contentHash(),
                pictures.count(),
                made.weightRange() == WeightRange.SEVEN_BITS ? 7 : 8,
                Processor.current().model(),
                made.floatLayers());
        Bundle bundle = Int8Model.of(before, made.onnx(), name, origin, tolerance, List.of(), AnswerDistribution.NONE);
        return new Int8Draft(bundle, made, origin, tolerance, pictures);
    }

    /** Returns the model with what was measured on it. */
    Bundle bundle(Bundle before, String name, List<Measurement> measurements, AnswerDistribution answers) {
        return Int8Model.of(before, made.onnx(), name, origin, tolerance, measurements, answers);
    }

    /** Returns what the ONNX file says of itself. */
    static Map<String, String> metadata(Bundle before, String name) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("precision", "int8");
        metadata.put("task", before.manifest().task().word());
        metadata.putAll(before.manifest().task().metadata());
        return metadata;
    }
}
