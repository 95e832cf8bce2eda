package io.fovea.lab;

import io.fovea.dataset.Dataset;
import java.util.List;

/**
 * The digits that a lab learns from, and whose they are.
 *
 * @param dataset open, to be closed by whoever asked for it
 * @param origin  real or drawn
 * @param remarks what a person must know of them: that they are not those that were expected, and how to get these
 */
record Digits(Dataset dataset, Origin origin, List<String> remarks) {

    /** Who wrote the digits. */
    enum Origin {
        /** People: MNIST. */
        MNIST("mnist"),
        /** Fovea. */
        GENERATED("generated"),
        /** Nobody: clothes in the form of digits. */
        FASHION("fashion-mnist");

        private final String word;

        Origin(String word) {
            this.word = word;
        }

        /** Returns how datasets, models and results of these digits are named. */
        String word() {
            return word;
        }
    }

    /** Copies the list. */
    Digits {
        remarks = List.copyOf(remarks);
    }
}
