package io.fovea.quantize;

import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import io.fovea.task.Task;
import io.fovea.weights.FoldedNetwork;
import io.fovea.weights.NamedTensor;
import io.fovea.weights.QuantizedTensor;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes a trained network one of whole numbers, by pictures that show which values occur in it. A pure function: the same network, weights
 * and pictures give the same file on the same kind of processor.
 *
 * <p>Source: Jacob et al. 2018, arXiv:1712.05877; Krishnamoorthi 2018, arXiv:1806.08342; Nagel et al. 2019, arXiv:1906.04721, section 4.2 (correction of
 * biases).
 */
public final class Quantizer {

    /** One of so many calibration pictures is held apart to measure on. */
    private static final int APART = 4;

    /** What is taken from whole numbers, 0 to 255, in files whose bytes have a sign. */
    private static final int SIGNED = 128;

    /** Where a ReLU6 cuts off, with room for rounding. */
    private static final double SIX = 6 * (1 + 1e-6);

    /** Of a scale that is made larger for a zero point: more would cost more than the zero point's rounding. */
    private static final double MOST_SETTLED = 1.01;

    private final FoldedNetwork folded;
    private final Steps steps;
    private final Task task;
    private final WeightRange weightRange;
    private final Map<String, String> metadata;
    private final int threads;
    private final Map<String, ActivationScale> scales = new LinkedHashMap<>();
    private final Map<String, String> rules = new LinkedHashMap<>();
    private final Map<String, QuantizedTensor> weights = new HashMap<>();
    private final Map<String, float[]> biases = new HashMap<>();

    private Quantizer(
            FoldedNetwork folded, Task task, WeightRange weightRange, Map<String, String> metadata, int threads) {
        this.folded = folded;
        this.steps = new Steps(folded.network());
        this.task = task;
        this.weightRange = weightRange;
        this.metadata = metadata;
        this.threads = threads;
    }

    /**
     * Returns the network in whole numbers.
     *
     * @param bound    what {@link OutputDifference} may be at most on pictures held apart; layers are given back to floats until it is
     * @param metadata goes into the file as it is
     * @param heard    hears how many pictures are done
     * @throws Problem if there are too few pictures, a weight is not finite, or the network searches neighbours
     */
    public static Quantization quantize(
            Network network,
            Weights weights,
            Task task,
            CalibrationPictures pictures,
            WeightRange weightRange,
            double bound,
            Map<String, String> metadata,
            PicturesDone heard,
            int threads) {
        check(network, weights, pictures.count());
        Quantizer quantizer = new Quantizer(ClippedFirst.of(network, weights), task, weightRange, metadata, threads);
        return quantizer.quantized(pictures, bound, heard);
    }

