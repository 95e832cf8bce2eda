package io.fovea.hybrid;

import io.fovea.image.Preprocessing;
import io.fovea.product.CandidateConvolution;
import io.fovea.statistic.LinearHead;
import io.fovea.thread.Workers;
import java.util.stream.IntStream;

/**
 * What candidates are judged by: the mean squared error of the current closed-form head on some pictures.
 *
 * <p>Formula: (1/N)·Σ_n |H·u(x_n) + b − t_n|², t one-hot, u the maps with the candidate in its place. It is the loss that the head itself minimises, so evolution
 * and refitting descend the same objective.
 *
 * <p>Candidates for single filters share everything but their filter ({@link CandidateConvolution}); others need the whole computation.
 */
final class HeadLoss {

    private final FeatureMaps maps;
    private final FeatureMaps others;
    private final Topology topology;
    private final int classes;
    private final Workers workers;
    private final CandidateConvolution candidates;
    private LinearHead head = new LinearHead(new float[0], new float[0]);
    private float[] arranged = {};

    HeadLoss(Topology topology, Preprocessing preprocessing, int classes, Workers workers) {
        this.topology = topology;
        this.classes = classes;
        this.workers = workers;
        maps = new FeatureMaps(topology, preprocessing, workers);
        others = new FeatureMaps(topology, preprocessing, workers);
        candidates = new CandidateConvolution(maps.second(), classes, workers);
    }

    /** Sets the head that judges from now on. */
    void set(LinearHead head) {
        this.head = head;
        int places = topology.places();
        int filters = topology.secondFilters();
        arranged = new float[head.weight().length]; // [PH·PW, T, OC]
        for (int t = 0; t < classes; t++) {
            for (int place = 0; place < places; place++) {
                System.arraycopy(
                        head.weight(),
                        (t * places + place) * filters,
                        arranged,
                        (place * classes + t) * filters,
                        filters);
            }
        }
    }

    /** Returns the loss of kernels as they are. */
    double loss(Kernels kernels, LabelledPictures pictures) {
        others.set(kernels);
        float[] features = new float[pictures.count() * others.length()];
        others.features(pictures.pixels(), 0, pictures.count(), FeatureMaps.Shift.NONE, features);
        float[] errors = errors(features, pictures);
        double sum = 0;
        for (float error : errors) sum += (double) error * error;
        return sum / pictures.count();
    }

    private float[] errors(float[] features, LabelledPictures pictures) {
        float[] errors = head.outputs(features, pictures.count(), workers);
        for (int n = 0; n < pictures.count(); n++) errors[n * classes + pictures.labels()[n]] -= 1;
        return errors;
    }

    /** Computes what all candidate filters of the second layer share: everything but the filter that each replaces. */
    CandidateConvolution.Context context(Kernels kernels, LabelledPictures pictures) {
        maps.set(kernels);
        int count = pictures.count();
        float[] first = new float[count * maps.firstLength()];
        maps.firstMaps(pictures.pixels(), IntStream.range(0, count).toArray(), first);
        float[] features = new float[count * maps.length()];
        maps.secondMaps(first, count, features);
        return candidates.context(first, count, features, errors(features, pictures), arranged);
    }

    /**
     * Returns the loss of each candidate filter of the second layer.
     *
     * @param vectors [J] filters with their bias
     * @param filters [J] which one each replaces
     */
    double[] filterLosses(CandidateConvolution.Context context, double[][] vectors, int[] filters) {
        double[] losses = candidates.losses(context, vectors, filters);
        for (int j = 0; j < losses.length; j++) losses[j] /= context.pictures();
        return losses;
    }
}
