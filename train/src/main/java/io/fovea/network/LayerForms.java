package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Interpolation;
import io.fovea.network.Layer.Rounding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every kind of layer a network file can hold, in the order of its documentation. */
final class LayerForms {

    private static final LayerSetting BIAS =
            new LayerSetting("bias", "true or false", "true", "whether a trained constant is added to each output");
    private static final LayerSetting OUTPUTS =
            new LayerSetting("outputs", "whole number", "", "how many values (dense) or maps (convolution) it gives");
    private static final List<LayerSetting> POOLING = List.of(
            new LayerSetting("kernel", "whole number", "", "height and width of the window"),
            new LayerSetting(
                    "stride",
                    "whole number",
                    "kernel",
                    "steps from window to window; as large as the window if left out"),
            new LayerSetting(
                    "padding", "whole number", "0", "rows and columns added all round, at most half the kernel"),
            new LayerSetting(
                    "rounding",
                    "floor or ceiling",
                    "floor",
                    "whether a last window that reaches over the edge is left out or kept"));

    private static final Map<String, LayerForm> FORMS = byWord(forms());

    private LayerForms() {}

    /** Returns all forms by their word. */
    static Map<String, LayerForm> byWord() {
        return FORMS;
    }

    private static List<LayerForm> forms() {
        List<LayerForm> forms = new ArrayList<>();
        forms.add(new LayerForm(
                "convolution",
                "Slides trained windows over the maps; each gives one map.",
                List.of(
                        OUTPUTS,
                        new LayerSetting("kernel", "whole number or [height, width]", "", "size of the window"),
                        new LayerSetting("stride", "whole number", "1", "steps from window to window"),
                        new LayerSetting(
                                "padding",
                                "whole number or {top, bottom, left, right}",
                                "0",
                                "rows and columns of zeros added around each map"),
                        new LayerSetting("dilation", "whole number", "1", "distance between the values a window reads"),
                        new LayerSetting(
                                "groups",
                                "whole number",
                                "1",
                                "parts of the channels that are convolved apart; as many as channels: depthwise"),
                        BIAS),
                LayerForms::convolution));
        forms.add(new LayerForm(
                "max-pooling",
                "Keeps the largest value of each window.",
                POOLING,
                settings -> new Layer.MaxPooling(
                        settings.integer("kernel"),
                        settings.integer("stride", settings.integer("kernel")),
                        settings.integer("padding", 0),
                        rounding(settings))));
        forms.add(new LayerForm(
                "average-pooling",
                "Keeps the mean of each window; padding counts as zeros.",
                POOLING,
                settings -> new Layer.AveragePooling(
                        settings.integer("kernel"),
                        settings.integer("stride", settings.integer("kernel")),
                        settings.integer("padding", 0),
                        rounding(settings))));
        forms.add(new LayerForm(
                "adaptive-average-pooling",
                "Divides maps of any size into windows and keeps the mean of each.",
                List.of(new LayerSetting(
                        "size",
                        "whole number or [height, width]",
                        "",
                        "rows and columns of windows, as of the output")),
                LayerForms::adaptivePooling));
        forms.add(plain("global-max-pooling", "Keeps the largest value of each map.", new Layer.GlobalMaxPooling()));
        forms.add(plain("global-average-pooling", "Keeps the mean of each map.", new Layer.GlobalAveragePooling()));
        forms.add(new LayerForm(
                "dense",
                "Every output is a weighted sum of every input.",
                List.of(OUTPUTS, BIAS),
                settings -> new Layer.Dense(settings.integer("outputs"), bias(settings))));
        for (ActivationFunction function : ActivationFunction.values()) forms.add(activation(function));
        forms.add(new LayerForm(
                "dropout",
                "In training sets values to zero at random; in prediction does nothing.",
                List.of(new LayerSetting(
                        "rate", "number from 0 up to, not including, 1", "0.5", "how many, as a share")),
                settings -> new Layer.Dropout(settings.number("rate", 0.5))));
        forms.add(new LayerForm(
                "batch-norm",
                "Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it by trained"
                        + " numbers.",
                List.of(
                        new LayerSetting("epsilon", "number above 0", "1.0e-5", "added to the variance"),
                        new LayerSetting(
                                "momentum",
                                "number above 0, at most 1",
                                "0.1",
                                "share of each batch in the running statistics")),
                settings -> new Layer.BatchNorm(settings.number("epsilon", 1e-5), settings.number("momentum", 0.1))));
        forms.add(new LayerForm(
                "local-response-norm",
                "Divides each value by the size of its neighbours in the channels around it.",
                List.of(
                        new LayerSetting("size", "odd whole number", "5", "how many channels, its own in the middle"),
                        new LayerSetting("alpha", "number", "1.0e-4", "weight of the mean of squares"),
                        new LayerSetting("beta", "number", "0.75", "exponent"),
                        new LayerSetting("k", "number", "1", "added to the mean of squares")),
                settings -> new Layer.LocalResponseNorm(
                        settings.integer("size", 5),
                        settings.number("alpha", 1e-4),
                        settings.number("beta", 0.75),
                        settings.number("k", 1))));
        forms.add(new LayerForm(
                "scale",
                "Multiplies every value by a constant.",
                List.of(new LayerSetting("factor", "number", "", "the constant")),
                settings -> new Layer.Scale(settings.number("factor"))));
        forms.add(plain(
                "flatten",
                "Lays all values of a picture in one row; between maps and dense layers.",
                new Layer.Flatten()));
        forms.add(plain("add", "Sums two or more inputs of one shape.", new Layer.Add()));
        forms.add(plain(
                "multiply",
                "Multiplies two inputs of one shape, or every map by the one pixel of its gate.",
                new Layer.Multiply()));
        forms.add(new LayerForm(
                "upsample",
                "Makes maps larger.",
                List.of(
                        new LayerSetting("factor", "whole number", "", "how many times as high and wide"),
                        new LayerSetting(
                                "interpolation",
                                "bilinear or nearest",
                                "bilinear",
                                "whether values between are weighted means, or every value is repeated")),
                settings -> new Layer.Upsample(settings.integer("factor"), interpolation(settings))));
        forms.add(plain("concat", "Joins the channels of two or more inputs.", new Layer.Concat()));
        forms.add(new LayerForm(
                "identity-shortcut",
                "Every stride-th row and column, with maps of zeros before and after; leads past convolutions that"
                        + " change the shape.",
                List.of(
                        new LayerSetting("outputs", "whole number", "", "how many maps it gives, zeros included"),
                        new LayerSetting("stride", "whole number", "1", "steps from row to row and column to column")),
                settings -> new Layer.IdentityShortcut(settings.integer("stride", 1), settings.integer("outputs"))));
        forms.add(new LayerForm(
                "nearest-neighbours",
                "Lets the nearest of its references vote for their labels; not trained.",
                List.of(
                        new LayerSetting("k", "whole number", "", "how many references vote"),
                        new LayerSetting("references", "whole number", "", "how many examples it holds"),
                        new LayerSetting("outputs", "whole number", "", "how many labels there are")),
                settings -> new Layer.NearestNeighbours(
                        settings.integer("k"), settings.integer("references"), settings.integer("outputs"))));
        forms.add(plain(
                "softmax",
                "Turns logits into probabilities, of maps at every place; only as the last layer, and may be left out.",
                new Layer.Softmax()));
        return forms;
    }

