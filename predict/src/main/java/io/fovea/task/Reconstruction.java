package io.fovea.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The picture itself, as it would be without noise: values 0 … 1 of every pixel and channel, in the order of the picture's channels.
 *
 * <p>Source: Vincent et al. 2008, "Extracting and composing robust features with denoising autoencoders".
 */
public record Reconstruction() implements Task {

    /** The task in a word. */
    public static final String WORD = "reconstruction";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public String noun() {
        return "channel";
    }

    @Override
    public String result() {
        return ModelOutput.PIXELS;
    }

    @Override
    public Optional<String> probabilities() {
        return Optional.empty();
    }

    @Override
    public List<ModelOutput> outputs(List<Integer> shape) {
        return List.of(ModelOutput.floats(
                ModelOutput.PIXELS, shape, "the picture, 0 to 1; below and above are possible and are cut off"));
    }

    @Override
    public Optional<String> misfit(List<Integer> shape) {
        boolean fits = shape.size() == 3 && (shape.get(0) == 1 || shape.get(0) == 3);
        if (fits) return Optional.empty();
        return Optional.of(
                "A reconstruction ends with maps [N, C, H, W] of 1 or 3 channels, but this network ends with "
                        + ModelOutput.batch(shape)
                        + ".");
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public double scale(int index) {
        return 1;
    }

    @Override
    public String ending() {
        return "a convolution with as many channels as the picture has, in its size";
    }
}
