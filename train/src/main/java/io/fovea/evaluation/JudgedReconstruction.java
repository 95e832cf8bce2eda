package io.fovea.evaluation;

/**
 * How near a picture came to what it was.
 *
 * @param position the picture's place in the split
 * @param source   its file
 * @param before   the peak signal-to-noise ratio of the picture as it was shown, in decibel
 * @param after    of what came back, likewise
 */
public record JudgedReconstruction(int position, String source, double before, double after) {}
