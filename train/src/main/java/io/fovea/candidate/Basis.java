package io.fovea.candidate;

import io.fovea.statistic.LinearHead;

/**
 * What all candidates of a generation have in common. Nobody changes it while it is judged on.
 *
 * @param kernels  of which a candidate replaces a part
 * @param head     that judges, on their maps
 * @param pictures that it judges on, of the training split
 */
public record Basis(Kernels kernels, LinearHead head, LabelledPictures pictures) {}
