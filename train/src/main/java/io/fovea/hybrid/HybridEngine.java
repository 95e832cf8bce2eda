package io.fovea.hybrid;

import io.fovea.candidate.FeatureMaps;
import io.fovea.candidate.Kernels;
import io.fovea.candidate.LabelledPictures;
import io.fovea.candidate.Topology;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.export.ModelParts;
import io.fovea.export.ReferencePictures;
import io.fovea.image.Preprocessing;
import io.fovea.statistic.Codes;
import io.fovea.statistic.LinearHead;
import io.fovea.thread.Workers;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.List;

/**
 * Kernels, projection and references in whole numbers of 8 or 4 bits: all that a hybrid needs to predict.
 *
 * <p>The floats here are those that the whole numbers stand for. {@link EngineFit} makes it.
 */
final class HybridEngine {

    private final Topology topology;
    private final EngineForm form;
    private final int classes;
    private final Kernels kernels;
    private final LinearHead head;
    private final float[] references;
    private final int[] labels;
    private final int[] positions;
    private final List<QuantizedTensor> quantized;

    HybridEngine(
            Topology topology,
            EngineForm form,
            int classes,
            Kernels kernels,
            LinearHead head,
            float[] references,
            int[] labels,
            int[] positions,
            List<QuantizedTensor> quantized) {
        this.topology = topology;
        this.form = form;
        this.classes = classes;
        this.kernels = kernels;
        this.head = head;
        this.references = references;
        this.labels = labels;
        this.positions = positions;
        this.quantized = quantized;
    }

    /** Returns logits [N, K] of pictures. */
    float[] logits(LabelledPictures pictures, Preprocessing preprocessing, Workers workers) {
        FeatureMaps maps = new FeatureMaps(topology, preprocessing, workers);
        maps.set(kernels);
        float[] codes = new HeadFit(maps, classes, workers).codes(pictures, head);
        return new NeighbourVote(references, head.outputs(), labels, form.k(), classes).logits(codes, workers);
    }

    /** Returns which of the pictures get their class. */
    boolean[] answersRight(LabelledPictures pictures, Preprocessing preprocessing, Workers workers) {
        int[] answers = Codes.largest(logits(pictures, preprocessing, workers), classes);
        boolean[] right = new boolean[answers.length];
        for (int n = 0; n < answers.length; n++) right[n] = answers[n] == pictures.labels()[n];
        return right;
    }

    /** Returns how many of the pictures get their class. */
    int right(LabelledPictures pictures, Preprocessing preprocessing, Workers workers) {
        int right = 0;
        for (boolean each : answersRight(pictures, preprocessing, workers)) if (each) right++;
        return right;
    }

    /** Returns what it keeps, with the length that its codes have. */
    EngineForm form() {
        return form.with(head.outputs());
    }

    int referenceCount() {
        return labels.length;
    }

    /** Returns D of the codes. */
    int dimensions() {
        return head.outputs();
    }

    /** Returns the bytes of kernels, biases and projection. */
    long weightBytes() {
        long bytes = 4L * (kernels.firstBias().length + kernels.secondBias().length + head.bias().length);
        for (QuantizedTensor tensor : quantized) {
            if (!tensor.name().startsWith(HybridNetwork.NEIGHBOURS)) bytes += tensor.sizeInBytes();
        }
        return bytes;
    }

    /** Returns the network with its weights and the pictures of its references. */
    ModelParts parts(Preprocessing preprocessing, Dataset dataset) {
        Weights weights = HybridNetwork.weights(topology, kernels, head, references, labels);
        return new ModelParts(
                HybridNetwork.of(topology, head.outputs(), form.k(), labels.length, classes),
                preprocessing,
                weights,
                quantized,
                new ReferencePictures(
                        labels.length,
                        position -> dataset.picture(Split.TRAINING, positions[position]),
                        position -> dataset.source(Split.TRAINING, positions[position])));
    }
}
