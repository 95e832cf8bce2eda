/**
 * Networks in whole numbers: weights of one byte, values between layers of one byte, sums in 32 bits; found after training, by pictures.
 *
 * <p>Main types: {@link io.fovea.quantize.Quantizer} (network, weights and pictures → a file in whole numbers),
 * {@link io.fovea.quantize.WholeNumbers} (what any form of such a file is written from), {@link io.fovea.quantize.WeightRange}, {@link io.fovea.quantize.OutputDifference} (how far its answers are from those before).
 *
 * <p>Flow: batch norms are folded → pictures pass through in floats, and histograms count what occurs → a range for each result, chosen by what its
 * readers lose → weights and biases → a file → layers that cost too much go back to floats.
 */
package io.fovea.quantize;
