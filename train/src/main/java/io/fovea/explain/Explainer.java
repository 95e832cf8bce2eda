package io.fovea.explain;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PictureDecoder;
import io.fovea.export.BundleImport;
import io.fovea.export.ModelParts;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.module.LayerProbe;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.network.SummaryTable;
import io.fovea.predict.Answer;
import io.fovea.predict.Decoder;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Tensor;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.tensor.Libtorch;
import io.fovea.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A model file, loaded once to be looked into: what its layers make of pictures, its filters, which places speak for a class, the arithmetic of a
 * value.
 *
 * <pre>{@code
 * try (Explainer explainer = Explainer.load(Path.of("pets.fovea"))) {
 *     Explanation explanation = explainer.explain(Path.of("cat.jpg"), ExplanationSettings.DEFAULT);
 *     ExplanationFolder.write(explanation, Path.of("explained"));
 * }
 * }</pre>
 *
 * <p>The model file answers for each picture as it does anywhere, and what is computed here layer by layer is compared with its answer.
 *
 * <p>Any number of threads may share it. What a picture takes outside the heap is freed before a method returns. Closing frees the rest, after
 * what is under way.
 */
public final class Explainer implements AutoCloseable {

    /** By how much two engines' results may differ, as a share of the largest number, before an explanation is of something else. */
    private static final double TOLERANCE = 1e-3;

    /** How many pictures with covered places lie in memory at once. */
    private static final int PICTURES_AT_ONCE = 16;

    private final Manifest manifest;
    private final Network network;
    private final NetworkSummary summary;
    private final Weights weights;
    private final Decoder decoder;
    private final LayerProbe probe;
    private final LayerChoice choice;
    private final Scores scores;
    private final Optional<String> output;
    private final String where;
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private Optional<List<LayerWeights>> filters = Optional.empty();
    private boolean closed;

    private Explainer(Bundle bundle, ModelParts parts, Decoder decoder, String where) {
        this.manifest = bundle.manifest();
        this.network = parts.network().forPrediction();
        this.summary = Inference.of(network);
        this.weights = parts.weights();
        this.decoder = decoder;
        this.where = where;
        this.choice = new LayerChoice(network, summary, where);
        this.scores = new Scores(manifest.task(), network, weights, where);
        this.output = output();
        this.probe = new LayerProbe(network, weights);
    }

    /** The votes of neighbours may turn on the last digit and are counts: what counts here is what they are searched by, which old files do not give. */
    private Optional<String> output() {
        boolean votes = !scores.result().equals(scores.answer());
        if (votes) return manifest.featureOutput().map(ModelOutput::name);
        return Optional.of(manifest.task().result());
    }

    /**
     * Loads a model file, replays its golden pictures, and lets libtorch use every processor.
     *
     * @throws Problem if the file is damaged or does not describe its network, or a golden picture comes out otherwise than when it was made
     */
    public static Explainer load(Path file) {
        return of(Bundle.open(file), PredictionOptions.DEFAULT, file.toString());
    }

