package io.fovea.hybrid;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.Measurement;
import io.fovea.dataset.PreparedPicture;
import io.fovea.export.GrownBundle;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import io.fovea.task.Proportion;
import io.fovea.thread.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Teaches a model that decides by neighbours further classes from folders of their pictures.
 *
 * <p>The kernels of a hybrid stay unless held-out pictures show that clustered anew they are better, its projection and references are fitted anew to the pictures of all classes: those of the old ones from the dataset that
 * it was made from, or from the model itself where all its training pictures are references. Without them, and in other networks, references of the new
 * classes are added and nothing else changes.
 *
 * <p>What comes of it is judged on pictures that nothing was fitted to, before anything is written.
 *
 * @param model         the bundle
 * @param classes       to add, in this order
 * @param target        where the grown bundle goes; may be {@code model}, which is replaced as a whole
 * @param dataset       the folder of the dataset that the model was made from, if it is here
 * @param grownDataset  the folder for a dataset of all classes, which must not exist
 * @param engineBytes   the most that the engine may take; empty: what the model was allowed
 * @param onPoorOutcome what to do if it would be poor
 * @param foveaVersion  what writes it
 * @param seed          of every random choice
 */
public record ClassAddition(
        Path model,
        List<NewClass> classes,
        Path target,
        Optional<Path> dataset,
        Path grownDataset,
        OptionalLong engineBytes,
        OnPoorOutcome onPoorOutcome,
        String foveaVersion,
        long seed) {

    /** What to do with a model that would be poor. */
    public enum OnPoorOutcome {
        /** Write nothing. */
        REFUSE,
        /** Write it all the same. */
        WRITE
    }

    /** How a model gets further classes. */
    public enum Way {
        /** Projection and references are fitted anew to all classes. */
        REFITTED,
        /** References are added, all else stays. */
        APPENDED
    }

    /** Checks that nothing is missing. */
    public ClassAddition {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(grownDataset, "grownDataset");
        classes = List.copyOf(classes);
        if (classes.isEmpty()) throw new IllegalArgumentException("There is no class to add");
    }

    /**
     * What came of it.
     *
     * @param way        how the classes were added
     * @param judgedOn   what the old pictures are that judged, in words
     * @param pictures   of each new class, those that judged included
     * @param references that the model has now
     * @param judgement  before and after
     * @param shortfalls why the model is poor; none if it is not
     * @param remarks    what else there is to say
     * @param broken     pictures that could not be read, and were left out
     * @param written    the files; empty if it was poor and refused
     */
    public record Report(
            Way way,
            String judgedOn,
            List<Integer> pictures,
            int references,
            GrowthJudgement judgement,
            List<String> shortfalls,
            List<String> remarks,
            List<Problem> broken,
            Optional<Written> written) {

        /** Copies. */
        public Report {
            pictures = List.copyOf(pictures);
            shortfalls = List.copyOf(shortfalls);
            remarks = List.copyOf(remarks);
            broken = List.copyOf(broken);
        }

        /**
         * What was written.
         *
         * @param bundle      the model
         * @param bytes       its size
         * @param engineBytes of the network in it
         * @param dataset     the name of the dataset of all classes, if there is one
         */
        public record Written(Path bundle, long bytes, long engineBytes, Optional<String> dataset) {}
    }

    /**
     * Adds the classes, judges, and writes the bundle unless it is poor and that is to be refused.
     *
     * @throws Problem if the model does not decide by neighbours or has a class already, a folder holds too few readable pictures, the dataset is another than
     *     the model was made from, or no engine of all classes is small enough
     */
    public Report run(HybridListener listener, Workers workers) {
        Bundle bundle = Bundle.open(model);
        GrownBundle before = new GrownBundle(bundle, model.toString());
        List<String> classNames = classNames(bundle, before);
        List<Problem> broken = new ArrayList<>();
        List<PreparedPicture> added = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        listener.began("reading pictures");
        for (NewClass each : classes) {
            int label = before.classes() + counts.size();
            List<PreparedPicture> own = each.pictures(bundle.manifest().preprocessing(), label, seed, broken);
            counts.add(own.size());
            added.addAll(own);
        }
        listener.began("judging the model before");
        OldPictures old = OldPictures.of(bundle, before, dataset, seed, model.toString(), workers);
        GrowthPictures pictures = new GrowthPictures(old, classes, added, classNames);
        Way way = isHybrid(bundle) && old.source() != OldPictures.Source.GOLDEN ? Way.REFITTED : Way.APPENDED;
        if (way == Way.APPENDED && engineBytes.isPresent()) {
            throw new Problem(
                    "The size of this model cannot be chosen anew: only references are added to it.",
                    "--engine-size " + engineBytes.getAsLong() + " bytes, model " + model,
                    isHybrid(bundle)
                            ? "name the dataset that it was made from with --data, or leave --engine-size out"
                            : "leave --engine-size out");
        }
        listener.began(way == Way.REFITTED ? "fitting the engine to all classes" : "adding references");
        EngineGrowth growth =
                switch (way) {
                    case REFITTED ->
                        new RefittedGrowth(
                                bundle,
                                pictures,
                                engineBytes,
                                grownDataset,
                                foveaVersion,
                                model.toString(),
                                seed,
                                workers);
                    case APPENDED ->
                        new AppendedGrowth(bundle, pictures, grownDataset, model.toString(), seed, workers);
                };
        GrowthJudgement judgement = judgement(growth.answers(), pictures);
        Optional<EngineGrowth> anew = Optional.empty();
        if (judgement.isInDoubt()) {
            listener.began("comparing with an engine made anew of all classes");
            anew = growth.anew();
        }
        if (anew.isPresent()) {
            int[] yardstick = anew.get().answers();
            if (anew.get().heldOutRight() > growth.heldOutRight()) growth = anew.get();
            judgement = judgement(growth.answers(), pictures).with(right(yardstick, judgement.labels()));
        }
        List<String> shortfalls = new ArrayList<>(judgement.shortfalls());
        if (isHybrid(bundle) && way == Way.APPENDED) shortfalls.add(gone(bundle, old));
        growth.shortfall().ifPresent(shortfalls::add);
        List<String> remarks = new ArrayList<>(pictures.remarks());
        judgement.remark().ifPresent(remarks::add);
        boolean refused = !shortfalls.isEmpty() && onPoorOutcome == OnPoorOutcome.REFUSE;
        if (!refused) listener.began("writing the model");
        return new Report(
                way,
                judgedOn(old),
                counts,
                growth.references(),
                judgement,
                shortfalls,
                remarks,
                broken,
                refused ? Optional.empty() : Optional.of(written(growth, judgement, old)));
    }

    private List<String> classNames(Bundle bundle, GrownBundle before) {
        List<String> names = new ArrayList<>(bundle.manifest().task().names());
        for (NewClass each : classes) {
            before.checkName(each.name());
            if (names.stream().anyMatch(each.name()::equalsIgnoreCase)) {
                throw new Problem(
                        "Two of the new classes are named \"" + each.name() + "\".",
                        "--add-class " + each.name() + " " + each.folder(),
                        "give each class a name of its own");
            }
            names.add(each.name());
        }
        return names;
    }

    private static boolean isHybrid(Bundle bundle) {
        return bundle.manifest()
                .provenance()
                .settings()
                .getOrDefault("method", "")
                .equals("hybrid");
    }

    private static GrowthJudgement judgement(int[] answers, GrowthPictures pictures) {
        int[] labels =
                pictures.judged().stream().mapToInt(PreparedPicture::label).toArray();
        return new GrowthJudgement(
                pictures.classNames(), labels, pictures.old().right(), right(answers, labels), Optional.empty());
    }

    private static boolean[] right(int[] answers, int[] labels) {
        boolean[] right = new boolean[answers.length];
        for (int n = 0; n < right.length; n++) right[n] = answers[n] == labels[n];
        return right;
    }

    private static String gone(Bundle bundle, OldPictures old) {
        return "the pictures that its projection was fitted to are not here (dataset \""
                + bundle.manifest().provenance().dataset() + "\"), so that only references were added, and its "
                + old.judged().size() + " golden pictures are too few to tell what old classes lose";
    }

    private static String judgedOn(OldPictures old) {
        return switch (old.source()) {
            case DATASET -> "test pictures of \"" + old.name() + "\"";
            case REFERENCES -> "a tenth of its references, which are references no more";
            case GOLDEN -> "golden pictures";
        };
    }

    private Report.Written written(EngineGrowth growth, GrowthJudgement judgement, OldPictures old) {
        EngineGrowth.Written written = growth.write(target, measurements(judgement, judgedOn(old)));
        try {
            return new Report.Written(target, Files.size(target), written.engineBytes(), written.dataset());
        } catch (IOException gone) {
            return new Report.Written(target, 0, written.engineBytes(), written.dataset());
        }
    }

    private static List<Measurement> measurements(GrowthJudgement judgement, String judgedOn) {
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(measurement(
                "accuracy of the model before the last classes were added", judgedOn, judgement.oldBefore()));
        measurements.add(measurement("accuracy on the old classes", judgedOn, judgement.oldAfter()));
        for (GrowthJudgement.ClassChange each : judgement.classes()) {
            if (each.before().isPresent()) continue;
            measurements.add(measurement(
                    "recall of \"" + each.name() + "\"", "pictures of it that were kept out", each.after()));
        }
        return measurements;
    }

    private static Measurement measurement(String name, String on, Proportion share) {
        return new Measurement(Measure.share(name, share.value()).within(share.low(), share.high()), on, share.count());
    }
}
