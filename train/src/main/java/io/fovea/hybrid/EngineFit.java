package io.fovea.hybrid;

import io.fovea.candidate.FeatureMaps;
import io.fovea.candidate.FeatureMaps.Shift;
import io.fovea.candidate.Kernels;
import io.fovea.candidate.LabelledPictures;
import io.fovea.candidate.Topology;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import io.fovea.statistic.LinearHead;
import io.fovea.statistic.PrototypeRefinement;
import io.fovea.statistic.PrototypeRefinement.Draw;
import io.fovea.statistic.Prototypes;
import io.fovea.thread.Workers;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.QuantizedTensor.ScaleRule;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fits engines to kernels and pictures.
 *
 * <p>Each part is fitted to what the parts before it say after their rounding, so rounding errors do not add up: the discriminants to the maps of
 * the rounded kernels, the references to the codes of the rounded projection. Pictures are also seen moved by a pixel in each direction.
 */
final class EngineFit {

    /** In which copies the head sees the pictures. */
    enum Copies {
        /** As they are: faster, for comparisons. */
        NONE(List.of(Shift.NONE)),
        /** Also moved by a pixel to each side. */
        MOVED(List.of(Shift.NONE, new Shift(1, 0), new Shift(-1, 0), new Shift(0, 1), new Shift(0, -1)));

        private final List<Shift> shifts;

        Copies(List<Shift> shifts) {
            this.shifts = shifts;
        }
    }

    private final Topology topology;
    private final Preprocessing preprocessing;
    private final double shrinkage;
    private final List<String> classNames;
    private final long seed;
    private final Draw draw;
    private final Workers workers;

    EngineFit(
            Topology topology,
            Preprocessing preprocessing,
            double shrinkage,
            List<String> classNames,
            long seed,
            Draw draw,
            Workers workers) {
        this.topology = topology;
        this.preprocessing = preprocessing;
        this.shrinkage = shrinkage;
        this.classNames = classNames;
        this.seed = seed;
        this.draw = draw;
        this.workers = workers;
    }

    /** Kernels as whole numbers and as the floats that these stand for. */
    record RoundedKernels(Kernels kernels, QuantizedTensor first, QuantizedTensor second) {}

    /** A projection as whole numbers and as the floats that these stand for. */
    record RoundedHead(LinearHead head, QuantizedTensor projection) {}

    /**
     * Fits an engine of a form.
     *
     * @throws Problem if k is larger than the number of references, a class has fewer pictures than prototypes, or the pictures are all alike
     */
    HybridEngine fit(Kernels start, EngineForm form, LabelledPictures pictures, Copies copies) {
        checkK(form, pictures.count(), classNames.size());
        RoundedKernels kernels = round(start, form.kernelBits());
        HeadFit fit = headFit(kernels);
        LinearHead exact = discriminants(fit, pictures, form.subclasses(), form.dimensions(), copies);
        RoundedHead head = round(exact, form.projectionBits());
        return engine(kernels, head, codes(fit, head.head(), pictures, form.references()), pictures, form);
    }

    RoundedKernels round(Kernels start, int bits) {
        QuantizedTensor first = QuantizedTensor.quantize(HybridNetwork.first(start, topology), 8, 0);
        QuantizedTensor second = rounded(HybridNetwork.second(start, topology), bits);
        Kernels kernels = new Kernels(
                first.dequantized().values(),
                start.firstBias(),
                second.dequantized().values(),
                start.secondBias());
        return new RoundedKernels(kernels, first, second);
    }

    RoundedHead round(LinearHead exact, int bits) {
        QuantizedTensor projection = rounded(HybridNetwork.projection(exact, topology), bits);
        return new RoundedHead(
                HybridNetwork.head(projection.dequantized().values(), exact.bias(), topology), projection);
    }

    private static QuantizedTensor rounded(NamedTensor tensor, int bits) {
        return QuantizedTensor.quantize(tensor, bits, 0, bits == 8 ? ScaleRule.LARGEST : ScaleRule.LEAST_SQUARES);
    }

    HeadFit headFit(RoundedKernels kernels) {
        FeatureMaps maps = new FeatureMaps(topology, preprocessing, workers);
        maps.set(kernels.kernels());
        return new HeadFit(maps, classNames.size(), workers);
    }

    LinearHead discriminants(HeadFit fit, LabelledPictures pictures, int subclasses, int dimensions, Copies copies) {
        SplittableRandom random = new SplittableRandom(seed);
        return fit.discriminants(pictures, subclasses, dimensions, shrinkage, copies.shifts, random);
    }

    /** Returns codes [N, size]; prototypes also learn from those of the moved pictures. */
    static float[][] codes(HeadFit fit, LinearHead head, LabelledPictures pictures, ReferenceChoice references) {
        Copies copies =
                switch (references) {
                    case ReferenceChoice.All _ -> Copies.NONE;
                    case ReferenceChoice.PerClass _ -> Copies.MOVED;
                };
        return copies.shifts.stream()
                .map(shift -> fit.codes(pictures, head, shift))
                .toArray(float[][]::new);
    }

    /**
     * Puts an engine together.
     *
     * @param codes of the pictures by this head, the first without any shift
     */
    HybridEngine engine(
            RoundedKernels kernels, RoundedHead head, float[][] codes, LabelledPictures pictures, EngineForm form) {
        int size = head.head().outputs();
        float[] references;
        int[] labels;
        int[] positions;
        switch (form.references()) {
            case ReferenceChoice.All _ -> {
                references = codes[0];
                labels = pictures.labels();
                positions = pictures.positions();
            }
            case ReferenceChoice.PerClass perClass -> {
                Prototypes prototypes = Prototypes.of(
                        codes[0], size, pictures.labels(), classNames, perClass.perClass(), seed, workers);
                labels = prototypes.labels();
                references = PrototypeRefinement.refine(
                        prototypes.codes(),
                        labels,
                        size,
                        codes,
                        pictures.labels(),
                        draw,
                        new SplittableRandom(seed),
                        workers);
                positions = Arrays.stream(prototypes.pictures())
                        .map(place -> pictures.positions()[place])
                        .toArray();
            }
        }
        QuantizedTensor rounded = QuantizedTensor.quantize(
                new NamedTensor(HybridNetwork.NEIGHBOURS + ".references", new int[] {labels.length, size}, references),
                8,
                1);
        return new HybridEngine(
                topology,
                form,
                classNames.size(),
                kernels.kernels(),
                head.head(),
                rounded.dequantized().values(),
                labels,
                positions,
                List.of(kernels.first(), kernels.second(), head.projection(), rounded));
    }

    /** Checks that there are as many references as neighbours that vote. */
    static void checkK(EngineForm form, int pictures, int classes) {
        int references =
                switch (form.references()) {
                    case ReferenceChoice.All _ -> pictures;
                    case ReferenceChoice.PerClass perClass -> perClass.perClass() * classes;
                };
        if (form.k() <= references) return;
        throw new Problem(
                "k (=" + form.k() + ") neighbours are to vote, but there are only " + references + " references.",
                "--k " + form.k(),
                "take --k " + references + " or less, or more references");
    }
}
