package io.fovea.module;

import io.fovea.optimize.Counting;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Targets;

/**
 * What a batch's outputs should be, and how they are judged.
 *
 * @param loss     with its class weights in numbers
 * @param targets  of as many pictures as the batch has
 * @param counting what is counted beside the loss
 */
public record Objective(Loss loss, Targets targets, Counting counting) {}
