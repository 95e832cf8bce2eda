package io.fovea.importer;

import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.ExistingDataset;
import io.fovea.dataset.FileFailure;
import io.fovea.dataset.ImportFolder;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.dataset.StoreManifest;
import io.fovea.problem.Problem;
import io.fovea.source.PassedOver;
import io.fovea.source.Source;
import io.fovea.source.SourceListing;
import io.fovea.source.UnreadFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lmdbjava.LmdbException;

/**
 * Makes a dataset of pictures as people have them: folders, idx, CIFAR files, lists, archives.
 *
 * <p>Sources are listed, the listed pictures are planned (classes, splits, sample), read once more, prepared on several threads
 * and stored by one. The dataset depends on the sources and the settings, not on the number of threads.
 */
public final class DatasetImport {

    private static final int BROKEN_KEPT = 1000;

    private DatasetImport() {}

    /**
     * Imports sources as one dataset.
     *
     * @param sources      one or more; their formats are found by looking at them unless given
     * @param settings     size, splits, limits
     * @param targetFolder the dataset's own folder, complete or absent afterwards, whatever happens
     * @param listener     hears the progress
     * @return what was imported and what was left out
     * @throws Problem if the sources cannot be read as a dataset, the target exists and is to be kept, or the disk is full or
     *     not writable
     */
    public static ImportReport run(
            List<Source> sources, ImportSettings settings, Path targetFolder, ImportListener listener) {
        if (sources.isEmpty()) throw new IllegalArgumentException("An import needs at least one source");
        long started = System.nanoTime();
        String place = place(sources);
        try (ImportFolder folder = ImportFolder.create(targetFolder, settings.existing())) {
            listener.progressed(0, -1);
            SourceListing listing = SourceDetection.list(sources, settings, folder)
                    .with(settings.splits().givenValidation(), place);
            ImportPass pass = stored(listing, settings, folder, place, listener);
            StoreManifest manifest = manifest(pass, settings, sources, folder.folder());
            manifest.write(folder.folder());
            folder.complete();
            return new ImportReport(
                    manifest.task(),
                    pass.classNames(),
                    pass.targets(),
                    pass.statistics(),
                    pass.broken(),
                    pass.remarks(),
                    Duration.ofNanos(System.nanoTime() - started));
        } catch (LmdbException e) {
            throw FileFailure.unwritable(targetFolder, e);
        } catch (IOException e) {
            throw FileFailure.unwritable(targetFolder, e);
        }
    }

    /**
     * Returns what sources would become, without making it.
     *
     * @param scratch a folder that need not be there, for what an archive must have unpacked; it is gone afterwards
     * @throws Problem if they cannot be read as a dataset
     */
    public static ImportLook look(List<Source> sources, ImportSettings settings, Path scratch) {
        if (sources.isEmpty()) throw new IllegalArgumentException("A look needs at least one source");
        try (ImportFolder folder = ImportFolder.create(scratch, ExistingDataset.KEEP)) {
            return new SourceLook(settings, place(sources)).at(sources, folder);
        } catch (IOException e) {
            throw unreadable(sources, e);
        }
    }

    private static String place(List<Source> sources) {
        return sources.stream().map(source -> source.path().toString()).collect(Collectors.joining(", "));
    }

    private static Problem unreadable(List<Source> sources, IOException failure) {
        return new Problem(
                "A source cannot be read: " + failure.getMessage() + ".",
                place(sources),
                "fetch it again, or check its permissions",
                failure);
    }

    /**
     * Returns the shape that every picture of the sources has by their format: 28x28 grey for MNIST's files, 32x32 in colour for
     * CIFAR's. Photographs have none.
     *
     * @throws Problem if a source is missing or damaged at its beginning
     */
    public static Optional<Preparation> ownShape(List<Source> sources) {
        try {
            return SourceDetection.ownShape(sources);
        } catch (IOException e) {
            throw unreadable(sources, e);
        }
    }

    private static ImportPass stored(
            SourceListing listing, ImportSettings settings, ImportFolder folder, String place, ImportListener listener)
            throws IOException {
        if (listing.masks().isPresent()) return storeMasks(listing, settings, folder, place, listener);
        return listing.targets().isEmpty()
                ? store(listing, settings, folder, place, listener)
                : storeTargets(listing, settings, folder, place, listener);
    }

    private static ImportPass storeMasks(
            SourceListing listing,
            ImportSettings settings,
            ImportFolder folder,
            String place,
            ImportListener listener) {
        MaskSurvey survey = MaskSurvey.of(listing, listing.masks().orElseThrow(), settings.threads(), place);
        MaskClasses classes = MaskClasses.of(
                survey, listing.numberedClasses(), settings.truth().ignoredValues());
        ImportPlan plan = ImportPlan.ofMasks(listing.pictures(), classes.names(), settings);
        ImportPass pass = ImportPass.run(listing, plan, Optional.of(classes), settings, folder.folder(), listener);
        if (Arrays.stream(Split.values()).allMatch(split -> pass.statistics().labelledPixels(split) == 0))
            throw noneWithMasks(pass, place);
        List<String> remarks = new ArrayList<>(listing.allRemarks());
        remarks.addAll(classes.remarks());
        remarks.addAll(plan.remarks());
        remarks.addAll(pass.remarks());
        return pass.with(pass.broken(), remarks);
    }

