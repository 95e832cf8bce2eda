package io.fovea.importer;

import io.fovea.codec.PictureDecoder;
import io.fovea.dataset.BrokenPicture;
import io.fovea.dataset.FileFailure;
import io.fovea.dataset.ImportFolder;
import io.fovea.dataset.Split;
import io.fovea.file.FolderBounds;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Resize;
import io.fovea.image.ResizeMode;
import io.fovea.list.ListImporter;
import io.fovea.problem.Problem;
import io.fovea.source.FolderImporter;
import io.fovea.source.ListedPicture;
import io.fovea.source.PassedOver;
import io.fovea.source.PictureContent;
import io.fovea.source.Source;
import io.fovea.source.SourceListing;
import io.fovea.source.SourceRole;
import io.fovea.source.TargetColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Lists and plans sources as an import does, decodes a few pictures, and stores nothing. */
final class SourceLook {

    private static final int MOST_SAMPLES = 12;
    private static final int MOST_LOOKED_AT = 48;
    private static final long MOST_PIXELS_KEPT = 1 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final ImportSettings settings;
    private final String place;

    SourceLook(ImportSettings settings, String place) {
        this.settings = settings;
        this.place = place;
    }

    /** What was listed, and as what. */
    private record Found(Truth truth, SourceListing listing) {}

    /** Looks at the sources; where a folder alone is no dataset, at the lists that lie in it, of which then is said what is wrong. */
    ImportLook at(List<Source> sources, ImportFolder folder) throws IOException {
        try {
            return lookAt(sources, List.of(), folder);
        } catch (Problem noDataset) {
            boolean mayBeListed = sources.size() == 1
                    && sources.getFirst().role() == SourceRole.DETECTED
                    && !(settings.truth() instanceof Truth.Masks);
            List<Source> lists =
                    mayBeListed ? FolderImporter.lists(sources.getFirst().path()) : List.of();
            if (lists.isEmpty()) throw noDataset;
            return lookAt(lists, words(lists), folder);
        }
    }

    private static List<String> words(List<Source> sources) {
        return sources.stream().map(Source::words).toList();
    }

    private ImportLook lookAt(List<Source> sources, List<String> usedLists, ImportFolder folder) throws IOException {
        Found found = found(sources, folder);
        SourceListing listing = found.listing().with(settings.splits().givenValidation(), place);
        boolean hasClasses = found.truth() instanceof Truth.Classes;
        ImportPlan plan = hasClasses
                ? ImportPlan.of(
                        listing.pictures(), listing.numberedClasses(), listing.passedOver(), settings, Set.of(), place)
                : ImportPlan.ofMasks(listing.pictures(), listing.numberedClasses(), settings);
        Survey survey = new Survey(listing, plan);
        survey.run();
        List<String> remarks = new ArrayList<>(listing.allRemarks());
        remarks.addAll(plan.remarks());
        return new ImportLook(
                usedLists,
                listing.passedOver().stream()
                        .map(PassedOver::instead)
                        .filter(instead -> !instead.isEmpty())
                        .findFirst()
                        .map(SourceLook::words)
                        .orElse(List.of()),
                found.truth(),
                SourceDetection.ownShape(sources),
                plan.classNames(),
                listing.targets().stream().map(TargetColumn::name).toList(),
                counts(plan, hasClasses),
                (int) IntStream.range(0, plan.size())
                        .filter(i -> !plan.isTaken(i))
                        .count(),
                survey.sizes,
                survey.samples,
                survey.broken,
                remarks);
    }

    /** What is asked for; else what the sources state: points in names, then classes, masks, numbers in tables. */
    private Found found(List<Source> sources, ImportFolder folder) throws IOException {
        if (!(settings.truth() instanceof Truth.Detected))
            return new Found(settings.truth(), SourceDetection.list(sources, settings, folder));
        try {
            SourceListing listing = SourceDetection.list(sources, settings, folder);
            if (!listing.targets().isEmpty()) return new Found(new Truth.Numbers(), listing);
            Set<String> leftOut = Set.of();
            ImportPlan.of(
                    listing.pictures(), listing.numberedClasses(), listing.passedOver(), settings, leftOut, place);
            return new Found(new Truth.Classes(), listing);
        } catch (Problem noClasses) {
            for (Truth other : List.of(new Truth.Masks(), new Truth.Numbers())) {
                try {
                    SourceListing listing = SourceDetection.list(sources, settings.withTruth(other), folder);
                    if (!listing.pictures().isEmpty() && !areLabels(listing)) return new Found(other, listing);
                } catch (Problem norThese) {
                    // what is wrong with the classes is said: they are what most people mean
                }
            }
            throw noClasses;
        }
    }

