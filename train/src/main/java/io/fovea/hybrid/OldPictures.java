package io.fovea.hybrid;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.GoldenPicture;
import io.fovea.bundle.Provenance;
import io.fovea.bundle.References;
import io.fovea.codec.PictureDecoder;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.PreparedPicture;
import io.fovea.dataset.Split;
import io.fovea.export.GrownBundle;
import io.fovea.export.TrainedModel;
import io.fovea.image.Preprocessing;
import io.fovea.predict.Classifier;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Verification;
import io.fovea.problem.Problem;
import io.fovea.statistic.Codes;
import io.fovea.thread.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Pictures of the classes that a model knows: to learn from again, and to judge by what became of it.
 *
 * @param source   where they come from
 * @param name     of the dataset that the model was made from
 * @param sources  what that came from, for people; none if it is not here
 * @param training to learn from; with {@link Source#GOLDEN} only those that the model shows, if any
 * @param judged   kept apart from those
 * @param right    [N] which of {@code judged} the model gets right before a class is added
 */
record OldPictures(
        Source source,
        String name,
        List<String> sources,
        List<PreparedPicture> training,
        List<PreparedPicture> judged,
        boolean[] right) {

    private static final int HELD_OUT_SHARE = 10;
    private static final int MOST_HELD_OUT = 2_000;

    /** Where old pictures come from. */
    enum Source {
        /** The dataset that the model was made from. */
        DATASET,
        /** The model itself, which shows all the pictures that it learned from. */
        REFERENCES,
        /** The few golden pictures of the model: enough to see a disaster, not to learn from. */
        GOLDEN
    }

    /**
     * Takes them from where there are most: the dataset, or a model whose references are all its training pictures, or its golden pictures.
     *
     * @throws Problem if the dataset is not the one that the model was made from
     */
    static OldPictures of(
            Bundle bundle, GrownBundle before, Optional<Path> dataset, long seed, String where, Workers workers) {
        if (dataset.isPresent()) return ofDataset(bundle, dataset.get(), where);
        boolean all = bundle.manifest()
                .provenance()
                .settings()
                .getOrDefault("references", "")
                .equals("all");
        return all && bundle.references().isPresent()
                ? ofReferences(bundle, before, bundle.references().get(), seed, workers)
                : ofGolden(bundle);
    }

    private static OldPictures ofDataset(Bundle bundle, Path folder, String where) {
        Provenance provenance = bundle.manifest().provenance();
        try (Dataset dataset = Dataset.open(folder)) {
            if (!dataset.contentHash().equals(provenance.datasetHash())
                    || !dataset.classNames().equals(bundle.manifest().task().names())) {
                throw new Problem(
                        "The dataset \"" + dataset.name()
                                + "\" is not the one that the model learned from: expected the hash "
                                + provenance.datasetHash() + ", found " + dataset.contentHash() + ".",
                        where,
                        "name the dataset that it was made from, \"" + provenance.dataset() + "\"");
            }
            Split judging = TrainedModel.judgingSplit(dataset);
            List<PreparedPicture> judged = pictures(dataset, judging, Split.TEST);
            List<PreparedPicture> training = new ArrayList<>(pictures(dataset, Split.TRAINING, Split.TRAINING));
            if (judging == Split.TEST) training.addAll(pictures(dataset, Split.VALIDATION, Split.TRAINING));
            return new OldPictures(
                    Source.DATASET,
                    dataset.name(),
                    dataset.sources(),
                    training,
                    judged,
                    right(answers(bundle, judged), judged));
        }
    }

    private static List<PreparedPicture> pictures(Dataset dataset, Split split, Split as) {
        List<PreparedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < dataset.count(split); i++) {
            pictures.add(new PreparedPicture(
                    as, dataset.label(split, i), dataset.source(split, i), dataset.picture(split, i)));
        }
        return pictures;
    }

    /** A picture that judges votes neither before nor after, so a tenth of the references is given up for it. */
    private static OldPictures ofReferences(
            Bundle bundle, GrownBundle before, References references, long seed, Workers workers) {
        List<PreparedPicture> shown = shown(references);
        int[] labels = before.labels();
        int heldOut = Math.min(MOST_HELD_OUT, labels.length / HELD_OUT_SHARE);
        HoldOut split = HoldOut.of(labels, heldOut, new SplittableRandom(seed));
        int[] held = Arrays.stream(split.heldOut()).sorted().toArray();
        int[] others = Arrays.stream(split.others()).sorted().toArray();
        NeighbourVote vote = new NeighbourVote(
                Codes.rows(before.codes(), before.size(), others),
                before.size(),
                Arrays.stream(others).map(place -> labels[place]).toArray(),
                Math.min(before.k(), others.length),
                before.classes());
        int[] answers =
                Codes.largest(vote.logits(Codes.rows(before.codes(), before.size(), held), workers), before.classes());
        List<PreparedPicture> judged = Arrays.stream(held)
                .mapToObj(shown::get)
                .map(each -> new PreparedPicture(Split.TEST, each.label(), each.source(), each.pixels()))
                .toList();
        return new OldPictures(
                Source.REFERENCES,
                bundle.manifest().provenance().dataset(),
                List.of(),
                Arrays.stream(others).mapToObj(shown::get).toList(),
                judged,
                right(answers, judged));
    }

    private static OldPictures ofGolden(Bundle bundle) {
        Preprocessing preprocessing = bundle.manifest().preprocessing();
        List<PreparedPicture> judged = new ArrayList<>();
        for (GoldenPicture golden : bundle.manifest().golden()) {
            judged.add(new PreparedPicture(
                    Split.TEST,
                    golden.label(),
                    golden.source(),
                    preprocessing.prepare(
                            PictureDecoder.decode(bundle.golden(golden), golden.file(), preprocessing.colorMode()))));
        }
        List<PreparedPicture> shown =
                bundle.references().map(OldPictures::shown).orElse(List.of());
        return new OldPictures(
                Source.GOLDEN,
                bundle.manifest().provenance().dataset(),
                List.of(),
                shown,
                judged,
                right(answers(bundle, judged), judged));
    }

    private static List<PreparedPicture> shown(References references) {
        return references.all().stream()
                .map(each -> new PreparedPicture(
                        Split.TRAINING, each.label(), each.source(), references.picture(each.position())))
                .toList();
    }

    private static int[] answers(Bundle bundle, List<PreparedPicture> pictures) {
        PredictionOptions quiet = PredictionOptions.DEFAULT.withVerification(Verification.SKIP);
        try (Classifier classifier = Classifier.of(bundle, quiet)) {
            return classifier
                    .classifyPrepared(
                            pictures.stream().map(PreparedPicture::pixels).toList())
                    .stream()
                    .mapToInt(answer -> answer.best().label())
                    .toArray();
        }
    }

    private static boolean[] right(int[] answers, List<PreparedPicture> pictures) {
        boolean[] right = new boolean[answers.length];
        for (int n = 0; n < right.length; n++)
            right[n] = answers[n] == pictures.get(n).label();
        return right;
    }

    /** Returns how the pictures were made alike. */
    static Preparation preparation(Preprocessing preprocessing) {
        return new Preparation(
                preprocessing.height(),
                preprocessing.width(),
                preprocessing.colorMode(),
                preprocessing.resizeMode(),
                preprocessing.cropMargin());
    }
}
