package io.fovea.hybrid;

import io.fovea.candidate.Kernels;
import io.fovea.candidate.LabelledPictures;
import io.fovea.candidate.Topology;
import io.fovea.image.Preprocessing;
import io.fovea.network.Shape;
import io.fovea.statistic.PrototypeRefinement;
import io.fovea.thread.Workers;
import io.fovea.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Makes engines of kernels that are there already: projection, references and, where the size is limited, the form are found anew for the pictures. */
final class EngineRefit {

    private static final int HELD_OUT_SHARE = 6;
    private static final int MOST_HELD_OUT = 10_000;
    private static final int COMPARED = 20_000;

    private final Topology topology;
    private final Preprocessing preprocessing;
    private final HybridSettings settings;
    private final List<String> classNames;
    private final Workers workers;

    EngineRefit(Preprocessing preprocessing, HybridSettings settings, List<String> classNames, Workers workers) {
        this.topology = new Topology(
                new Shape(preprocessing.channels(), preprocessing.height(), preprocessing.width()),
                HybridSettings.FIRST_FILTERS,
                HybridSettings.SECOND_FILTERS);
        this.preprocessing = preprocessing;
        this.settings = settings;
        this.classNames = classNames;
        this.workers = workers;
    }

    /**
     * Returns the settings of a model that was made before, for one with more classes.
     *
     * @param described   the settings in its provenance
     * @param engineBytes the most that the engine may take, if it is not to be what it was
     * @param fewest      pictures of a class; no class can have more prototypes
     */
    static HybridSettings settings(Map<String, String> described, OptionalLong engineBytes, int fewest, long seed) {
        HybridSettings usual = HybridSettings.usual(seed);
        OptionalLong bytes = engineBytes;
        if (bytes.isEmpty() && described.containsKey("engineBytesAllowed"))
            bytes = OptionalLong.of(Long.parseLong(described.get("engineBytesAllowed")));
        String references = described.getOrDefault("references", "all");
        ReferenceChoice choice = references.startsWith("prototypes:")
                ? new ReferenceChoice.PerClass(
                        Math.min(fewest, Integer.parseInt(references.substring("prototypes:".length()))))
                : new ReferenceChoice.All();
        EngineForm form = new EngineForm(
                number(described, "kernelBits", usual.form().kernelBits()),
                number(described, "projectionBits", usual.form().projectionBits()),
                usual.form().subclasses(),
                usual.form().dimensions(),
                choice,
                number(described, "k", usual.form().k()));
        double shrinkage = Double.parseDouble(described.getOrDefault("shrinkage", Double.toString(usual.shrinkage())));
        return new HybridSettings(usual.kernels(), usual.evolution(), form, bytes, shrinkage, seed);
    }

    private static int number(Map<String, String> described, String key, int usual) {
        return described.containsKey(key) ? Integer.parseInt(described.get(key)) : usual;
    }

    /** Returns the kernels of a network. */
    Kernels kernels(Weights weights) {
        return new Kernels(
                weights.values(HybridNetwork.FIRST + ".weight"),
                weights.values(HybridNetwork.FIRST + ".bias"),
                weights.values(HybridNetwork.SECOND + ".weight"),
                weights.values(HybridNetwork.SECOND + ".bias"));
    }

    /** Returns kernels of these pictures' patches. */
    Kernels clustered(LabelledPictures pictures) {
        return new PatchKernels(topology, preprocessing, settings.seed(), workers).of(pictures);
    }

    /**
     * An engine of all pictures.
     *
     * @param kernels      that it was made of, before they were rounded
     * @param engine       of them
     * @param heldOutRight how many held-out pictures an engine of its form gets right that was made without them; empty if that is not known yet
     */
    record Fit(Kernels kernels, HybridEngine engine, OptionalInt heldOutRight) {}

    /**
     * Fits an engine to kernels and pictures.
     *
     * @throws io.fovea.problem.Problem if nothing fits into the size that is allowed
     */
    Fit fit(Kernels kernels, LabelledPictures pictures) {
        if (settings.engineBytes().isEmpty())
            return new Fit(
                    kernels, fit(kernels, settings.form(), pictures, EngineFit.Copies.MOVED), OptionalInt.empty());
        HoldOut split = split(pictures);
        EngineChoice.Choice choice = new EngineChoice(
                        topology, preprocessing, settings, classNames, PrototypeRefinement.Draw.CLASSES_ALIKE, workers)
                .choose(kernels, some(pictures, split), pictures.select(split.heldOut()), () -> false);
        HybridEngine engine = fit(kernels, choice.form(), pictures, EngineFit.Copies.MOVED);
        return new Fit(kernels, engine, OptionalInt.of(choice.right()));
    }

    /** Returns how many of the same held-out pictures an engine of these kernels gets right that was made without them. */
    int heldOutRight(Fit fit, LabelledPictures pictures) {
        if (fit.heldOutRight().isPresent()) return fit.heldOutRight().getAsInt();
        HoldOut split = split(pictures);
        return fit(fit.kernels(), settings.form(), some(pictures, split), EngineFit.Copies.NONE)
                .right(pictures.select(split.heldOut()), preprocessing, workers);
    }

    private HybridEngine fit(Kernels kernels, EngineForm form, LabelledPictures pictures, EngineFit.Copies copies) {
        return new EngineFit(
                        topology,
                        preprocessing,
                        settings.shrinkage(),
                        classNames,
                        settings.seed(),
                        PrototypeRefinement.Draw.CLASSES_ALIKE,
                        workers)
                .fit(kernels, form, pictures, copies);
    }

    private HoldOut split(LabelledPictures pictures) {
        int heldOut = Math.min(MOST_HELD_OUT, pictures.count() / HELD_OUT_SHARE);
        return HoldOut.of(pictures.labels(), heldOut, new SplittableRandom(settings.seed()));
    }

    private static LabelledPictures some(LabelledPictures pictures, HoldOut split) {
        LabelledPictures others = pictures.select(split.others());
        return others.count() <= COMPARED ? others : others.select(HoldOut.first(COMPARED, others.labels()));
    }
}
