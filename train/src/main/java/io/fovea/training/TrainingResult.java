package io.fovea.training;

import io.fovea.image.Preprocessing;
import io.fovea.network.Network;
import io.fovea.weights.Weights;

/**
 * What a run left.
 *
 * @param outcome         how it ended
 * @param network         what was trained
 * @param preprocessing   how pictures become its input
 * @param weights         of the best epoch by validation loss, or the last where there are no validation pictures
 * @param weightsEpoch    the epoch that the weights are of, from 1; 0 if none was finished
 * @param epochs          finished
 * @param seconds         spent on training, all parts of the run together
 * @param imagesPerSecond training pictures per second of training
 */
public record TrainingResult(
        TrainingEvent.Outcome outcome,
        Network network,
        Preprocessing preprocessing,
        Weights weights,
        int weightsEpoch,
        int epochs,
        double seconds,
        double imagesPerSecond) {}
