package io.fovea.cluster;

import io.fovea.predict.Scoring;
import java.util.List;

/** What tests ask to be scored, as the command does. */
final class ExampleScoring {

    /** Whoever does not listen. */
    static final Scoring.Listener NOBODY = new Scoring.Listener() {
        @Override
        public void remark(String line) {}

        @Override
        public void progress(long done, long all) {}
    };

    private static final Scoring.Names NAMES =
            new Scoring.Names(name -> name.endsWith(".png") || name.endsWith(".jpg"), name -> name.startsWith("."));

    private ExampleScoring() {}

    /** Returns an order for one word of pictures. */
    static Scoring.Order order(String on, String model, String pictures, String out) {
        return new Scoring.Order(on, model, List.of(pictures), NAMES, out, 1);
    }
}
