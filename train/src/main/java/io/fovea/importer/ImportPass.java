package io.fovea.importer;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.ContentHash;
import io.fovea.dataset.DatasetStatistics;
import io.fovea.dataset.OriginalSizes;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.RunningStatistics;
import io.fovea.dataset.Split;
import io.fovea.dataset.StoreWriter;
import io.fovea.image.Pixels;
import io.fovea.image.Target;
import io.fovea.source.ListedPicture;
import io.fovea.source.SourceListing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One passage of the planned pictures from the sources into the store.
 *
 * @param classNames  by label; none in a regression
 * @param targets     of a regression; none in a classification
 * @param statistics  of what was stored
 * @param contentHash of what was stored
 * @param originals   heights and widths before the preparation
 * @param broken      pictures that could not be read
 * @param remarks     what else there is to say
 */
record ImportPass(
        List<String> classNames,
        List<Target> targets,
        DatasetStatistics statistics,
        String contentHash,
        OriginalSizes originals,
        List<BrokenPicture> broken,
        List<String> remarks) {

    private static final int PICTURES_PER_PROGRESS = 64;

    /** Reads, prepares and stores everything that the plan takes. */
    static ImportPass run(
            SourceListing listing, ImportPlan plan, ImportSettings settings, Path folder, ImportListener listener) {
        return run(listing, plan, Optional.empty(), settings, folder, listener);
    }

    /** The same, with masks. */
    static ImportPass run(
            SourceListing listing,
            ImportPlan plan,
            Optional<MaskClasses> classes,
            ImportSettings settings,
            Path folder,
            ImportListener listener) {
        Preparation preparation = settings.preparation();
        try (StoreWriter writer = new StoreWriter(folder, preparation.sizeInBytes())) {
            TargetUnit unit = settings.truth() instanceof Truth.Numbers numbers ? numbers.unit() : TargetUnit.AUTO;
            TargetConversion conversion =
                    new TargetConversion(listing.targets(), TargetConversion.settled(unit, listing), preparation);
            Recorder recorder = new Recorder(listing, plan, preparation, conversion, classes, writer, listener);
            new ParallelPreparation(new PicturePreparation(preparation, settings.form(), classes), settings.threads())
                    .run(receiver -> listing.reading().read(plan::isTaken, receiver), listing.pictures(), recorder);
            return recorder.finish();
        }
    }

    /** Returns this pass with all broken pictures and remarks of the import. */
    ImportPass with(List<BrokenPicture> allBroken, List<String> allRemarks) {
        return new ImportPass(
                classNames, targets, statistics, contentHash, originals, allBroken, List.copyOf(allRemarks));
    }

    /** Returns how many classes have a picture in any split, without those of {@code others}. */
    long classesWithPictures(Set<String> others) {
        return IntStream.range(0, classNames.size())
                .filter(label -> !others.contains(classNames.get(label)))
                .filter(label -> Arrays.stream(Split.values()).anyMatch(split -> statistics.count(split, label) > 0))
                .count();
    }

    /** Returns the classes that turned out to have too few readable pictures, judged like the plan judges the listed ones. */
    Set<String> classesBelow(SourceListing listing, ImportPlan plan, int minimum) {
        if (broken.isEmpty()) return Set.of();
        int[] listed = new int[classNames.size()];
        int[] unread = new int[classNames.size()];
        Set<String> brokenNames = new TreeSet<>();
        for (BrokenPicture picture : broken) brokenNames.add(picture.source());
        boolean hasTraining = listing.pictures().stream().anyMatch(picture -> picture.part() == Split.TRAINING);
        for (int i = 0; i < listing.pictures().size(); i++) {
            ListedPicture picture = listing.pictures().get(i);
            if (!plan.isTaken(i) || hasTraining && picture.part() != Split.TRAINING) continue;
            listed[plan.label(i)]++;
            if (brokenNames.contains(picture.source())) unread[plan.label(i)]++;
        }
        Set<String> below = new TreeSet<>();
        for (int label = 0; label < listed.length; label++) {
            if (unread[label] > 0 && listed[label] - unread[label] < Math.min(minimum, listed[label]))
                below.add(classNames.get(label));
        }
        return below;
    }

    /** Takes outcomes in order and writes them down. */
    private static final class Recorder implements ParallelPreparation.Taking {

        private final SourceListing listing;
        private final ImportPlan plan;
        private final Preparation preparation;
        private final TargetConversion conversion;
        private final Optional<PixelCounts> pixels;
        private final StoreWriter writer;
        private final ImportListener listener;
        private final Split described;
        private final RunningStatistics statistics;
        private final ContentHash contentHash = new ContentHash();
        private final OriginalSizes.Counting originals = new OriginalSizes.Counting();
        private final SharedPictures sharedPictures = new SharedPictures();
        private final Map<Split, int[]> counts = new EnumMap<>(Split.class);
        private final List<BrokenPicture> broken = new ArrayList<>();
        private final long total;
        private long done;

        Recorder(
                SourceListing listing,
                ImportPlan plan,
                Preparation preparation,
                TargetConversion conversion,
                Optional<MaskClasses> classes,
                StoreWriter writer,
                ImportListener listener) {
            this.listing = listing;
            this.plan = plan;
            this.preparation = preparation;
            this.conversion = conversion;
            this.pixels = classes.map(PixelCounts::new);
            this.writer = writer;
            this.listener = listener;
            statistics = new RunningStatistics(preparation);
            for (Split split : Split.values())
                counts.put(
                        split,
                        new int
                                [classes.isPresent()
                                        ? 1
                                        : Math.max(1, plan.classNames().size())]);
            described = Arrays.stream(Split.values())
                    .filter(split -> plan.count(split) > 0)
                    .findFirst()
                    .orElse(Split.TRAINING);
            total = Arrays.stream(Split.values()).mapToLong(plan::count).sum();
        }

        @Override
        public void take(int position, PicturePreparation.Outcome outcome) {
            ListedPicture listed = listing.pictures().get(position);
            switch (outcome) {
                case PicturePreparation.Outcome.Broken(String reason) -> refuse(listed, reason);
                case PicturePreparation.Outcome.Prepared picture ->
                    conversion
                            .refusal(listed, picture.height(), picture.width())
                            .ifPresentOrElse(reason -> refuse(listed, reason), () -> store(position, listed, picture));
            }
            done++;
            if (done % PICTURES_PER_PROGRESS == 0 || done == total) listener.progressed(done, total);
        }

        private void refuse(ListedPicture listed, String reason) {
            broken.add(new BrokenPicture(listed.source(), reason));
        }

        private void store(int position, ListedPicture listed, PicturePreparation.Outcome.Prepared picture) {
            Split split = plan.split(position);
            int label = plan.label(position);
            if (pixels.isPresent() && !pixels.get().takes(split, listed.source(), picture.mask())) return;
            float[] targets = conversion.converted(listed, picture.height(), picture.width());
            writer.append(
                    split, label, targets, picture.hash(), listed.source(), picture.stored(), picture.storedMask());
            contentHash.add(
                    split, label, targets, picture.hash(), picture.storedMask().hash());
            sharedPictures.add(split, label, position, picture.hash());
            counts.get(split)[label]++;
            if (split == described) statistics.add(picture.pixels());
            originals.add(picture.height(), picture.width());
            listener.arrived(
                    new Pixels(preparation.height(), preparation.width(), preparation.channels(), picture.pixels()));
        }

        ImportPass finish() {
            Map<Split, List<Integer>> perClass = new EnumMap<>(Split.class);
            counts.forEach((split, values) ->
                    perClass.put(split, Arrays.stream(values).boxed().toList()));
            DatasetStatistics result = new DatasetStatistics(
                    perClass,
                    pixels.map(PixelCounts::perClass).orElse(Map.of()),
                    preparation,
                    statistics.meanPicture(),
                    statistics.mean(),
                    statistics.std());
            List<Target> targets = conversion.targets(
                    writer.targetStatistics(described, listing.targets().size()));
            List<String> remarks = new ArrayList<>(conversion.remarks());
            remarks.addAll(sharedPictures.remarks(
                    plan.classNames(),
                    position -> listing.pictures().get(position).source()));
            pixels.ifPresent(counted -> remarks.addAll(counted.remarks()));
            writer.finish(result.meanPicture());
            return new ImportPass(
                    plan.classNames(),
                    targets,
                    result,
                    contentHash.finish(plan.classNames(), targets, preparation),
                    originals.sizes(),
                    broken,
                    remarks);
        }
    }
}
