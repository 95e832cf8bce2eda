package io.fovea.cli;

import io.fovea.batch.Augmentation;
import io.fovea.batch.Order;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.learning.Learning;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Loss;
import io.fovea.optimize.Regularisation;
import io.fovea.problem.Problem;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import io.fovea.transfer.FeatureTransfer;
import io.fovea.transfer.Head;
import io.fovea.transfer.HeadGoal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the settings of a training mean for a head on features: variations become copies, class weights and balanced sampling weigh its loss, smoothing
 * smooths its targets, and a pull of weights to zero takes the place of one that is searched. Whatever else was chosen is refused.
 */
final class FeatureSettings {

    private final CommandSpec spec;
    private final TransferOptions transfer;
    private final TrainingOptions options;
    private final Dataset dataset;
    private final TrainingSettings chosen;

    FeatureSettings(
            CommandSpec spec,
            TransferOptions transfer,
            TrainingOptions options,
            Dataset dataset,
            TrainingSettings chosen) {
        this.spec = spec;
        this.transfer = transfer;
        this.options = options;
        this.dataset = dataset;
        this.chosen = chosen;
    }

    /** Returns what is done that was not said; mostly nothing. */
    List<String> remarks() {
        if (copies() == 0 || transfer.copies().isPresent()) return List.of();
        return List.of("The head learns from " + copies()
                + " augmented copies of every training picture too; --copies N chooses another number.");
    }

    /**
     * Returns the settings of the transfer.
     *
     * @throws Situation.IdleOption if an option changes nothing
     * @throws Problem if the file of settings holds one that changes nothing
     */
    FeatureTransfer.Settings settings() {
        if (copies() > 0 && augmentation().equals(Augmentation.NONE)) TrainSituations.ALIKE.refuse(spec);
        if (chosen.pictures().sampling() != Order.BALANCED) TrainSituations.UNBALANCED.refuse(spec);
        refuseIdleInFile();
        Augmentation varied = copies() == 0 ? Augmentation.NONE : augmentation();
        return new FeatureTransfer.Settings(transfer.head(), copies(), varied, goal(), chosen.seed());
    }

    private Augmentation augmentation() {
        return chosen.pictures().augmentation();
    }

    private Learning learning() {
        return Learning.of(dataset.task());
    }

    private boolean hasClasses() {
        return !dataset.classNames().isEmpty();
    }

    private int copies() {
        return transfer.copies().orElseGet(() -> isVaried() ? TransferOptions.USUAL_COPIES : 0);
    }

    private boolean isVaried() {
        return !augmentation().equals(Augmentation.NONE)
                && !learning().movesTruth()
                && !(transfer.head() instanceof Head.NearestNeighbours);
    }

    private HeadGoal goal() {
        double l2 = chosen.step().regularisation().l2();
        OptionalDouble decay = options.givesL2() || l2 > 0 ? OptionalDouble.of(l2) : OptionalDouble.empty();
        if (!(chosen.loss() instanceof Loss.CrossEntropy loss) || !hasClasses()) {
            return new HeadGoal(0, List.of(), decay);
        }
        return new HeadGoal(loss.smoothing(), weights(loss.classWeights()), decay);
    }

    /** A class that is drawn as often as any other counts as much in the mean. */
    private List<Double> weights(ClassWeights given) {
        boolean balanced = chosen.pictures().sampling() == Order.BALANCED;
        if (balanced && !(given instanceof ClassWeights.Equal)) {
            throw new IllegalArgumentException(
                    "--sampling balanced and --class-weights both weigh the classes of a head on features: leave one"
                            + " out");
        }
        int[] counts = new int[dataset.classNames().size()];
        for (int i = 0; i < dataset.count(Split.TRAINING); i++) counts[dataset.label(Split.TRAINING, i)]++;
        ClassWeights counted = (balanced ? new ClassWeights.Balanced() : given).counted(counts);
        return counted instanceof ClassWeights.Given numbers ? numbers.weights() : List.of();
    }

    /** Options were refused before: what is left comes from the file. */
    private void refuseIdleInFile() {
        if (options.file().isEmpty()) return;
        TrainingSettings usual = TrainingSettings.defaults(chosen.seed());
        TrainingSettings idle = chosen.withAugmentation(Augmentation.NONE)
                .withRegularisation(
                        new Regularisation(chosen.step().regularisation().l1(), 0))
                .withComputation(usual.computation());
        boolean counts = !(transfer.head() instanceof Head.NearestNeighbours) && hasClasses();
        if (counts && chosen.pictures().sampling() == Order.BALANCED) idle = idle.withSampling(Order.SHUFFLED);
        if (counts && chosen.loss() instanceof Loss.CrossEntropy) idle = idle.withLoss(usual.loss());
        if (!hasClasses() && chosen.loss().equals(learning().usualLoss())) idle = idle.withLoss(usual.loss());
        Set<String> expected = new HashSet<>(lines(usual));
        List<String> others = new ArrayList<>(lines(idle));
        others.removeIf(expected::contains);
        if (others.isEmpty()) return;
        throw new Problem(
                "Settings of the file change nothing with --transfer features: "
                        + others.stream().map(String::strip).collect(Collectors.joining("; ")) + ".",
                options.file().get().toString(),
                "take them out of the file, or let the network learn in epochs with --transfer head, last:N or all");
    }

    private static List<String> lines(TrainingSettings settings) {
        return SettingsYaml.write(settings).lines().toList();
    }
}
