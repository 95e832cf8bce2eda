package io.fovea.network;

import java.util.Locale;

/** The word for a layer, the same in YAML, tables and messages, and the start of the name it gets where none is given. */
record LayerKind(String word, String prefix) {

    static LayerKind of(Layer layer) {
        return switch (layer) {
            case Layer.Convolution _ -> new LayerKind("convolution", "conv");
            case Layer.MaxPooling _ -> new LayerKind("max-pooling", "pool");
            case Layer.AveragePooling _ -> new LayerKind("average-pooling", "pool");
            case Layer.AdaptiveAveragePooling _ -> new LayerKind("adaptive-average-pooling", "pool");
            case Layer.GlobalAveragePooling _ -> new LayerKind("global-average-pooling", "pool");
            case Layer.GlobalMaxPooling _ -> new LayerKind("global-max-pooling", "pool");
            case Layer.Dense _ -> new LayerKind("dense", "dense");
            case Layer.Activation activation -> ofFunction(activation.function());
            case Layer.Dropout _ -> new LayerKind("dropout", "dropout");
            case Layer.BatchNorm _ -> new LayerKind("batch-norm", "norm");
            case Layer.LocalResponseNorm _ -> new LayerKind("local-response-norm", "norm");
            case Layer.Scale _ -> new LayerKind("scale", "scale");
            case Layer.Flatten _ -> new LayerKind("flatten", "flatten");
            case Layer.Add _ -> new LayerKind("add", "add");
            case Layer.Multiply _ -> new LayerKind("multiply", "multiply");
            case Layer.Upsample _ -> new LayerKind("upsample", "upsample");
            case Layer.Concat _ -> new LayerKind("concat", "concat");
            case Layer.IdentityShortcut _ -> new LayerKind("identity-shortcut", "shortcut");
            case Layer.NearestNeighbours _ -> new LayerKind("nearest-neighbours", "neighbours");
            case Layer.Softmax _ -> new LayerKind("softmax", "softmax");
        };
    }

    private static LayerKind ofFunction(ActivationFunction function) {
        String name = function.name().toLowerCase(Locale.ROOT);
        return new LayerKind(name.replace('_', '-'), name.replace("_", ""));
    }
}
