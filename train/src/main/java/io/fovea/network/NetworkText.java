package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Rounding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes networks and layers in the form that {@link NetworkYaml} reads. */
final class NetworkText {

    private static final Set<String> WORDS_WITH_A_MEANING =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private NetworkText() {}

    static String of(Network network) {
        NetworkBuilder names = new NetworkBuilder(network.name(), network.input());
        StringBuilder text = new StringBuilder();
        text.append("name: ").append(word(network.name())).append('\n');
        String sizes = IntStream.of(network.input().sizes())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        text.append("input: [").append(sizes).append("]\nlayers:\n");
        for (Node node : network.nodes()) {
            Map<String, String> settings = new LinkedHashMap<>();
            if (!node.name().equals(names.nextName(node.layer()))) settings.put("name", word(node.name()));
            settings.putAll(settings(node.layer()));
            if (!node.inputs().equals(List.of(names.last()))) settings.put("inputs", words(node.inputs()));
            names.then(node.name(), node.layer(), node.inputs());
            String kind = LayerKind.of(node.layer()).word();
            text.append("  - ")
                    .append(settings.isEmpty() ? kind : kind + ": {" + joined(settings) + "}")
                    .append('\n');
        }
        if (!network.auxiliaries().isEmpty()) text.append("auxiliaries:\n");
        for (AuxiliaryOutput auxiliary : network.auxiliaries()) {
            text.append("  - {layer: ")
                    .append(word(auxiliary.node()))
                    .append(", weight: ")
                    .append(number(auxiliary.lossWeight()))
                    .append("}\n");
        }
        return text.toString();
    }

    /** Returns settings as {@code key: value, key: value}. */
    static String joined(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Returns the settings of a layer that differ from their defaults, as written in a file. */
    static Map<String, String> settings(Layer layer) {
        Map<String, String> all = new LinkedHashMap<>();
        switch (layer) {
            case Layer.Convolution convolution -> {
                all.put("outputs", Integer.toString(convolution.outputChannels()));
                all.put("kernel", kernel(convolution.kernelHeight(), convolution.kernelWidth()));
                all.put("stride", Integer.toString(convolution.stride()));
                all.put("padding", padding(convolution.padding()));
                all.put("dilation", Integer.toString(convolution.dilation()));
                all.put("groups", Integer.toString(convolution.groups()));
                all.put("bias", bias(convolution.bias()));
            }
            case Layer.MaxPooling pooling ->
                pooling(all, pooling.kernelSize(), pooling.stride(), pooling.padding(), pooling.rounding());
            case Layer.AveragePooling pooling ->
                pooling(all, pooling.kernelSize(), pooling.stride(), pooling.padding(), pooling.rounding());
            case Layer.Dense dense -> {
                all.put("outputs", Integer.toString(dense.outputs()));
                all.put("bias", bias(dense.bias()));
            }
            case Layer.Dropout dropout -> all.put("rate", number(dropout.rate()));
            case Layer.BatchNorm norm -> {
                all.put("epsilon", number(norm.epsilon()));
                all.put("momentum", number(norm.momentum()));
            }
            case Layer.LocalResponseNorm norm -> {
                all.put("size", Integer.toString(norm.size()));
                all.put("alpha", number(norm.alpha()));
                all.put("beta", number(norm.beta()));
                all.put("k", number(norm.k()));
            }
            case Layer.Scale scale -> all.put("factor", number(scale.factor()));
            case Layer.AdaptiveAveragePooling pooling -> all.put("size", kernel(pooling.height(), pooling.width()));
            case Layer.IdentityShortcut shortcut -> {
                all.put("outputs", Integer.toString(shortcut.outputChannels()));
                all.put("stride", Integer.toString(shortcut.stride()));
            }
            case Layer.NearestNeighbours neighbours -> {
                all.put("k", Integer.toString(neighbours.k()));
                all.put("references", Integer.toString(neighbours.references()));
                all.put("outputs", Integer.toString(neighbours.outputs()));
            }
            case Layer.GlobalAveragePooling _, Layer.GlobalMaxPooling _, Layer.Activation _, Layer.Flatten _ -> {}
            case Layer.Upsample upsample -> {
                all.put("factor", Integer.toString(upsample.factor()));
                all.put("interpolation", upsample.interpolation().name().toLowerCase(Locale.ROOT));
            }
            case Layer.Add _, Layer.Multiply _, Layer.Concat _, Layer.Softmax _ -> {}
        }
        LayerForm form = LayerForms.byWord().get(LayerKind.of(layer).word());
        for (LayerSetting setting : form.settings()) all.remove(setting.key(), setting.defaultValue());
        return all;
    }

    private static void pooling(Map<String, String> all, int kernelSize, int stride, int padding, Rounding rounding) {
        all.put("kernel", Integer.toString(kernelSize));
        if (stride != kernelSize) all.put("stride", Integer.toString(stride));
        all.put("padding", Integer.toString(padding));
        all.put("rounding", rounding.name().toLowerCase(Locale.ROOT));
    }

    private static String kernel(int height, int width) {
        return height == width ? Integer.toString(height) : "[" + height + ", " + width + "]";
    }

    private static String padding(Padding padding) {
        if (padding.equals(Padding.all(padding.top()))) return Integer.toString(padding.top());
        Map<String, String> sides = new LinkedHashMap<>();
        sides.put("top", Integer.toString(padding.top()));
        sides.put("bottom", Integer.toString(padding.bottom()));
        sides.put("left", Integer.toString(padding.left()));
        sides.put("right", Integer.toString(padding.right()));
        sides.values().removeIf("0"::equals);
        return "{" + joined(sides) + "}";
    }

    private static String bias(Bias bias) {
        return Boolean.toString(bias == Bias.WITH);
    }

    /** A dot in every number with an exponent, which YAML 1.1 readers take for a word without one; none in whole numbers. */
    private static String number(double value) {
        String text = Double.toString(value).replace('E', 'e');
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String words(List<String> names) {
        if (names.size() == 1) return word(names.getFirst());
        return names.stream().map(NetworkText::word).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String word(String text) {
        boolean plain = text.matches("[A-Za-z_][A-Za-z0-9_.-]*")
                && !WORDS_WITH_A_MEANING.contains(text.toLowerCase(Locale.ROOT));
        if (plain) return text;
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (c < ' ' || c > '~') quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            else quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