    /**
     * Loads a model that is in memory already.
     *
     * @param options how it answers; their threads are libtorch's too, for the whole process
     * @param where   what problems name
     * @throws Problem as {@link #load}
     */
    public static Explainer of(Bundle bundle, PredictionOptions options, String where) {
        ModelParts parts = BundleImport.read(bundle, where);
        boolean automatic = options.threads() == PredictionOptions.AUTOMATIC;
        Libtorch.useThreads(automatic ? Runtime.getRuntime().availableProcessors() : options.threads());
        Decoder decoder = Decoder.of(bundle, options);
        try {
            return new Explainer(bundle, parts, decoder, where);
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    /** Returns what the model is. */
    public Manifest manifest() {
        return manifest;
    }

    /** Returns its layers with shapes and costs. */
    public NetworkSummary layers() {
        return summary;
    }

    /**
     * Returns the squares to cover.
     *
     * @param size   of a side; empty for a seventh of a picture's longer side
     * @param stride from one to the next; empty for half a side
     */
    public OcclusionSettings squares(Optional<Integer> size, Optional<Integer> stride) {
        Preprocessing preprocessing = manifest.preprocessing();
        OcclusionSettings usual = size.map(OcclusionSettings::withSize)
                .orElseGet(() -> OcclusionSettings.forPicture(preprocessing.height(), preprocessing.width()));
        return new OcclusionSettings(usual.size(), stride.orElse(usual.stride()));
    }

    /** Returns the weights of every layer that has some, in the order of the network; drawn when they are first asked for. */
    public List<LayerWeights> filters() {
        synchronized (this) {
            if (filters.isEmpty()) filters = Optional.of(new FilterPictures(network, summary, weights).all());
            return filters.get();
        }
    }

    /**
     * Prepares a picture file and lets the model answer for it.
     *
     * @throws Problem if it cannot be read or is no picture
     */
    public PreparedPicture prepare(Path picture) {
        return whileOpen(() -> prepared(
                PictureDecoder.decode(picture, manifest.preprocessing().colorMode()),
                picture.toString(),
                () -> decoder.answer(picture)));
    }

    /**
     * Prepares the bytes of a picture file and lets the model answer for it.
     *
     * @param name what problems call the picture
     * @throws Problem if they are no picture, or what is computed layer by layer is not what the model answers
     */
    public PreparedPicture prepare(byte[] file, String name) {
        return whileOpen(() -> prepared(
                PictureDecoder.decode(file, name, manifest.preprocessing().colorMode()),
                name,
                () -> decoder.answer(file, name)));
    }

    private PreparedPicture prepared(Pixels decoded, String name, Supplier<Answer> answer) {
        Preprocessing preprocessing = manifest.preprocessing();
        Pixels pixels = preprocessing.prepare(decoded);
        float[] input = new float[pixels.values().length];
        preprocessing.normalise(pixels, input, 0);
        checkSame(input, name);
        return new PreparedPicture(
                name, pixels, input, preprocessing.placement(decoded.height(), decoded.width()), answer.get());
    }

    private void checkSame(float[] input, String picture) {
        if (output.isEmpty()) return;
        float[] expected = answered(input, 1);
        float[] found = probe.values(input, 1, scores.result());
        double largest = 1;
        for (float value : expected) largest = Math.max(largest, Math.abs(value));
        for (int i = 0; i < expected.length; i++) {
            // written so that what is no number is a difference
            if (Math.abs(expected[i] - found[i]) <= TOLERANCE * largest) continue;
            throw new Problem(
                    "Computed layer by layer, number " + i + " of \"" + output.get() + "\" is " + found[i]
                            + ", but the model answers " + expected[i] + ".",
                    where + ", picture " + picture,
                    "what is shown would not be what the model does: export it again with this version of Fovea");
        }
    }

    /** Returns what scores are computed from, [N, …] for pictures [N, C, H, W], by the model file where it gives it. */
    private float[] answered(float[] pictures, int count) {
        if (output.isEmpty()) return probe.values(pictures, count, scores.result());
        Shape shape = network.input();
        Tensor input = Tensor.floats(new int[] {count, shape.size(0), shape.size(1), shape.size(2)}, pictures);
        Model model = decoder.model();
        return model.run(Map.of(model.inputs().get(0).name(), input), List.of(output.get()))
                .get(output.get())
                .floats();
    }

    /**
     * Returns what every layer gives for a picture.
     *
     * @param maps which of the maps are drawn
     */
    public List<LayerActivation> activations(PreparedPicture picture, MapSettings maps) {
        return whileOpen(() -> {
            List<LayerActivation> all = new ArrayList<>();
            Iterator<SummaryTable.Row> rows = SummaryTable.rows(summary).iterator();
            probe.eachLayer(picture.input(), (node, values) -> all.add(activation(node, rows.next(), values, maps)));
            return List.copyOf(all);
        });
    }

    /** Returns the way of a picture through all layers, with every value kept. */
    public Passage passage(PreparedPicture picture, MapSettings maps) {
        return whileOpen(() -> {
            List<LayerActivation> all = new ArrayList<>();
            Map<String, float[]> values = new HashMap<>();
            values.put(Network.INPUT, picture.input());
            Iterator<SummaryTable.Row> rows = SummaryTable.rows(summary).iterator();
            probe.eachLayer(picture.input(), (node, found) -> {
                values.put(node.name(), found);
                all.add(activation(node, rows.next(), found, maps));
            });
            return new Passage(picture, layers(values), all, choice);
        });
    }

    private LayerValues layers(Map<String, float[]> values) {
        return new LayerValues(network, summary, weights, values, choice.place());
    }

    private LayerActivation activation(Node node, SummaryTable.Row row, float[] values, MapSettings maps) {
        return new LayerActivation(
                row.layer(),
                row.kind(),
                row.settings(),
                node.inputs(),
                row.output(),
                row.parameters(),
                row.macs(),
                Statistics.of(values),
                LayerSheet.of(values, summary.layer(node.name()).output(), maps));
    }

    /**
     * Returns the places of a picture that speak for a class, by the gradient of its logit; of a target, those that raise or lower its value; of a
     * class of pixels, those that speak for the pixels that are taken for it; of a model that decides by neighbours, those that bring it nearer to
     * the class's nearest reference than to any other's.
     *
     * @param className class or target; empty for the one that the model answers with, or the first target
     * @param layer     whose maps are weighed; empty for the last convolution's, with what follows it at its size
     * @throws Problem if a name is unknown, the layer has no maps or does not lead to the answer, or the task has neither classes nor targets
     */
    public Heatmap gradCam(PreparedPicture picture, Optional<String> className, Optional<String> layer) {
        return whileOpen(() -> {
            Score score = score(picture, className);
            String weighed = layer.map(name -> choice.weighed(name, scores.result()))
                    .orElseGet(() -> choice.weighed(scores.result()))
                    .name();
            LayerProbe.Sensitivity sensitivity =
                    probe.sensitivity(picture.input(), weighed, scores.result(), score::gradient);
            Shape maps = summary.layer(weighed).output();
            float[] heat = GradCam.of(sensitivity, maps, score.isSigned());
            checkFinite(heat, picture);
            return new Heatmap(
                    Heatmap.Method.GRAD_CAM,
                    score.name(),
                    score.value(sensitivity.result()),
                    score.meaning(),
                    Optional.of(weighed),
                    Optional.empty(),
                    maps.size(1),
                    maps.size(2),
                    heat,
                    HeatDrawing.over(picture.pixels(), heat, maps.size(1), maps.size(2)));
        });
    }

    /**
     * Returns by how much less certain a class becomes when places of a picture are covered; of a target, by how much its value falls.
     *
     * <p>Cost: a pass through the network for each square.
     *
     * @param className class or target; empty for the one that the model answers with, or the first target
     * @throws Problem if the name is unknown, or the task has neither classes nor targets
     */
    public Heatmap occlusion(PreparedPicture picture, Optional<String> className, OcclusionSettings settings) {
        return whileOpen(() -> {
            Score score = score(picture, className);
            Occlusion occlusion = new Occlusion(picture.pixels(), picture.input(), settings);
            double whole = score.certainty(answered(picture.input(), 1));
            float[] drops =
                    occlusion.drops(whole, PICTURES_AT_ONCE, (covered, count) -> certainties(score, covered, count));
            checkFinite(drops, picture);
            Heatmap.Windows windows = occlusion.windows();
            Pixels pixels = picture.pixels();
            return new Heatmap(
                    Heatmap.Method.OCCLUSION,
                    score.name(),
                    whole,
                    score.certaintyMeaning(),
                    Optional.empty(),
                    Optional.of(windows),
                    windows.tops().size(),
                    windows.lefts().size(),
                    drops,
                    HeatDrawing.over(pixels, occlusion.byPixel(drops), pixels.height(), pixels.width()));
        });
    }

    private double[] certainties(Score score, float[] covered, int count) {
        float[] results = answered(covered, count);
        int each = results.length / count;
        double[] certainties = new double[count];
        for (int i = 0; i < count; i++)
            certainties[i] = score.certainty(Arrays.copyOfRange(results, i * each, (i + 1) * each));
        return certainties;
    }

    /**
     * Returns how one value of a layer comes about.
     *
     * @param layer   empty for the last convolution
     * @param channel of its maps, or which of its features, from 0
     * @param x       column in the map, from 0; 0 of a feature
     * @param y       row in the map, from 0; 0 of a feature
     * @throws Problem if there is no such layer, channel or place, or the layer decides by neighbours
     */
    public ValueArithmetic arithmetic(PreparedPicture picture, Optional<String> layer, int channel, int x, int y) {
        return whileOpen(() -> {
            Node node = layer.map(choice::named)
                    .or(choice::lastConvolution)
                    .orElseThrow(() -> new Problem(
                            "The network has no convolution.", choice.place(), "name a layer with --layer"));
            Map<String, float[]> values = new HashMap<>();
            values.put(Network.INPUT, picture.input());
            probe.eachLayer(picture.input(), (each, found) -> values.put(each.name(), found));
            return new ValueFormula(layers(values), node, channel, x, y).arithmetic();
        });
    }

    /**
     * Explains a picture file.
     *
     * @throws Problem if it cannot be read, or what is asked for cannot be shown. Grad-CAM that was not asked for is left out where it makes no
     *     sense, and a remark says so
     */
    public Explanation explain(Path picture, ExplanationSettings settings) {
        return explain(prepare(picture), settings);
    }

    /** Explains a picture, likewise. */
    public Explanation explain(PreparedPicture picture, ExplanationSettings settings) {
        List<String> remarks = new ArrayList<>();
        Optional<ValueArithmetic> arithmetic = settings.place()
                .map(place -> arithmetic(picture, settings.layer(), place.channel(), place.x(), place.y()));
        Optional<Heatmap> gradCam = gradCam(picture, settings, remarks);
        Optional<Heatmap> occlusion =
                settings.occlusion().map(squares -> occlusion(picture, settings.className(), squares));
        List<LayerActivation> layers = activations(picture, settings.maps());
        return new Explanation(
                manifest.name(),
                manifest.task().word(),
                picture.name(),
                Arrays.stream(network.input().sizes()).boxed().toList(),
                picture.placement(),
                picture.answer().words(),
                picture.answer().json(settings.top()),
                layers,
                filters(),
                gradCam,
                occlusion,
                arithmetic,
                remarks,
                picture.pixels());
    }

    private Optional<Heatmap> gradCam(PreparedPicture picture, ExplanationSettings settings, List<String> remarks) {
        // the layer of a value may be one without places
        boolean asked = settings.className().isPresent()
                || settings.layer().isPresent() && settings.place().isEmpty();
        try {
            return Optional.of(gradCam(picture, settings.className(), settings.layer()));
        } catch (Problem senseless) {
            if (asked) throw senseless;
            remarks.add("No Grad-CAM: " + senseless.what());
            return Optional.empty();
        }
    }

    private Score score(PreparedPicture picture, Optional<String> className) {
        return scores.of(className, probe.values(picture.input(), 1, scores.answer()));
    }

    private void checkFinite(float[] heat, PreparedPicture picture) {
        for (float value : heat) {
            if (Float.isFinite(value)) continue;
            throw new Problem(
                    "The network gives something that is not a number for this picture.",
                    where + ", picture " + picture.name(),
                    "its training has diverged: train the model again with a lower learning rate");
        }
    }

    /** Computes while nobody closes. */
    private <T> T whileOpen(Supplier<T> computation) {
        Lock use = lifetime.readLock();
        use.lock();
        try {
            if (closed) throw new IllegalStateException("The explainer of \"" + manifest.name() + "\" is closed");
            return computation.get();
        } finally {
            use.unlock();
        }
    }

    /** Frees native memory, after what is under way; closing again does nothing. */
    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            probe.close();
            decoder.close();
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
