package io.fovea.weights;

import io.fovea.network.Catalogue;
import io.fovea.network.Layer;
import io.fovea.network.Network;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Brings a file's tensors into a network of the catalogue.
 *
 * <ul>
 *   <li>What stands before the names of the network (module, model …, {@link TensorSets}) and counters of batches are dropped.
 *   <li>The file's last layer says how many classes there are.
 *   <li>Batch norms that are folded into the convolutions before them are unfolded: weight 1, bias the convolution's, mean 0,
 *       variance 1 − epsilon, which is the same function.
 *   <li>TensorFlow's layouts are turned, also of the dense layer after a flatten; which of the two layouts the file has is told by its
 *       names, else by what fits better.
 *   <li>Where names say nothing, shapes and order do, if they allow only one way ({@link OrderMatch}).
 * </ul>
 *
 * <p>Keras' batch norm adds 0.001 to the variance, most networks of the catalogue 0.00001; a file does not say which was meant.
 */
public final class Fitting {

    private static final int ANY_OUTPUTS = 10;

    private Fitting() {}

    /**
     * Returns how the weights fit a network for pictures of shape {@code input}.
     *
     * @throws Problem if the name is unknown, or the pictures are too small for the network
     */
    public static Fit of(Weights file, String network, Shape input, ChannelOrder order) {
        return of(file, network, input, order, Optional.empty());
    }

    /**
     * Returns the same for the tensors whose names begin with {@code prefix}, if one is given; else they are found by what fits.
     *
     * @throws Problem if no name begins with it, too
     */
    public static Fit of(Weights file, String network, Shape input, ChannelOrder order, Optional<String> prefix) {
        return of(file, outputs -> Catalogue.network(network, input, outputs), order, prefix);
    }

    /** Returns how the weights fit a network that can be built for any number of outputs. */
    static Fit of(Weights file, IntFunction<Network> network, ChannelOrder order) {
        return of(file, network, order, Optional.empty());
    }

    private static Fit of(Weights file, IntFunction<Network> network, ChannelOrder order, Optional<String> prefix) {
        NetworkTensors placeholder = new NetworkTensors(network.apply(ANY_OUTPUTS));
        FileNames.Normalised names =
                FileNames.normalised(file, placeholder.shapes().keySet(), prefix);
        Attempt attempt = new Attempt(file, names, placeholder, network);
        Fit fit = attempt.in(FileNames.areTensorFlow(file) ? Layout.TENSORFLOW : Layout.USUAL);
        if (!fit.isComplete()) {
            Fit turned = attempt.in(Layout.TENSORFLOW);
            if (turned.isComplete()) fit = turned;
        }
        return switch (order) {
            case RGB -> fit;
            case BGR -> fit.isComplete() ? withReversedChannels(fit) : fit;
        };
    }

    /** Turns round the axis C of the first convolution [OC, C, KH, KW]. */
    private static Fit withReversedChannels(Fit fit) {
        String name = new NetworkTensors(fit.network())
                .firstConvolution()
                .map(node -> node.name() + ".weight")
                .orElse("");
        NamedTensor weight = fit.weights().tensor(name).orElse(null);
        if (weight == null || weight.shape()[1] != 3) {
            throw new Problem(
                    "The order of channels cannot be turned: the first layer reads no three channels.",
                    "network \"" + fit.network().name() + "\"",
                    "leave out --channel-order");
        }
        int area = weight.shape()[2] * weight.shape()[3];
        float[] values = weight.values().clone();
        for (int start = 0; start < values.length; start += 3 * area) {
            System.arraycopy(weight.values(), start, values, start + 2 * area, area);
            System.arraycopy(weight.values(), start + 2 * area, values, start, area);
        }
        List<NamedTensor> tensors = new ArrayList<>(fit.weights().tensors());
        tensors.replaceAll(tensor -> tensor == weight ? new NamedTensor(name, weight.shape(), values) : tensor);
        List<String> remarks = new ArrayList<>(fit.remarks());
        remarks.add("channels of " + name + " turned from blue, green, red");
        return new Fit(
                fit.network(),
                fit.outputs(),
                new Weights(tensors),
                fit.missing(),
                fit.leftOver(),
                fit.misshaped(),
                remarks);
    }

    private enum Layout {
        USUAL,
        TENSORFLOW
    }

