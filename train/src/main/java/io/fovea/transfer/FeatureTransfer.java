package io.fovea.transfer;

import io.fovea.batch.Augmentation;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.image.Preprocessing;
import io.fovea.learning.Learning;
import io.fovea.network.Network;
import io.fovea.optimize.Targets;
import io.fovea.problem.Problem;
import io.fovea.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Transfer by features: the backbone sees every picture once, a head is trained on what it says, and both become one network.
 *
 * <p>Where the dataset has validation pictures they choose the head's pull to zero; else cross-validation of the training pictures does.
 */
public final class FeatureTransfer {

    /**
     * What was chosen.
     *
     * @param head         the kind of head
     * @param copies       how many augmented copies of each training picture the head also learns from
     * @param augmentation how they are varied
     * @param goal         what a trained head makes small
     * @param seed         of copies, folds and first weights
     */
    public record Settings(Head head, int copies, Augmentation augmentation, HeadGoal goal, long seed) {
        /** Checks. */
        public Settings {
            if (copies < 0) throw new IllegalArgumentException("copies must not be negative: " + copies);
            if (copies > 0 && augmentation.mixesPictures()) {
                throw new Problem(
                        "Mixed pictures have mixed targets, which cached features do not keep.",
                        "augmentation, mixup " + augmentation.mixup() + " and cutmix " + augmentation.cutmix(),
                        "leave both at 0, or let the network learn with --transfer head, last:N or all");
            }
        }

        /** With the usual goal. */
        public Settings(Head head, int copies, Augmentation augmentation, long seed) {
            this(head, copies, augmentation, HeadGoal.USUAL, seed);
        }
    }

    /**
     * A network of backbone and head.
     *
     * @param network        from pictures to logits or values
     * @param weights        of all its layers
     * @param preprocessing  the backbone's
     * @param head           as it was trained
     * @param judged         the split of {@code outputs}
     * @param outputs        [N, K] for the judged pictures, from their features
     * @param features       [N, D] of every split, if they are what the network's last layer with weights reads; else empty
     * @param featureSeconds spent on features, cached or computed
     * @param headSeconds    spent on the head
     * @param pictures       that the backbone has seen now, copies counted; 0 if all features were cached
     */
    public record Outcome(
            Network network,
            Weights weights,
            Preprocessing preprocessing,
            FittedHead head,
            Split judged,
            float[] outputs,
            Map<Split, float[]> features,
            double featureSeconds,
            double headSeconds,
            long pictures) {}

    /** Hears how far the backbone is. */
    @FunctionalInterface
    public interface Listener {
        /** Hears how many of all pictures it has seen, those in the cache counted as seen. */
        void progressed(long done, long total);
    }

    private final Dataset dataset;
    private final Learning learning;
    private final Backbone backbone;
    private final Preprocessing preprocessing;
    private final FeatureCache cache;
    private final Settings settings;
    private final Listener listener;

