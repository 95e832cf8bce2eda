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

    /** Of values from 0 to 1; Caffe's scale of 1/256 in the place of 1/255 makes it a little more than 1. */
    private static final double LARGEST_STD = 2;

    private Preparations() {}

    /**
     * Looks at numbers that are chosen.
     *
     * @throws Problem if they are of bytes, from 0 to 255
     */
    static void check(AdoptionSettings settings) {
        for (double mean : settings.mean()) {
            if (!(mean >= 0 && mean <= 1)) throw outOfRange("mean", mean);
        }
        for (double std : settings.std()) {
            if (!(std > 0 && std <= LARGEST_STD)) throw outOfRange("std", std);
        }
    }

    private static Problem outOfRange(String option, double value) {
        return new Problem(
                "Pictures are numbers from 0 to 1 when mean and std are applied, and the " + option + " " + value
                        + " is not of such numbers.",
                "--" + option,
                "divide mean and std that are of bytes by 255");
    }

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
        float[] mean = new float[channels];
        float[] std = new float[channels];
        Arrays.fill(mean, usualMean);
        Arrays.fill(std, usualStd);
        Preprocessing usual = new Preprocessing(height, width, AdoptionSettings.colors(channels), usualMode, mean, std);
        return of(settings, usual, where);
    }

    /** Returns the preparation that is chosen, else what is usual, but for the margin. */
    static Preprocessing of(AdoptionSettings settings, Preprocessing usual, String where) {
        int channels = usual.channels();
        for (List<Double> numbers : List.of(settings.mean(), settings.std())) {
            if (numbers.size() > 1 && numbers.size() != channels)
                throw new Problem(
                        "The network sees " + channels + " channels, and " + numbers.size() + " numbers are given.",
                        where,
                        "give --mean and --std one number for all channels, or one for each");
        }
        try {
            return new Preprocessing(
                    usual.height(),
                    usual.width(),
                    usual.colorMode(),
                    settings.resizeMode().orElse(usual.resizeMode()),
                    settings.cropMargin().orElse(0),
                    AdoptionSettings.numbers(settings.mean(), usual.mean()),
                    AdoptionSettings.numbers(settings.std(), usual.std()));
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