    /** Whether what was read as a number of each picture numbers its class: whole, in a column that is called so. */
    private static boolean areLabels(SourceListing listing) {
        return listing.targets().size() == 1
                && ListImporter.isCalledLabel(listing.targets().getFirst().name())
                && listing.pictures().stream()
                        .allMatch(picture -> picture.targets()[0] == Math.rint(picture.targets()[0]));
    }

    private static Map<Split, List<Integer>> counts(ImportPlan plan, boolean hasClasses) {
        Map<Split, int[]> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values())
            counts.put(split, new int[hasClasses ? plan.classNames().size() : 1]);
        for (int i = 0; i < plan.size(); i++) if (plan.isTaken(i)) counts.get(plan.split(i))[plan.label(i)]++;
        Map<Split, List<Integer>> lists = new EnumMap<>(Split.class);
        counts.forEach(
                (split, values) -> lists.put(split, IntStream.of(values).boxed().toList()));
        return lists;
    }

    /** A few pictures, evenly over the listing, as far as the time goes. */
    private final class Survey {

        final List<ImportLook.PictureSize> sizes = new ArrayList<>();
        final List<ImportLook.Sample> samples = new ArrayList<>();
        final List<BrokenPicture> broken = new ArrayList<>();

        private final SourceListing listing;
        private final ImportPlan plan;
        private final int[] taken;
        private final long until = System.nanoTime() + LONGEST.toNanos();

        Survey(SourceListing listing, ImportPlan plan) {
            this.listing = listing;
            this.plan = plan;
            this.taken = IntStream.range(0, plan.size()).filter(plan::isTaken).toArray();
        }

        /** The time is over. */
        private static final class Over extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Over() {
                super("The time is over", null, false, false);
            }
        }

        void run() {
            Set<Integer> kept = evenly(MOST_SAMPLES);
            look(kept, kept);
            Set<Integer> others = new java.util.HashSet<>(evenly(MOST_LOOKED_AT));
            others.removeAll(kept);
            if (System.nanoTime() < until) look(others, Set.of());
        }

        private Set<Integer> evenly(int most) {
            int count = Math.min(most, taken.length);
            return IntStream.range(0, count)
                    .mapToObj(i -> taken[(int) ((long) i * taken.length / count)])
                    .collect(java.util.stream.Collectors.toSet());
        }

        private void look(Set<Integer> wanted, Set<Integer> kept) {
            try {
                listing.reading().read(wanted::contains, (position, content) -> {
                    take(position, content, kept.contains(position));
                    if (System.nanoTime() > until) throw new Over();
                });
            } catch (Over over) {
                // what was seen will do
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void take(int position, PictureContent content, boolean keep) {
            ListedPicture listed = listing.pictures().get(position);
            try {
                Pixels picture = picture(content, listed.source());
                sizes.add(new ImportLook.PictureSize(picture.height(), picture.width()));
                if (keep)
                    samples.add(new ImportLook.Sample(
                            listed.source(), listed.className(), plan.split(position), small(picture)));
            } catch (Problem problem) {
                broken.add(new BrokenPicture(listed.source(), problem.what()));
            } catch (IOException failure) {
                broken.add(new BrokenPicture(
                        listed.source(), "Cannot read the file: " + FileFailure.reason(failure) + "."));
            }
        }
    }

    private static Pixels picture(PictureContent content, String name) throws IOException {
        return switch (content) {
            case PictureContent.Encoded(byte[] file) -> PictureDecoder.decode(file, name, ColorMode.COLOR);
            case PictureContent.OnDisk(Path file) ->
                decoded(FolderBounds.ofThisProcess().checked(file), name);
            case PictureContent.Decoded(Pixels pixels) -> pixels;
            case PictureContent.Masked(PictureContent picture, PictureContent _) -> picture(picture, name);
            case PictureContent.Unreadable(String reason) -> throw new Problem(reason, name, "leave it out");
        };
    }

    private static Pixels decoded(Path file, String name) throws IOException {
        if (Files.size(file) > PicturePreparation.LARGEST_FILE)
            throw new IOException("it has " + Files.size(file) + " bytes, more than any picture of use");
        return PictureDecoder.decode(Files.readAllBytes(file), name, ColorMode.COLOR);
    }

    private static Pixels small(Pixels picture) {
        long pixels = (long) picture.height() * picture.width();
        if (pixels <= MOST_PIXELS_KEPT) return picture;
        double scale = Math.sqrt((double) MOST_PIXELS_KEPT / pixels);
        return Resize.to(
                picture,
                Math.max(1, (int) (picture.height() * scale)),
                Math.max(1, (int) (picture.width() * scale)),
                ResizeMode.SQUASH);
    }
}
