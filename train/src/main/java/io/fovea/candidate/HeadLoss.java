package io.fovea.candidate;

import io.fovea.product.CandidateConvolution;
import io.fovea.product.ChunkSums;
import io.fovea.statistic.LinearHead;
import io.fovea.thread.Workers;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The sums that {@link CandidateLosses} are made of, on a basis whose pictures are all or a part of those that count.
 *
 * <p>Candidates for single filters share everything but their filter ({@link CandidateConvolution}); others need the whole computation. Not for several threads
 * at once; the work is shared out to the workers.
 */
final class HeadLoss {

    private final FeatureMaps maps;
    private final Topology topology;
    private final int classes;
    private final Workers workers;
    private final CandidateConvolution candidates;

    HeadLoss(Layout layout, Workers workers) {
        topology = layout.topology();
        classes = layout.classes();
        this.workers = workers;
        maps = new FeatureMaps(topology, layout.preprocessing(), workers);
        candidates = new CandidateConvolution(maps.second(), classes, workers);
    }

    /** A basis and what candidates for filters share on it, which is computed when the first are judged. */
    static final class Prepared {
        private final Basis basis;
        private Optional<CandidateConvolution.Context> context = Optional.empty();

        Prepared(Basis basis) {
            this.basis = basis;
        }

        int pictures() {
            return basis.pictures().count();
        }
    }

    /** Returns the squared errors of each candidate, summed chunk by chunk. */
    ChunkSums sums(Prepared prepared, Candidates judged) {
        if (!judged.areFilters()) return wholeSums(prepared.basis, judged);
        if (prepared.context.isEmpty()) prepared.context = Optional.of(context(prepared.basis));
        return candidates.losses(prepared.context.orElseThrow(), judged.values(), judged.filters());
    }

    /** Computes what all candidate filters of the second layer share: everything but the filter that each replaces. */
    private CandidateConvolution.Context context(Basis basis) {
        maps.set(basis.kernels());
        LabelledPictures pictures = basis.pictures();
        int count = pictures.count();
        float[] first = new float[count * maps.firstLength()];
        maps.firstMaps(pictures.pixels(), IntStream.range(0, count).toArray(), first);
        float[] features = new float[count * maps.length()];
        maps.secondMaps(first, count, features);
        float[] errors = errors(basis.head(), features, pictures);
        return candidates.context(first, count, features, errors, arranged(basis.head()));
    }

    /** Returns the head's weights as [PH·PW, T, OC]. */
    private float[] arranged(LinearHead head) {
        int places = topology.places();
        int filters = topology.secondFilters();
        float[] arranged = new float[head.weight().length];
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
        return arranged;
    }

    private float[] errors(LinearHead head, float[] features, LabelledPictures pictures) {
        float[] errors = head.outputs(features, pictures.count(), workers);
        for (int n = 0; n < pictures.count(); n++) errors[n * classes + pictures.labels()[n]] -= 1;
        return errors;
    }

    private ChunkSums wholeSums(Basis basis, Candidates judged) {
        LabelledPictures pictures = basis.pictures();
        int count = pictures.count();
        double[] sums = new double[ChunkSums.chunks(count) * judged.count()];
        float[] features = new float[count * maps.length()];
        for (int j = 0; j < judged.count(); j++) {
            Kernels changed = basis.kernels().copy();
            judged.blocks().get(j).put(judged.values(), j * judged.length(), changed);
            maps.set(changed);
            maps.features(pictures.pixels(), 0, count, FeatureMaps.Shift.NONE, features);
            float[] errors = errors(basis.head(), features, pictures);
            for (int i = 0; i < errors.length; i++) {
                int chunk = i / classes / ChunkSums.PICTURES;
                sums[chunk * judged.count() + j] += (double) errors[i] * errors[i];
            }
        }
        return new ChunkSums(judged.count(), sums);
    }
}
