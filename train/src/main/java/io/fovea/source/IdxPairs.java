package io.fovea.source;

import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the labels that belong to idx files of pictures, and lists both. */
public final class IdxPairs {

    private IdxPairs() {}

    /** Lists the pairs in a folder and below it. */
    public static List<SourceListing> ofFolder(Source source, List<String> classNames) throws IOException {
        Path root = source.path();
        List<PassedOver> passedOver = new ArrayList<>();
        List<Path> images = DataFiles.distinct(root, DataFiles::isIdxImages, passedOver);
        List<Path> labels = DataFiles.distinct(root, DataFiles::isIdxLabels, passedOver);
        refuseSeveralSets(root, images);
        DataFiles.refuseSeveralParts(source, images);
        passedOver.addAll(DataFiles.picturesBeside(root));
        List<SourceListing> listings = new ArrayList<>();
        for (Path file : images) {
            Split part = source.role().split().orElseGet(() -> DataFiles.part(root, file));
            Path own = IdxImporter.labelsBeside(file)
                    .or(() -> labels.stream()
                            .filter(each -> DataFiles.part(root, each) == DataFiles.part(root, file))
                            .findFirst())
                    .orElseThrow(() -> imagesWithoutLabels(file));
            listings.add(IdxImporter.list(file, own, part, classNames).with(passedOver));
            passedOver.clear();
        }
        return listings;
    }

    /**
     * Lists a file of pictures with its labels.
     *
     * @param given the labels that were given as sources and are not taken yet; the file's are removed
     */
    public static SourceListing ofFile(Source source, List<String> classNames, List<Source> given) {
        Path images = source.path();
        Split split = source.role().split().orElseGet(() -> DataFiles.part(images));
        Optional<Path> beside = IdxImporter.labelsBeside(images);
        Optional<Source> named = given.stream()
                .filter(labels ->
                        beside.isPresent() && SourceName.of(labels.path()).equals(SourceName.of(beside.get())))
                .findFirst();
        List<Source> ofSplit = given.stream()
                .filter(labels -> labels.role().split().orElseGet(() -> DataFiles.part(labels.path())) == split)
                .toList();
        Optional<Source> taken =
                named.or(() -> ofSplit.size() == 1 ? Optional.of(ofSplit.getFirst()) : Optional.empty());
        taken.ifPresent(given::remove);
        Path labels = taken.map(Source::path).or(() -> beside).orElseThrow(() -> imagesWithoutLabels(images));
        return IdxImporter.list(images, labels, split, classNames);
    }

    private static void refuseSeveralSets(Path root, List<Path> images) {
        Set<String> sets = new LinkedHashSet<>();
        for (Path file : images) sets.add(DataFiles.set(file));
        if (sets.size() < 2) return;
        List<String> names = images.stream().map(SourceName::of).toList();
        throw new Problem(
                "The folder has files of " + sets.size() + " sets: " + String.join(", ", names) + ".",
                root.toString(),
                "give the files of one set as sources: " + images.getFirst());
    }

    private static Problem imagesWithoutLabels(Path images) {
        return new Problem(
                "The labels of these pictures are missing.",
                images.toString(),
                "put the labels file beside it (…-labels-idx1-ubyte or .gz), or give it as a further source");
    }
}
