/**
 * Learning from few pictures with weights that many pictures have taught: a pretrained backbone gets a new head.
 *
 * <p>Flow: pretrained weights + dataset → backbone run once per picture → features [N, D], kept on disk → head trained on them → one network
 * of backbone and head → evaluation → bundle. Or: backbone with a new head → fine-tuning by {@code training}, some layers frozen.
 */
package io.fovea.transfer;