    private static Problem noneWithMasks(ImportPass pass, String place) {
        String reason = pass.broken().isEmpty()
                ? "no pixel has a class"
                : pass.broken().getFirst().source() + " – "
                        + pass.broken().getFirst().reason();
        return new Problem(
                "No picture can be used with its mask. The first: " + reason,
                place,
                "check that masks and pictures belong together; --size and --resize crop leave the middle only");
    }

    /** Repeats the pass without the classes of which too little could be read; seldom more than once. */
    private static ImportPass store(
            SourceListing listing, ImportSettings settings, ImportFolder folder, String place, ImportListener listener)
            throws IOException {
        Set<BrokenPicture> broken = new LinkedHashSet<>();
        Set<String> leftOut = new LinkedHashSet<>();
        List<String> remarks = new ArrayList<>(listing.allRemarks());
        while (true) {
            ImportPlan plan = ImportPlan.of(
                    listing.pictures(), listing.numberedClasses(), listing.passedOver(), settings, leftOut, place);
            ImportPass pass = ImportPass.run(listing, plan, settings, folder.folder(), listener);
            broken.addAll(pass.broken());
            Set<String> fellShort = pass.classesBelow(listing, plan, settings.minimumPerClass());
            if (pass.classesWithPictures(fellShort) < plan.leastClasses()) throw nothingLeft(broken, place);
            if (fellShort.isEmpty() || !listing.numberedClasses().isEmpty()) {
                remarks.addAll(plan.remarks());
                remarks.addAll(pass.remarks());
                return pass.with(List.copyOf(broken), remarks);
            }
            for (String name : fellShort) {
                remarks.add("Class \"" + name + "\" has fewer than " + settings.minimumPerClass()
                        + " readable pictures and was left out.");
            }
            leftOut.addAll(fellShort);
            folder.clear();
        }
    }

    private static ImportPass storeTargets(
            SourceListing listing,
            ImportSettings settings,
            ImportFolder folder,
            String place,
            ImportListener listener) {
        ImportPlan plan = ImportPlan.ofTargets(listing.pictures(), settings);
        ImportPass pass = ImportPass.run(listing, plan, settings, folder.folder(), listener);
        if (Arrays.stream(Split.values()).allMatch(split -> pass.statistics().count(split) == 0))
            throw noneWithTargets(pass.broken(), place);
        List<String> remarks = new ArrayList<>(listing.allRemarks());
        remarks.addAll(plan.remarks());
        remarks.addAll(pass.remarks());
        return pass.with(pass.broken(), remarks);
    }

    private static StoreManifest manifest(ImportPass pass, ImportSettings settings, List<Source> sources, Path folder) {
        return new StoreManifest(
                pass.statistics().hasPixels() ? StoreManifest.FORMAT_VERSION_WITH_MASKS : StoreManifest.FORMAT_VERSION,
                settings.name(),
                pass.classNames(),
                pass.targets(),
                settings.preparation(),
                settings.form(),
                pass.statistics().countsPerClass(),
                pass.statistics().pixelsPerClass(),
                pass.statistics().mean(),
                pass.statistics().std(),
                pass.contentHash(),
                folder.resolve(StoreManifest.STORE_FILE_NAME).toFile().length(),
                sources.stream().map(Source::words).toList(),
                settings.splits().validationPercent(),
                settings.splits().testPercent(),
                settings.seed(),
                pass.originals(),
                pass.broken().size(),
                pass.broken().stream().limit(BROKEN_KEPT).toList(),
                pass.remarks());
    }

    private static Problem noneWithTargets(List<BrokenPicture> broken, String place) {
        BrokenPicture first = broken.getFirst();
        return new Problem(
                "None of the " + broken.size() + " pictures can be used. The first: " + first.source() + " – "
                        + first.reason(),
                place,
                "check that the files are pictures and that the unit of the targets is the right one (--target-unit)");
    }

    private static Problem nothingLeft(Set<BrokenPicture> broken, String place) {
        BrokenPicture first = broken.iterator().next();
        List<PassedOver> unread = UnreadFiles.described(
                broken.stream()
                        .map(BrokenPicture::source)
                        .filter(source -> UnreadFiles.described(source).isPresent())
                        .toList(),
                "them");
        return new Problem(
                PassedOver.after(
                        broken.size() + " pictures could not be read, and too few classes are left. The first: "
                                + first.source() + " – " + first.reason(),
                        unread),
                place,
                PassedOver.advice(unread)
                        + "check that the files are pictures; fetch them again if they were downloaded");
    }
}
