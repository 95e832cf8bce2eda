package io.fovea.learning;

import io.fovea.dataset.Dataset;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.List;
import java.util.function.Supplier;

/**
 * What holds of classes whether a picture has one or each of its pixels.
 *
 * @param names K names in label order
 */
record Classes(List<String> names) {

    /**
     * Returns the loss with its class weights counted.
     *
     * @param counts gives the training pictures, or pixels, of each class
     * @throws Problem if the loss is for numbers, or has not one weight for each class
     */
    Loss checked(Loss loss, Dataset dataset, Supplier<int[]> counts) {
        String where = "dataset \"" + dataset.name() + "\"";
        if (!(loss instanceof Loss.CrossEntropy entropy)) {
            throw new Problem(
                    "The loss is for numbers, but the dataset has classes.",
                    where + ", setting loss",
                    "choose the loss crossEntropy");
        }
        if (entropy.classWeights() instanceof ClassWeights.Given given
                && given.weights().size() != names.size()) {
            throw new Problem(
                    "There are " + given.weights().size() + " class weights but " + names.size() + " classes.",
                    where + ", setting classWeights",
                    "give a weight for each of " + String.join(", ", names));
        }
        return loss.counted(counts.get());
    }

    /**
     * Returns the label of each of a dataset's classes, matched by name: it may have them in another order, or only some of them.
     *
     * @throws Problem if it has one that is not among these
     */
    int[] labels(Dataset dataset) {
        return dataset.classNames().stream()
                .mapToInt(name -> {
                    int label = names.indexOf(name);
                    if (label >= 0) return label;
                    throw new Problem(
                            "The model does not know the class \"" + name + "\".",
                            "dataset \"" + dataset.name() + "\"",
                            Nearest.suggestion(name, names));
                })
                .toArray();
    }
}
