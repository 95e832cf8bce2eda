package io.fovea.hybrid;

import io.fovea.candidate.Kernels;
import io.fovea.candidate.LabelledPictures;
import io.fovea.candidate.Topology;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import io.fovea.statistic.Codes;
import io.fovea.statistic.LinearHead;
import io.fovea.statistic.PrototypeRefinement;
import io.fovea.thread.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Chooses the form of an engine that may take only so many bytes: the one that gets most held-out pictures right among the largest that fit.
 *
 * <p>What is traded: bits of the kernels, bits of the projection, the length of the codes, the number of prototypes ({@link EngineSizes}).
 */
final class EngineChoice {

    private final Preprocessing preprocessing;
    private final List<String> classNames;
    private final EngineSizes sizes;
    private final Workers workers;
    private final EngineFit fit;

    EngineChoice(
            Topology topology,
            Preprocessing preprocessing,
            HybridSettings settings,
            List<String> classNames,
            PrototypeRefinement.Draw draw,
            Workers workers) {
        this.preprocessing = preprocessing;
        this.classNames = classNames;
        this.workers = workers;
        sizes = new EngineSizes(topology, settings, classNames);
        fit = new EngineFit(topology, preprocessing, settings.shrinkage(), classNames, settings.seed(), draw, workers);
    }

    /**
     * A form, and how good it is.
     *
     * @param form  that was chosen
     * @param right how many held-out pictures its engine gets right; −1 if none was judged
     */
    record Choice(EngineForm form, int right) {}

    /**
     * Returns the chosen form.
     *
     * @param some pictures of every class
     * @param stop asked before each form; then the best so far is returned
     * @throws Problem if nothing fits, with the least that would
     */
    Choice choose(Kernels kernels, LabelledPictures some, LabelledPictures heldOut, BooleanSupplier stop) {
        int fewest = Integer.MAX_VALUE;
        for (int c = 0; c < classNames.size(); c++) fewest = Math.min(fewest, Codes.places(some.labels(), c).length);
        List<EngineForm> fitting = sizes.fitting(fewest);
        EngineForm best = fitting.getFirst();
        int mostRight = -1;
        for (int kernelBits : EngineSizes.BITS) {
            List<EngineForm> same = fitting.stream()
                    .filter(form -> form.kernelBits() == kernelBits)
                    .toList();
            if (same.isEmpty()) continue;
            // the longest codes hold all shorter ones: discriminants come in the order of what they are worth
            int longest = same.stream().mapToInt(EngineForm::dimensions).max().orElseThrow();
            EngineFit.RoundedKernels rounded = fit.round(kernels, kernelBits);
            HeadFit heads = fit.headFit(rounded);
            LinearHead exact = fit.discriminants(heads, some, sizes.subclasses(), longest, EngineFit.Copies.MOVED);
            for (int projectionBits : EngineSizes.BITS) {
                if (same.stream().noneMatch(form -> form.projectionBits() == projectionBits)) continue;
                EngineFit.RoundedHead head = fit.round(exact, projectionBits);
                float[][] codes = EngineFit.codes(
                        heads, head.head(), some, same.getFirst().references());
                for (EngineForm form : same) {
                    if (form.projectionBits() != projectionBits) continue;
                    if (stop.getAsBoolean()) return new Choice(best, mostRight);
                    // few classes have few discriminants
                    int dimensions = Math.min(form.dimensions(), exact.outputs());
                    EngineFit.RoundedHead shorter = fit.round(exact.first(dimensions), projectionBits);
                    float[][] prefixes = Arrays.stream(codes)
                            .map(rows -> Codes.prefixes(rows, head.head().outputs(), dimensions))
                            .toArray(float[][]::new);
                    int right =
                            fit.engine(rounded, shorter, prefixes, some, form).right(heldOut, preprocessing, workers);
                    if (right > mostRight) {
                        mostRight = right;
                        best = form;
                    }
                }
            }
        }
        return new Choice(best, mostRight);
    }
}
