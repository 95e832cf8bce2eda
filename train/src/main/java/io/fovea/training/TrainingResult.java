package io.fovea.training;

import io.fovea.event.TrainingEvent;
import io.fovea.image.Preprocessing;
import io.fovea.network.Network;
import io.fovea.weights.Weights;
import java.util.Optional;

/**
 * What a run left.
 *
 * @param outcome         how it ended
 * @param network         what was trained
 * @param preprocessing   how pictures become its input
 * @param weights         of the best epoch by validation loss, or the last where there are no validation pictures; those it began with if
 *                        these were given and no epoch beats them
 * @param weightsEpoch    the epoch that the weights are of, from 1; 0 if none was finished or none beats the start
 * @param epochs          finished
 * @param start           how the weights that were given compare with what became of them; empty for drawn ones, and without validation
 *                        pictures
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
        Optional<StartComparison> start,
        double seconds,
        double imagesPerSecond) {}
