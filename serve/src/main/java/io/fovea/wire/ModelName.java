package io.fovea.wire;

import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelRepository;

/**
 * A name in an address of a protocol: {@code pets} takes pictures, {@code pets-tensor} the network's own input. A model whose own name ends so
 * is meant by it.
 *
 * @param name of the model in the repository
 * @param view what it takes
 */
public record ModelName(String name, View view) {

    private static final String TENSOR = "-tensor";

    /** What a model takes. */
    public enum View {
        /** Pictures, as files. */
        PICTURE,
        /** What the network takes. */
        TENSOR
    }

    /** Reads a name. */
    public static ModelName of(String word, ModelRepository repository) {
        boolean isTensor = word.endsWith(TENSOR) && !repository.names().contains(word);
        return isTensor
                ? new ModelName(word.substring(0, word.length() - TENSOR.length()), View.TENSOR)
                : new ModelName(word, View.PICTURE);
    }

    /** Returns the name of a view. */
    public static String of(ModelView view) {
        return switch (view) {
            case PictureView picture -> picture.model().name();
            case TensorView tensor -> tensor.model().name() + TENSOR;
        };
    }

    /** Returns the view of a model. */
    public ModelView of(LoadedModel model) {
        return switch (view) {
            case PICTURE -> new PictureView(model);
            case TENSOR -> new TensorView(model);
        };
    }
}
