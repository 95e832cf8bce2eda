package io.fovea.cli;

import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is made small; what is not given stays as it was. */
final class LossOptions {

    /** A loss as it is named here, with its usual settings. */
    enum Name {
        /** For classes. */
        CROSS_ENTROPY(new Loss.CrossEntropy(0)),
        /** For numbers: mean of squares. */
        MSE(new Loss.MeanSquaredError()),
        /** For numbers: mean of distances. */
        L1(new Loss.MeanAbsoluteError()),
        /** For numbers: squares below a twentieth of the picture's side, distances above. */
        SMOOTH_L1(new Loss.SmoothL1(0.1));

        private final Loss loss;

        Name(Loss loss) {
            this.loss = loss;
        }
    }

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            description = "cross_entropy for classes; mse, l1 or smooth_l1 for numbers. Default: cross_entropy or"
                    + " smooth_l1, as the dataset is.")
    private Name name;

    @Option(
            names = "--label-smoothing",
            paramLabel = "F",
            description = "Share of a target that goes to the other classes.")
    private Double smoothing;

    @Option(
            names = "--class-weights",
            paramLabel = "W",
            split = ",",
            description = "How much a picture of each class counts: a number for each class, such as 1,2.5,1, or"
                    + " balanced, by the classes' numbers of pictures (of pixels, where pictures have masks), or"
                    + " softened: the square root of that.")
    private List<String> classWeights = List.of();

    /** Returns the loss over one chosen before. */
    Loss over(Loss before) {
        Loss loss = name == null || name.loss.getClass() == before.getClass() ? before : name.loss;
        if (smoothing == null && classWeights.isEmpty()) return loss;
        if (!(loss instanceof Loss.CrossEntropy(double usualSmoothing, ClassWeights usualWeights))) {
            throw new IllegalArgumentException("--label-smoothing and --class-weights are for cross_entropy");
        }
        return new Loss.CrossEntropy(
                smoothing == null ? usualSmoothing : smoothing, classWeights.isEmpty() ? usualWeights : weights());
    }

    /** Whether no option chooses a loss, so that the task may. */
    boolean areLeftOpen() {
        return name == null && smoothing == null && classWeights.isEmpty();
    }

    private ClassWeights weights() {
        if (classWeights.equals(List.of("balanced"))) return new ClassWeights.Balanced();
        if (classWeights.equals(List.of("softened"))) return new ClassWeights.Softened();
        List<Double> weights = new ArrayList<>();
        for (String weight : classWeights) {
            try {
                weights.add(Double.parseDouble(weight));
            } catch (NumberFormatException noNumber) {
                throw new IllegalArgumentException(
                        "--class-weights must be balanced, softened or numbers such as 1,2.5,1: " + weight, noNumber);
            }
        }
        return new ClassWeights.Given(weights);
    }
}
