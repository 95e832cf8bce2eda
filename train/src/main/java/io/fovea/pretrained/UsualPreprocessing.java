package io.fovea.pretrained;

import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How pictures usually become the input of a network's published weights.
 *
 * <p>Colour: RGB / 255, mean 0.485 0.456 0.406, std 0.229 0.224 0.225 (those of ImageNet, which most weights also for other pictures
 * were trained with); GoogLeNet of torchvision and networks of TensorFlow: RGB / 127.5 − 1. Pictures of 128 pixels and more are scaled so that the shorter side is 8/7 of the input (256 for 224), and the
 * middle is cut out. Grey: value / 255.
 */
public final class UsualPreprocessing {

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] STD = {0.229f, 0.224f, 0.225f};
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};

    /** torchvision's GoogLeNet turns ImageNet's mean and std into these within the network ("transform_input"). */
    private static final Set<String> FROM_MINUS_ONE_TO_ONE = Set.of("googlenet", "mobilenet_v2_same");

    private static final int SMALLEST_WITH_MARGIN = 128;

    private UsualPreprocessing() {}

    /** Returns what is usual for the size that the network was made for. */
    public static Preprocessing of(CatalogueEntry network) {
        return of(network, network.defaultInput());
    }

    /** Returns what is usual for pictures of another shape, [C, H, W] with C 1 or 3. */
    public static Preprocessing of(CatalogueEntry network, Shape input) {
        int height = input.size(1);
        int width = input.size(2);
        int smaller = Math.min(height, width);
        int margin = smaller < SMALLEST_WITH_MARGIN ? 0 : Math.round(smaller / 7f);
        boolean symmetric = FROM_MINUS_ONE_TO_ONE.contains(network.name());
        return switch (input.size(0)) {
            case 3 ->
                new Preprocessing(
                        height,
                        width,
                        ColorMode.COLOR,
                        ResizeMode.CROP,
                        margin,
                        symmetric ? HALF : MEAN,
                        symmetric ? HALF : STD);
            case 1 ->
                new Preprocessing(
                        height, width, ColorMode.GREY, ResizeMode.CROP, margin, new float[1], new float[] {1});
            default -> throw new IllegalArgumentException("Pictures have 1 or 3 channels: " + input);
        };
    }

    /**
     * Returns the same with what was chosen in its place.
     *
     * @param mean one for all channels or one for each; as usual if there is none
     * @param std  likewise
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Preprocessing of(
            CatalogueEntry network, Shape input, Optional<Integer> cropMargin, List<Double> mean, List<Double> std) {
        Preprocessing usual = of(network, input);
        return new Preprocessing(
                usual.height(),
                usual.width(),
                usual.colorMode(),
                ResizeMode.CROP,
                cropMargin.orElse(usual.cropMargin()),
                values(mean, usual.mean()),
                values(std, usual.std()));
    }

    private static float[] values(List<Double> given, float[] usual) {
        if (given.isEmpty()) return usual;
        float[] values = new float[given.size() == 1 ? usual.length : given.size()];
        for (int i = 0; i < values.length; i++)
            values[i] = given.get(given.size() == 1 ? 0 : i).floatValue();
        return values;
    }
}
