package io.fovea.choice;

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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the settings of a training mean for a head on features: variations become copies, class weights and balanced sampling weigh its loss, smoothing
 * smooths its targets, and a pull of weights to zero takes the place of one that is searched. Whatever else was chosen is refused.
 *
 * @param head    the kind of head
 * @param copies  how many copies of each training picture, if it was said
 * @param dataset that is learned
 * @param chosen  the settings of a training
 * @param decay   the pull of weights to zero, if one was chosen, perhaps 0
 * @param where   the settings stand, for messages
 */
public record HeadChoice(
        Head head,
        Optional<Integer> copies,
        Dataset dataset,
        TrainingSettings chosen,
        OptionalDouble decay,
        String where) {

    /** As the labs take. */
    public static final int USUAL_COPIES = 3;

    /** Returns what is done that was not said; mostly nothing. */
    public List<String> notes() {
        if (number() == 0 || copies.isPresent()) return List.of();
        return List.of("The head learns from " + number()
                + " augmented copies of every training picture too; --copies N chooses another number.");
    }

    /**
     * Returns the settings of the transfer.
     *
     * @throws Problem if one that is chosen changes nothing
     */
    public FeatureTransfer.Settings settings() {
        if (areAlike()) {
            throw new Problem(
                    "Copies of the training pictures are asked for, but all would be alike.",
                    where,
                    "say how they differ, for example by a flip, or leave the copies out");
        }
        refuseIdle();
        Augmentation varied = number() == 0 ? Augmentation.NONE : augmentation();
        return new FeatureTransfer.Settings(head, number(), varied, goal(), chosen.seed());
    }

    /** Whether copies are asked for that nothing varies. */
    public boolean areAlike() {
        return number() > 0 && augmentation().equals(Augmentation.NONE);
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

    /** Returns how many copies of each training picture there are. */
    public int number() {
        return copies.orElseGet(() -> isVaried() ? USUAL_COPIES : 0);
    }

    private boolean isVaried() {
        return !augmentation().equals(Augmentation.NONE)
                && !learning().movesTruth()
                && !(head instanceof Head.NearestNeighbours);
    }

    private HeadGoal goal() {
        if (!(chosen.loss() instanceof Loss.CrossEntropy loss) || !hasClasses())
            return new HeadGoal(0, List.of(), decay);
        return new HeadGoal(loss.smoothing(), weights(loss.classWeights()), decay);
    }

    /** A class that is drawn as often as any other counts as much in the mean. */
    private List<Double> weights(ClassWeights given) {
        boolean balanced = chosen.pictures().sampling() == Order.BALANCED;
        if (balanced && !(given instanceof ClassWeights.Equal)) {
            throw new Problem(
                    "--sampling balanced and --class-weights both weigh the classes of a head on features.",
                    where,
                    "leave one of them out");
        }
        int[] counts = new int[dataset.classNames().size()];
        for (int i = 0; i < dataset.count(Split.TRAINING); i++) counts[dataset.label(Split.TRAINING, i)]++;
        ClassWeights counted = (balanced ? new ClassWeights.Balanced() : given).counted(counts);
        return counted instanceof ClassWeights.Given numbers ? numbers.weights() : List.of();
    }

    private void refuseIdle() {
        TrainingSettings usual = TrainingSettings.defaults(chosen.seed());
        TrainingSettings idle = chosen.withAugmentation(Augmentation.NONE)
                .withRegularisation(
                        new Regularisation(chosen.step().regularisation().l1(), 0))
                .withComputation(usual.computation());
        boolean counts = !(head instanceof Head.NearestNeighbours) && hasClasses();
        if (counts && chosen.pictures().sampling() == Order.BALANCED) idle = idle.withSampling(Order.SHUFFLED);
        if (counts && chosen.loss() instanceof Loss.CrossEntropy) idle = idle.withLoss(usual.loss());
        if (chosen.loss().equals(learning().usualLoss())) idle = idle.withLoss(usual.loss());
        Set<String> expected = new HashSet<>(lines(usual));
        List<String> others = new ArrayList<>(lines(idle));
        others.removeIf(expected::contains);
        if (others.isEmpty()) return;
        throw new Problem(
                "Settings change nothing with --transfer features: "
                        + others.stream().map(String::strip).collect(Collectors.joining("; ")) + ".",
                where,
                "take them out, or let the network learn with --transfer head, last:N or all");
    }

    private static List<String> lines(TrainingSettings settings) {
        return SettingsYaml.write(settings).lines().toList();
    }
}
