package io.fovea.adopt;

import io.fovea.image.ColorMode;
import io.fovea.image.ResizeMode;
import io.fovea.weights.ChannelOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a project does not say itself. Whatever it says goes before; what neither says is as usual.
 *
 * @param labels       a file of class names, one a line in the order of the outputs
 * @param height       of the network's input, where its file leaves it free
 * @param width        likewise
 * @param resizeMode   how pictures of other proportions are made to fit; empty: squash
 * @param cropMargin   how much larger a picture is scaled before its middle is cut out; empty: 0
 * @param mean         subtracted from each channel, in units of 0 … 1; empty: 0
 * @param std          each channel is divided by it after that; empty: 1
 * @param channelOrder in which the network sees the channels; empty: red first
 * @param output       the name of the output that tells the classes, where there are several
 */
public record AdoptionSettings(
        Optional<Path> labels,
        Optional<Integer> height,
        Optional<Integer> width,
        Optional<ResizeMode> resizeMode,
        Optional<Integer> cropMargin,
        List<Double> mean,
        List<Double> std,
        Optional<ChannelOrder> channelOrder,
        Optional<String> output) {

    /** Nothing but what the project says. */
    public static final AdoptionSettings NONE = new AdoptionSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    /** Copies. */
    public AdoptionSettings {
        Objects.requireNonNull(labels, "labels");
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** Returns these with another list of class names. */
    public AdoptionSettings withLabels(Optional<Path> file) {
        return new AdoptionSettings(file, height, width, resizeMode, cropMargin, mean, std, channelOrder, output);
    }

    /** Returns the channels' numbers: those chosen, one for all where one is chosen, else {@code usual}. */
    static float[] numbers(List<Double> chosen, float[] usual) {
        float[] numbers = new float[usual.length];
        for (int c = 0; c < numbers.length; c++)
            numbers[c] = chosen.isEmpty()
                    ? usual[c]
                    : chosen.get(chosen.size() == 1 ? 0 : c).floatValue();
        return numbers;
    }

    /** Returns the mode of colours of a number of channels. */
    static ColorMode colors(int channels) {
        return channels == 1 ? ColorMode.GREY : ColorMode.COLOR;
    }
}
