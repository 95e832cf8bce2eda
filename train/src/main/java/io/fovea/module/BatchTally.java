package io.fovea.module;

/**
 * How a batch in training was judged.
 *
 * @param pictures N
 * @param loss     the mean over the batch, that of auxiliary outputs included by their weights; may be no number
 * @param weight   what the loss's sum was divided by: N, or the sum of the class weights
 * @param counts   what {@link io.fovea.optimize.Counting} counted
 */
public record BatchTally(int pictures, double loss, double weight, double[] counts) {}
