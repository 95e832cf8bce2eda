package io.fovea.predict;

import java.util.Map;
import java.util.Optional;

/**
 * How far a picture is from those that the model learned from.
 *
 * <p>Beyond the threshold the picture is unlike anything it learned from: its answer is a guess about something it does not know, however
 * sure it looks. The manifest says how many familiar pictures the threshold gives up.
 *
 * @param distance  in the model's own unit, 0 and more; NaN counts as unfamiliar
 * @param threshold the largest distance of a familiar picture
 */
public record Unfamiliarity(double distance, double threshold) {

    private static final String UNLIKE = " - unlike anything it learned from";

    /** Rounding may leave a square of nothing below 0. */
    static Unfamiliarity of(float squaredDistance, double threshold) {
        return new Unfamiliarity(Math.sqrt(Math.max(0, squaredDistance)), threshold);
    }

    /** Returns whether the picture is like those that the model learned from. */
    public boolean familiar() {
        return distance <= threshold;
    }

    /** Returns what follows an answer about a picture; nothing if it is familiar, or the model cannot tell. */
    static String after(Optional<Unfamiliarity> unfamiliarity) {
        return unfamiliarity.filter(each -> !each.familiar()).isPresent() ? UNLIKE : "";
    }

    /** Adds fields about a picture, if the model can tell. */
    static void put(Optional<Unfamiliarity> unfamiliarity, Map<String, Object> json) {
        unfamiliarity.ifPresent(each -> {
            json.put("familiar", each.familiar());
            json.put("distance", each.distance());
            json.put("threshold", each.threshold());
        });
    }
}