    /**
     * Checks what can be known before anything is computed.
     *
     * @param pictures how many there are
     * @throws Problem if there are too few pictures, a weight is not finite, or the network searches neighbours
     */
    public static void check(Network network, Weights weights, int pictures) {
        String where = "network \"" + network.name() + "\"";
        if (pictures < CalibrationPictures.LEAST) {
            throw new Problem(
                    "Whole numbers need at least " + CalibrationPictures.LEAST
                            + " pictures to find their ranges from, but there are " + pictures + ".",
                    where,
                    "give a dataset with more pictures in its training part; a hundred are enough");
        }
        if (network.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.NearestNeighbours)) {
            throw new Problem(
                    "The model decides by nearest neighbours, and is in whole numbers already.",
                    where,
                    "shrink a network that ends with a dense layer or a convolution");
        }
        for (NamedTensor tensor : weights.tensors()) {
            for (float value : tensor.values()) {
                if (Float.isFinite(value)) continue;
                throw new Problem(
                        "The weights hold a value that is not finite: " + value + ".",
                        where + ", tensor \"" + tensor.name() + "\"",
                        "train the network again with a lower learning rate");
            }
        }
    }

    private Quantization quantized(CalibrationPictures pictures, double bound, PicturesDone heard) {
        int[] ranging =
                IntStream.range(0, pictures.count()).filter(i -> i % APART != 0).toArray();
        int[] apart =
                IntStream.range(0, pictures.count()).filter(i -> i % APART == 0).toArray();
        Calibration calibration = Calibration.of(folded, steps, pictures, ranging, heard, threads);
        RangeChoice choice = new RangeChoice(folded, steps, calibration, threads);
        for (String result : steps.scaled()) {
            RangeChoice.Chosen chosen = choice.of(result);
            scales.put(result, chosen.scale());
            rules.put(
                    result,
                    chosen.rule().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        }
        shareScales();
        settleMeans();
        for (Step step : steps.weighted()) weigh(step, calibration);
        return bounded(new Apart(pictures, apart), bound);
    }

    /**
     * Gives what only a concatenation reads the scale of its result. So numbers are put next to each other as they are, and rounded once instead of
     * twice: XNNPACK's conversion between scales knows their quotient by eight bits only (docs/experiments.md).
     */
    private void shareScales() {
        for (Step step : steps.all().reversed()) {
            if (!(step.node().layer() instanceof Layer.Concat)) continue;
            ActivationScale shared = scales.get(step.result());
            for (String input : step.node().inputs()) {
                String result = steps.scaled(input);
                if (!steps.feedsOnly(result, step) || !cutsOffAlike(result, shared)) continue;
                scales.put(result, shared);
                rules.put(result, rules.get(step.result()));
            }
        }
    }

    /** Whether whole numbers of a scale end where a result is cut off, which nothing else does; never for the picture. */
    private boolean cutsOffAlike(String result, ActivationScale scale) {
        return steps.giving(result)
                .map(step -> step.clip()
                        .map(clip -> scale.zeroPoint() == 0
                                && (clip.layer().equals(Layer.Activation.RELU) || scale.high() <= SIX))
                        .orElse(true))
                .orElse(false);
    }

    /**
     * Makes scales of means a little larger, so that the zero point of what is averaged is a whole number in the means' scale too. TensorFlow Lite's
     * own computation adds it rounded, which moves all means alike by up to half a step (docs/experiments.md).
     */
    private void settleMeans() {
        for (Step step : steps.all()) {
            if (!Steps.isMean(step) || !scales.containsKey(step.result())) continue;
            ActivationScale read = scales.get(steps.scaled(step.node().inputs().getFirst()));
            ActivationScale given = scales.get(step.result());
            double zero = Math.abs(read.zeroPoint() - SIGNED) * (double) read.scale();
            double whole = Math.floor(zero / given.scale() * (1 + 1e-6));
            if (whole >= 1 && zero / whole <= given.scale() * MOST_SETTLED)
                scales.put(step.result(), new ActivationScale((float) (zero / whole), given.zeroPoint()));
        }
    }

    /** Puts a layer's weights into whole numbers, and its bias so that the mean of each output channel stays. */
    private void weigh(Step step, Calibration calibration) {
        String name = step.node().name();
        NamedTensor tensor = folded.weights().tensor(name + ".weight").orElseThrow();
        float[] bias = folded.weights()
                .tensor(name + ".bias")
                .map(each -> each.values().clone())
                .orElse(new float[0]);
        int outputs = tensor.shape()[0];
        int each = tensor.values().length / outputs;
        float input = scales.get(steps.scaled(step.node().inputs().getFirst())).scale();
        float[] weightScales = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            float largest = 0;
            for (int i = 0; i < each; i++) largest = Math.max(largest, Math.abs(tensor.values()[o * each + i]));
            float scale = largest / weightRange.largest();
            // a bias has 32 bits: where weights are next to nothing, they give way
            float least = bias.length == 0 ? 0 : Math.abs(bias[o]) / input / (1 << 30);
            scale = Math.max(scale, least);
            weightScales[o] = scale >= Float.MIN_NORMAL ? scale : 1;
        }
        QuantizedTensor whole = QuantizedTensor.quantize(tensor, 8, 0, weightScales);
        weights.put(name, whole);
        if (bias.length == 0) return;
        double[] means = calibration.means(step.node().inputs().getFirst());
        int channels = step.node().layer() instanceof Layer.Convolution ? tensor.shape()[1] : each;
        int window = each / channels;
        int groups = step.node().layer() instanceof Layer.Convolution c ? c.groups() : 1;
        for (int o = 0; o < outputs; o++) {
            double lost = 0;
            int first = o / (outputs / groups) * channels;
            for (int i = 0; i < each; i++) {
                int at = o * each + i;
                double off = tensor.values()[at] - (double) whole.values()[at] * weightScales[o];
                lost += off * means[first + i / window];
            }
            bias[o] += (float) lost;
        }
        biases.put(name, bias);
    }

    private byte[] file(Set<String> floats) {
        return new QuantizedWriter(folded, steps, scales, weights, biases, withAnswer(floats)).write(task, metadata);
    }

    /** Adds the layer that gives the answer: in whole numbers several answers would be equal, the likeliest among them, and what is out of range cut off. */
    private Set<String> withAnswer(Set<String> floats) {
        Set<String> all = new LinkedHashSet<>(floats);
        steps.answering().ifPresent(step -> all.add(step.node().name()));
        return all;
    }

    /** Gives layers back to floats, those first whose whole numbers change the answers most, until the bound holds. */
    private Quantization bounded(Apart apart, double bound) {
        byte[] onnx = file(Set.of());
        double first = apart.difference(onnx);
        double difference = first;
        Set<String> floats = new LinkedHashSet<>();
        List<Step> weighted = steps.weighted();
        if (difference > bound) {
            Map<String, Double> costs = new HashMap<>();
            Set<String> all = new LinkedHashSet<>(
                    weighted.stream().map(step -> step.node().name()).toList());
            for (String name : all) {
                Set<String> others = new LinkedHashSet<>(all);
                others.remove(name);
                costs.put(name, apart.difference(file(others)));
            }
            List<String> dearest = new ArrayList<>(all);
            dearest.sort(
                    Comparator.comparingDouble((String name) -> costs.get(name)).reversed());
            for (String name : dearest) {
                if (difference <= bound) break;
                floats.add(name);
                onnx = file(floats);
                difference = apart.difference(onnx);
            }
        }
        List<String> kept = weighted.stream()
                .map(step -> step.node().name())
                .filter(floats::contains)
                .toList();
        WholeNumbers numbers = new WholeNumbers(scales, weights, biases, withAnswer(floats));
        return new Quantization(onnx, folded, numbers, weightRange, rules, kept, weighted.size(), difference, first);
    }

    /** Pictures that no range was found from, with what the network gives for them in floats. */
    private final class Apart {

        private final List<float[]> pictures = new ArrayList<>();
        private final List<float[]> exact = new ArrayList<>();
        private final Shape result;
        private final long[] axes;

        Apart(CalibrationPictures all, int[] positions) {
            String last = folded.network().nodes().getLast().name();
            result = steps.shape(last);
            Shape shape = folded.network().input();
            axes = new long[] {1, shape.size(0), shape.size(1), shape.size(2)};
            try (GraphRun run =
                    new GraphRun(FloatGraph.whole(folded, steps, List.of(last)), threads, GraphRun.Optimization.ALL)) {
                for (int position : positions) {
                    float[] picture = all.picture(position);
                    pictures.add(picture);
                    exact.add(run.run(picture, axes, List.of(FloatGraph.name(last)))
                            .get(FloatGraph.name(last)));
                }
            }
        }

        double difference(byte[] onnx) {
            OutputDifference difference = new OutputDifference(task, result);
            // this processor might cut off sums of weights of 8 bits, where the one that the file is for does not
            GraphRun.Optimization optimization =
                    weightRange == WeightRange.EIGHT_BITS ? GraphRun.Optimization.NONE : GraphRun.Optimization.ALL;
            try (GraphRun run = new GraphRun(onnx, threads, optimization)) {
                for (int i = 0; i < pictures.size(); i++)
                    difference.add(
                            exact.get(i),
                            run.run(pictures.get(i), axes, List.of(task.result()))
                                    .get(task.result()));
            }
            return difference.value();
        }
    }
}
