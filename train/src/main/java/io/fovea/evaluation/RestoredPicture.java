package io.fovea.evaluation;

import io.fovea.image.Pixels;

/**
 * A reconstructed picture that is kept to be shown.
 *
 * @param judged how near it came
 * @param shown  as the network saw it
 * @param answer as it came back
 * @param truth  as it is
 */
record RestoredPicture(JudgedReconstruction judged, Pixels shown, Pixels answer, Pixels truth) {}