    private static LayerForm activation(ActivationFunction function) {
        String meaning =
                switch (function) {
                    case RELU -> "max(0, x).";
                    case RELU6 -> "min(max(0, x), 6).";
                    case LEAKY_RELU -> "x for x ≥ 0, else 0.01·x.";
                    case ELU -> "x for x ≥ 0, else exp(x) − 1.";
                    case SIGMOID -> "1 / (1 + exp(−x)).";
                    case TANH -> "tanh(x).";
                    case GELU -> "x·Φ(x) with the normal distribution function Φ.";
                    case SILU -> "x · sigmoid(x), also called swish.";
                    case SOFTPLUS -> "ln(1 + exp(x)).";
                };
        Layer layer = new Layer.Activation(function);
        return plain(LayerKind.of(layer).word(), meaning, layer);
    }

    private static LayerForm plain(String word, String meaning, Layer layer) {
        return new LayerForm(word, meaning, List.of(), _ -> layer);
    }

    private static Layer convolution(YamlSettings settings) {
        int[] kernel = settings.integerOrPair("kernel");
        return new Layer.Convolution(
                settings.integer("outputs"),
                kernel[0],
                kernel[1],
                settings.integer("stride", 1),
                settings.padding("padding"),
                settings.integer("dilation", 1),
                settings.integer("groups", 1),
                bias(settings));
    }

    private static Layer adaptivePooling(YamlSettings settings) {
        int[] size = settings.integerOrPair("size");
        return new Layer.AdaptiveAveragePooling(size[0], size[1]);
    }

    private static Bias bias(YamlSettings settings) {
        return settings.choice("bias", Map.of("true", Bias.WITH, "false", Bias.WITHOUT), Bias.WITH);
    }

    private static Rounding rounding(YamlSettings settings) {
        return settings.choice("rounding", words(Rounding.values()), Rounding.FLOOR);
    }

    private static Interpolation interpolation(YamlSettings settings) {
        return settings.choice("interpolation", words(Interpolation.values()), Interpolation.BILINEAR);
    }

    private static <E extends Enum<E>> Map<String, E> words(E[] values) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) words.put(value.name().toLowerCase(Locale.ROOT), value);
        return words;
    }

    private static Map<String, LayerForm> byWord(List<LayerForm> forms) {
        Map<String, LayerForm> map = new LinkedHashMap<>();
        for (LayerForm form : forms) map.put(form.word(), form);
        return Collections.unmodifiableMap(map);
    }
}