    /** Prepares; the dataset's pictures must have the size and colours of the backbone's input. */
    public FeatureTransfer(
            Dataset dataset,
            Backbone backbone,
            Preprocessing preprocessing,
            FeatureCache cache,
            Settings settings,
            Listener listener) {
        this.dataset = dataset;
        this.learning = Learning.of(dataset.task());
        this.backbone = backbone;
        this.preprocessing = preprocessing;
        this.cache = cache;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Computes what is not in the cache, trains the head and judges it.
     *
     * @throws Problem if the dataset has no training pictures, or none to judge on, or the head does not suit its targets
     */
    public Outcome run() {
        Split judged = judgedSplit();
        checkTargets();
        long total = (long) dataset.count(Split.TRAINING) * (settings.copies() + 1)
                + dataset.count(Split.VALIDATION)
                + dataset.count(Split.TEST);
        long start = System.nanoTime();
        Seen seen = new Seen(total);
        List<Features> training = new ArrayList<>();
        training.add(seen.split(Split.TRAINING));
        for (int copy = 0; copy < settings.copies(); copy++) training.add(seen.copy(copy));
        Features validation = seen.split(Split.VALIDATION);
        Features test = judged == Split.VALIDATION ? validation : seen.split(Split.TEST);
        long featuresDone = System.nanoTime();
        FittedHead head = head(
                new HeadExamples(training, targets(Split.TRAINING), learning.outputs()),
                new HeadExamples(validation, targets(Split.VALIDATION), learning.outputs()));
        Network network = head.network(backbone);
        Weights weights = head.weights(backbone);
        float[] outputs = head.outputs(test);
        return new Outcome(
                network,
                weights,
                preprocessing,
                head,
                judged,
                outputs,
                headReads(training.getFirst(), validation, test),
                (featuresDone - start) / 1e9,
                (System.nanoTime() - featuresDone) / 1e9,
                seen.computed);
    }

    /** A hidden layer, or codes that neighbours are searched by, come after the features; a dense head on maps reads them flattened. */
    private Map<Split, float[]> headReads(Features training, Features validation, Features test) {
        if (!(settings.head() instanceof Head.Linear)) return Map.of();
        return Map.of(
                Split.TRAINING, training.values(), Split.VALIDATION, validation.values(), Split.TEST, test.values());
    }

    private Split judgedSplit() {
        if (dataset.count(Split.TRAINING) == 0) {
            throw new Problem(
                    "The dataset has no training pictures.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it with a training part");
        }
        if (dataset.count(Split.TEST) > 0) return Split.TEST;
        if (dataset.count(Split.VALIDATION) > 0) return Split.VALIDATION;
        throw new Problem(
                "The dataset has no pictures to judge a model on.",
                "dataset \"" + dataset.name() + "\"",
                "import it with a test part, or set some percent aside for validation or test");
    }

    /** Validation pictures that the model is judged on must not choose anything. */
    private FittedHead head(HeadExamples training, HeadExamples validation) {
        boolean choosesOnValidation = dataset.count(Split.VALIDATION) > 0 && dataset.count(Split.TEST) > 0;
        return switch (settings.head()) {
            case Head.Trained trained
            when choosesOnValidation ->
                HeadTraining.train(trained, training, validation, settings.goal(), settings.seed());
            case Head.Trained trained -> HeadTraining.train(trained, training, settings.goal(), settings.seed());
            case Head.NearestNeighbours neighbours -> new NeighbourHead(neighbours.k(), training);
        };
    }

    /** The backbone must not have seen all pictures before it is found that the head cannot learn from them. */
    private void checkTargets() {
        String where = "dataset \"" + dataset.name() + "\"";
        Targets targets = targets(Split.TRAINING);
        if (targets instanceof Targets.Labels(int[] labels)) checkClasses(labels, where);
        else if (settings.head() instanceof Head.NearestNeighbours) {
            throw new Problem(
                    "Nearest neighbours answer with classes, but the dataset has " + targets.words() + " to regress.",
                    where,
                    "take the head \"linear\" or \"mlp\"");
        }
        if (settings.copies() > 0 && learning.movesTruth()) {
            throw new Problem(
                    "Augmented copies need targets that move with the picture, which cached features do not keep.",
                    where + ", copies " + settings.copies(),
                    "leave the copies out, or let the network learn with --transfer head, last:N or all");
        }
    }

    private void checkClasses(int[] labels, String where) {
        if (Arrays.stream(labels).distinct().count() < 2) {
            throw new Problem(
                    "Expected training pictures of at least two classes, found those of one.",
                    where,
                    "import it with training pictures of another class");
        }
        int weights = settings.goal().classWeights().size();
        if (weights == 0 || weights == learning.outputs()) return;
        throw new Problem(
                "There are " + weights + " class weights but " + learning.outputs() + " classes.",
                where,
                "give a weight for each of " + String.join(", ", dataset.classNames()));
    }

    private Targets targets(Split split) {
        return learning.targets(dataset, split)
                .orElseThrow(() -> new Problem(
                        "Features describe whole pictures, but the dataset is for "
                                + dataset.task().word() + ", whose truth lies in the pixels.",
                        "dataset \"" + dataset.name() + "\"",
                        "choose a network that answers with maps, or import the dataset as a classification"));
    }

    /** Counts pictures that have been through the backbone. */
    private final class Seen {
        private final long total;
        private long done;
        private long computed;

        Seen(long total) {
            this.total = total;
        }

        Features split(Split split) {
            Features features = cache.features(dataset, split, this::heard);
            return finished(features);
        }

        Features copy(int copy) {
            Features features = cache.features(
                    dataset, Split.TRAINING, settings.augmentation(), settings.seed(), copy, this::heard);
            return finished(features);
        }

        private void heard(int within) {
            latest = within;
            listener.progressed(done + within, total);
        }

        private int latest;

        private Features finished(Features features) {
            computed += latest;
            latest = 0;
            done += features.count();
            listener.progressed(done, total);
            return features;
        }
    }
}
