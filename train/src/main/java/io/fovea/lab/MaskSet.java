package io.fovea.lab;

import io.fovea.result.DataJson;

/** Pictures with masks that a lab learns from. */
public enum MaskSet {
    /** 11 classes of things in streets, from a car. */
    CAMVID,
    /** Membranes of cells under the electron microscope. */
    MEMBRANE;

    /** Returns what is learned of them and how. */
    Recipe recipe() {
        return Recipe.named(DataJson.word(this));
    }
}
