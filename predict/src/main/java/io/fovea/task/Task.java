package io.fovea.task;

import io.fovea.image.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model answers about a picture. Immutable; threads may share it.
 *
 * <p>Symbols: K names along the first axis of the network's result, H and W its height and width where it is a map.
 */
public sealed interface Task permits Classification, Regression, Segmentation, Reconstruction {

    /** Returns the task of telling one of these classes, for whoever only makes it and never asks which it is. */
    static Task ofClasses(List<String> names) {
        return new Classification(names);
    }

    /** Returns the task of telling these numbers, likewise. */
    static Task ofTargets(List<Target> targets) {
        return new Regression(targets);
    }

    /** Returns the task in a word, as files and commands write it: {@code classification}. */
    String word();

    /** Returns what the network's result holds along its first axis, in order: class names, or names of targets; empty where nothing has a name. */
    List<String> names();

    /** Returns what one of {@link #names} is, for sentences: {@code class}, {@code target}. */
    String noun();

    /** Returns the name of the output that is the network's result as it is: {@code logits}, {@code values}, {@code pixels}. */
    String result();

    /** Returns the name of the output with the softmax of the result along its first axis; empty where the task has none. */
    Optional<String> probabilities();

    /**
     * Returns what every model of the task answers with, {@link #result} first.
     *
     * @param shape of the network's result for one picture: [K], or [K, H, W]
     */
    List<ModelOutput> outputs(List<Integer> shape);

    /**
     * Returns why a network's result cannot be this answer, as a sentence; empty if it can.
     *
     * @param shape of the result for one picture
     */
    Optional<String> misfit(List<Integer> shape);

    /**
     * Returns by how much an answer changes where the network's result changes by 1: the scale of a target; 1 where the answer is the result.
     *
     * @param index of {@link #names}, or of a channel
     */
    double scale(int index);

    /** Returns what the network's file says of the task beside its word, for programs that read nothing else; keys and texts. */
    Map<String, String> metadata();

    /** Returns what a network for this task ends with, for advice: {@code a dense layer with 10 outputs}. */
    String ending();
}
