package io.fovea.predict;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PictureDecoder;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import io.fovea.task.ModelOutput;
import io.fovea.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Takes every golden picture through every stage and compares: a difference is found where it arises, not where it shows.
 *
 * <p>Decoding, resizing and normalising must agree to the bit; outputs as far as {@link
 * io.fovea.bundle.Manifest#allowedDifference} says, as processors sum in different orders.
 */
public final class Replay {

    private final Manifest manifest;
    private final Function<GoldenPicture, byte[]> contents;
    private final OnnxModel model;
    private final Normaliser normaliser;
    private final String where;

    Replay(
            Manifest manifest,
            Function<GoldenPicture, byte[]> contents,
            OnnxModel model,
            Normaliser normaliser,
            String where) {
        this.manifest = manifest;
        this.contents = contents;
        this.model = model;
        this.normaliser = normaliser;
        this.where = where;
    }

    /**
     * Loads a bundle, replays all its golden pictures, and closes it.
     *
     * @throws Problem if it does not run here, or a golden picture comes out otherwise
     */
    public static ReplayReport of(Bundle bundle, PredictionOptions options) {
        try (Model model = Model.of(bundle, options.withVerification(Verification.REPLAY))) {
            return model.replay().orElseThrow();
        }
    }

    /**
     * Replays all golden pictures.
     *
     * @throws Problem that names the picture and the first stage that differs
     */
    ReplayReport run() {
        double largest = 0;
        try (Lane lane = model.lane(1, List.of(manifest.result()))) {
            for (GoldenPicture picture : manifest.golden()) largest = Math.max(largest, difference(picture, lane));
        }
        return new ReplayReport(manifest.golden().size(), largest);
    }

    private double difference(GoldenPicture golden, Lane lane) {
        Preprocessing preprocessing = manifest.preprocessing();
        Pixels decoded = decoded(golden, preprocessing);
        compare(golden, "decode", expected(golden.decodedShape(), golden.decodedSha256()), described(decoded));

        Pixels resized = preprocessing.prepare(decoded);
        int[] size = {preprocessing.height(), preprocessing.width(), preprocessing.channels()};
        compare(golden, "resize", expected(size, golden.resizedSha256()), described(resized));

        normaliser.write(resized, lane.input(), 0);
        float[] tensor = new float[lane.input().capacity()];
        lane.input().get(0, tensor);
        compare(golden, "normalise", golden.tensorSha256(), GoldenPicture.checksum(tensor));

        model.run(lane);
        return compare(golden, lane);
    }

    private Pixels decoded(GoldenPicture golden, Preprocessing preprocessing) {
        try {
            return PictureDecoder.decode(contents.apply(golden), golden.file(), preprocessing.colorMode());
        } catch (Problem problem) {
            throw differs(
                    golden, "decode", "a picture of shape " + Arrays.toString(golden.decodedShape()), problem.what());
        }
    }

    private void compare(GoldenPicture golden, String stage, String expected, String found) {
        if (!expected.equals(found)) throw differs(golden, stage, expected, found);
    }

    private double compare(GoldenPicture golden, Lane lane) {
        double allowed = manifest.allowedDifference(golden);
        double largest = 0;
        for (int i = 0; i < golden.logits().length; i++) {
            float expected = golden.logits()[i];
            float found = lane.number(0, 0, i * golden.stride());
            double difference = Math.abs((double) expected - found);
            // Written so that NaN, which compares with nothing, is a difference; and infinity is, which would allow
            // any.
            if (!(difference <= allowed && allowed < Double.POSITIVE_INFINITY)) {
                throw differs(
                        golden,
                        "network",
                        place(i * golden.stride()) + " " + expected + " within " + (float) allowed,
                        found + " (a difference of " + difference + ")");
            }
            largest = Math.max(largest, difference);
        }
        return largest;
    }

    /** Returns which of a result's numbers one is, for people. */
    private String place(int index) {
        Task task = manifest.task();
        List<String> names = task.names();
        ModelOutput result = manifest.result();
        int each = result.count() / result.shape().get(0);
        String number = "number " + index + " of \"" + task.result() + "\"";
        return names.isEmpty() ? number : number + " (" + task.noun() + " \"" + names.get(index / each) + "\")";
    }

    private static String expected(int[] shape, String checksum) {
        return Arrays.toString(shape) + " with SHA-256 " + checksum;
    }

    private static String described(Pixels picture) {
        return expected(GoldenPicture.shape(picture), GoldenPicture.checksum(picture));
    }

    private Problem differs(GoldenPicture golden, String stage, String expected, String found) {
        return new Problem(
                "Golden picture \"" + golden.file() + "\" differs at the stage \"" + stage + "\": expected " + expected
                        + ", found " + found,
                where,
                "predictions here would not be those that were measured: use Fovea "
                        + manifest.provenance().foveaVersion()
                        + ", which wrote the model, or export it again with this version");
    }
}
