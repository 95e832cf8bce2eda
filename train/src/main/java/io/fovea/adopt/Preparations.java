package io.fovea.adopt;

import io.fovea.codec.PictureDecoder;
import io.fovea.export.DrawnPictures;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How pictures are prepared for networks of others, and drawn pictures so prepared. */
final class Preparations {

    private Preparations() {}

    /**
     * Returns the preparation that is chosen, else what the project has.
     *
     * @param usualMean of every channel where none is chosen
     * @param usualStd  likewise
     * @throws Problem if something is out of range
     */
    static Preprocessing of(
            AdoptionSettings settings,
            int channels,
            int height,
            int width,
            ResizeMode usualMode,
            float usualMean,
            float usualStd,
            String where) {
        for (List<Double> numbers : List.of(settings.mean(), settings.std())) {
            if (numbers.size() > 1 && numbers.size() != channels)
                throw new Problem(
                        "The network sees " + channels + " channels, and " + numbers.size() + " numbers are given.",
                        where,
                        "give --mean and --std one number for all channels, or one for each");
        }
        try {
            return new Preprocessing(
                    height,
                    width,
                    AdoptionSettings.colors(channels),
                    settings.resizeMode().orElse(usualMode),
                    settings.cropMargin().orElse(0),
                    AdoptionSettings.numbers(settings.mean(), channels, usualMean),
                    AdoptionSettings.numbers(settings.std(), channels, usualStd));
        } catch (IllegalArgumentException outOfRange) {
            throw new Problem(outOfRange.getMessage() + ".", where, "choose a value in range", outOfRange);
        }
    }

    /** Returns the drawn pictures as a network takes them, [C, H, W] each. */
    static List<float[]> drawn(Preprocessing how) {
        List<float[]> tensors = new ArrayList<>();
        for (byte[] file : DrawnPictures.files(how.colorMode())) {
            Pixels prepared = how.prepare(PictureDecoder.decode(file, "a drawn picture", how.colorMode()));
            float[] tensor = new float[prepared.values().length];
            how.normalise(prepared, tensor, 0);
            tensors.add(tensor);
        }
        return tensors;
    }

    /** Returns it in words. */
    static String words(Preprocessing how) {
        return how.height() + "x" + how.width() + " "
                + how.colorMode().name().toLowerCase(Locale.ROOT) + ", "
                + how.resizeMode().name().toLowerCase(Locale.ROOT).replace('_', '-')
                + (how.cropMargin() > 0 ? " with a margin of " + how.cropMargin() : "") + ", mean "
                + Arrays.toString(how.mean()) + ", std " + Arrays.toString(how.std());
    }
}