    /** Fits tensors of one layout. */
    private record Attempt(
            Weights file, FileNames.Normalised names, NetworkTensors placeholder, IntFunction<Network> network) {

        Fit in(Layout layout) {
            List<NamedTensor> tensors = new ArrayList<>();
            names.inside().forEach((old, now) -> {
                NamedTensor tensor = file.tensor(old).orElseThrow();
                NamedTensor usual = layout == Layout.TENSORFLOW ? TensorFlowLayout.turned(tensor) : tensor;
                tensors.add(new NamedTensor(now, usual.shape(), usual.values()));
            });
            List<String> remarks = new ArrayList<>(names.remarks());
            Map<String, NamedTensor> named = byName(tensors, remarks);
            int outputs = outputs(named);
            NetworkTensors target = outputs == ANY_OUTPUTS ? placeholder : new NetworkTensors(network.apply(outputs));
            unfold(named, target, remarks);
            if (layout == Layout.TENSORFLOW) {
                turnAfterFlatten(named, target);
                remarks.add("axes turned from TensorFlow's order");
            }
            return result(named, names.outside(), target, outputs, remarks);
        }

        private Map<String, NamedTensor> byName(Collection<NamedTensor> tensors, List<String> remarks) {
            Map<String, NamedTensor> named = new LinkedHashMap<>();
            for (NamedTensor tensor : tensors) named.put(tensor.name(), tensor);
            // Batch norms may be folded away.
            boolean known = placeholder.layers().stream()
                    .filter(node -> !(node.layer() instanceof Layer.BatchNorm))
                    .allMatch(node -> named.containsKey(node.name() + ".weight"));
            if (known) return named;
            Optional<List<NamedTensor>> matched = OrderMatch.of(placeholder, tensors);
            if (matched.isEmpty()) return named;
            remarks.add("the file's names are not the network's: matched by shapes and order");
            named.clear();
            for (NamedTensor tensor : matched.get()) named.put(tensor.name(), tensor);
            return named;
        }

        /** Returns K as the file's last layer has it. */
        private int outputs(Map<String, NamedTensor> named) {
            NamedTensor last = named.get(placeholder.output().name() + ".weight");
            boolean sensible = last != null && last.shape().length > 0 && last.shape()[0] >= 2;
            return sensible ? last.shape()[0] : ANY_OUTPUTS;
        }

        private static void unfold(Map<String, NamedTensor> named, NetworkTensors target, List<String> remarks) {
            int count = 0;
            for (Node node : target.layers()) {
                Optional<Node> norm = target.normAfter(node);
                NamedTensor bias = named.get(node.name() + ".bias");
                if (norm.isEmpty()
                        || bias == null
                        || target.shapes().containsKey(bias.name())
                        || named.containsKey(norm.get().name() + ".weight")) {
                    continue;
                }
                named.remove(bias.name());
                double epsilon = ((Layer.BatchNorm) norm.get().layer()).epsilon();
                put(named, norm.get().name() + ".weight", bias.shape(), filled(bias.values().length, 1));
                put(named, norm.get().name() + ".bias", bias.shape(), bias.values());
                put(named, norm.get().name() + ".running_mean", bias.shape(), filled(bias.values().length, 0));
                put(named, norm.get().name() + ".running_var", bias.shape(), filled(bias.values().length, (float)
                        (1 - epsilon)));
                count++;
            }
            if (count > 0) remarks.add(count + " batch norms unfolded");
        }

        private static void put(Map<String, NamedTensor> named, String name, int[] shape, float[] values) {
            named.put(name, new NamedTensor(name, shape, values));
        }

        private static float[] filled(int count, float value) {
            float[] values = new float[count];
            Arrays.fill(values, value);
            return values;
        }

        private static void turnAfterFlatten(Map<String, NamedTensor> named, NetworkTensors target) {
            for (Node node : target.layers()) {
                String name = node.name() + ".weight";
                NamedTensor weight = named.get(name);
                if (!(node.layer() instanceof Layer.Dense) || weight == null) continue;
                target.flattened(node)
                        .filter(maps ->
                                Arrays.equals(weight.shape(), target.shapes().get(name)))
                        .ifPresent(maps -> named.put(name, TensorFlowLayout.afterFlatten(weight, maps)));
            }
        }

        private static Fit result(
                Map<String, NamedTensor> named,
                List<String> outside,
                NetworkTensors target,
                int outputs,
                List<String> remarks) {
            List<NamedTensor> fitted = new ArrayList<>();
            List<String> missing = new ArrayList<>();
            List<Fit.Misshaped> misshaped = new ArrayList<>();
            Set<String> used = target.used();
            for (Map.Entry<String, int[]> wanted : target.shapes().entrySet()) {
                String name = wanted.getKey();
                NamedTensor tensor = named.remove(name);
                if (tensor == null) {
                    // What only auxiliary outputs need may be missing: prediction does without them.
                    if (used.contains(name.substring(0, name.lastIndexOf('.')))) missing.add(name);
                } else if (!Arrays.equals(tensor.shape(), wanted.getValue())) {
                    misshaped.add(new Fit.Misshaped(name, wanted.getValue(), tensor.shape()));
                } else {
                    fitted.add(tensor);
                }
            }
            List<String> leftOver = new ArrayList<>(named.keySet());
            leftOver.addAll(outside);
            return new Fit(target.network(), outputs, new Weights(fitted), missing, leftOver, misshaped, remarks);
        }
    }
}
