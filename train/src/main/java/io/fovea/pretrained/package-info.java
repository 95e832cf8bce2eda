/**
 * Networks that others have trained: weights together with the preprocessing they were trained with, their class names and where they come from.
 *
 * <p>Main types: {@link io.fovea.pretrained.Pretrained} and {@link io.fovea.pretrained.PretrainedFolder} (what is kept), {@link
 * io.fovea.pretrained.WeightImport} (makes it of a file), {@link io.fovea.pretrained.PublicWeights} (what can be downloaded), {@link
 * io.fovea.pretrained.UsualPreprocessing} (where a file does not say).
 *
 * <p>Flow: address → file → {@code WeightImport} → {@code Pretrained} → folder of the workspace → transfer, or a model of its own classes.
 */
package io.fovea.pretrained;
