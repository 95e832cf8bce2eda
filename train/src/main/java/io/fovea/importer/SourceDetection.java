package io.fovea.importer;

import io.fovea.dataset.DistinctNames;
import io.fovea.dataset.ImportFolder;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.file.RawName;
import io.fovea.list.ListImporter;
import io.fovea.problem.Problem;
import io.fovea.source.ArchiveImporter;
import io.fovea.source.CifarImporter;
import io.fovea.source.ClassNamesFile;
import io.fovea.source.DataFiles;
import io.fovea.source.FolderImporter;
import io.fovea.source.IdxImporter;
import io.fovea.source.IdxPairs;
import io.fovea.source.ListedPicture;
import io.fovea.source.PassedOver;
import io.fovea.source.PictureName;
import io.fovea.source.PictureReading;
import io.fovea.source.Source;
import io.fovea.source.SourceFormat;
import io.fovea.source.SourceListing;
import io.fovea.source.SourceName;
import io.fovea.source.SourceParts;
import io.fovea.source.SourceReading;
import io.fovea.source.SourceRole;
import io.fovea.source.TargetColumn;
import io.fovea.source.UnreadFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds out how sources are laid out, lists each with its importer, and joins the listings.
 *
 * <p>A new format gets an entry in {@link SourceFormat}, an importer that returns a {@link SourceListing}, and a line here.
 */
final class SourceDetection {

    private SourceDetection() {}

    /** Returns what all sources have together. */
    static SourceListing list(List<Source> sources, ImportSettings settings, ImportFolder folder) throws IOException {
        for (Source source : sources) refuseMissing(source.path());
        refuseTwice(sources);
        SourceReading reading = settings.reading();
        return switch (settings.truth()) {
            case Truth.Classes() -> listClasses(sources, reading, folder);
            case Truth.Masks _ -> listMasks(sources, reading);
            case Truth.Numbers(List<String> targets, TargetUnit unit) -> listTargets(sources, targets, reading);
            case Truth.Detected() ->
                stateTargets(sources)
                        ? listTargets(sources, List.of(), reading)
                        : listClasses(sources, reading, folder);
        };
    }

    private static void refuseTwice(List<Source> sources) throws IOException {
        Set<Path> seen = new HashSet<>();
        for (Source source : sources) {
            if (seen.add(source.path().toRealPath())) continue;
            throw new Problem(
                    "The same source is given twice.",
                    source.path().toString(),
                    "give it once, with or without a role");
        }
    }

    private static boolean stateTargets(List<Source> sources) throws IOException {
        for (Source source : sources) if (!TargetDetection.isStatedByNames(source)) return false;
        return true;
    }

    private static SourceListing listTargets(List<Source> sources, List<String> wanted, SourceReading reading)
            throws IOException {
        if (reading.labelColumn().isPresent())
            throw new Problem(
                    "A regression has no labels, but their column is given: "
                            + reading.labelColumn().get() + ".",
                    "--label-column",
                    "choose its columns with --targets");
        Optional<Path> picturesFolder = only(sources, SourceRole.PICTURES_FOLDER, "folder of pictures");
        return joined(TargetDetection.list(sources, picturesFolder, wanted, reading), DistinctNames.of(List.of()));
    }

    private static SourceListing listMasks(List<Source> sources, SourceReading reading) throws IOException {
        DistinctNames classNames = givenClassNames(sources, reading);
        SourceParts parts = SourceParts.of(sources);
        List<SourceListing> listings = new ArrayList<>();
        for (Source source : sources) {
            if (source.role() == SourceRole.CLASS_NAMES) continue;
            if (!Files.isDirectory(source.path()))
                throw new Problem(
                        "Expected a folder of pictures and masks, found a file.",
                        source.path().toString(),
                        "unpack it, and give the folder");
            SourceListing listing = FolderImporter.listMasks(source, parts.otherwise(source), reading.namesEncoding());
            listings.add(classNames.names().isEmpty() ? listing : listing.withoutNumberedClasses());
        }
        refuseColumnsWithoutList(List.of(), reading);
        return joined(listings, classNames);
    }

    private static SourceListing listClasses(List<Source> sources, SourceReading reading, ImportFolder folder)
            throws IOException {
        DistinctNames classNames = givenClassNames(sources, reading);
        List<Source> idxLabels = new ArrayList<>();
        List<Source> pictures = new ArrayList<>();
        for (Source source : sources) {
            if (source.role() == SourceRole.CLASS_NAMES || source.role() == SourceRole.PICTURES_FOLDER) continue;
            if (Files.isRegularFile(source.path()) && isIdxLabels(source.path())) idxLabels.add(source);
            else pictures.add(source);
        }
        Optional<Path> picturesFolder = only(sources, SourceRole.PICTURES_FOLDER, "folder of pictures");
        List<SourceListing> listings = new ArrayList<>();
        Beside beside =
                new Beside(classNames.names(), picturesFolder, idxLabels, SourceParts.of(sources), reading, folder);
        for (Source source : pictures) listings.addAll(list(source, beside));
        refuseColumnsWithoutList(pictures, reading);
        if (!idxLabels.isEmpty()) throw labelsWithoutImages(idxLabels.getFirst());
        return joined(listings, classNames);
    }

    /** Returns the shape that the formats give to every picture, if they do and all agree: idx and CIFAR files, not photographs. */
    static Optional<Preparation> ownShape(List<Source> sources) throws IOException {
        Set<Optional<Preparation>> shapes = new HashSet<>();
        for (Source source : sources) {
            refuseMissing(source.path());
            if (source.role() == SourceRole.CLASS_NAMES || source.role() == SourceRole.PICTURES_FOLDER) continue;
            if (Files.isRegularFile(source.path()) && isIdxLabels(source.path())) continue;
            shapes.add(ownShape(source));
        }
        return shapes.size() == 1 ? shapes.iterator().next() : Optional.empty();
    }

    private static Optional<Preparation> ownShape(Source source) throws IOException {
        return switch (format(source)) {
            case IDX ->
                Optional.of(IdxImporter.shape(
                        Files.isDirectory(source.path())
                                ? DataFiles.distinct(source.path(), DataFiles::isIdxImages, new ArrayList<>())
                                        .getFirst()
                                : source.path()));
            case CIFAR -> Optional.of(CifarImporter.SHAPE);
            case ARCHIVE -> ArchiveImporter.dataShape(source.path());
            case FOLDERS, LIST, DETECTED -> Optional.empty();
        };
    }

    /**
     * What else an importer may need.
     *
     * @param classNames     given by label; or empty
     * @param picturesFolder from which the paths of lists start
     * @param idxLabels      files of labels that no pictures have taken yet; changes
     * @param parts          what the names of the sources say
     * @param reading        how sources are read
     * @param folder         for scratch files
     */
    private record Beside(
            List<String> classNames,
            Optional<Path> picturesFolder,
            List<Source> idxLabels,
            SourceParts parts,
            SourceReading reading,
            ImportFolder folder) {}

    private static List<SourceListing> list(Source source, Beside beside) throws IOException {
        List<String> classNames = beside.classNames();
        return switch (format(source)) {
            case FOLDERS ->
                List.of(remarked(
                        FolderImporter.list(source, beside.parts().otherwise(source)), source, beside.parts()));
            case IDX ->
                Files.isDirectory(source.path())
                        ? IdxPairs.ofFolder(source, classNames)
                        : List.of(IdxPairs.ofFile(source, classNames, beside.idxLabels()));
            case CIFAR -> CifarImporter.list(source, classNames);
            case LIST ->
                List.of(ListImporter.list(
                        source,
                        classNames,
                        beside.picturesFolder(),
                        Optional.ofNullable(beside.parts().named().get(source)),
                        beside.reading()));
            case ARCHIVE -> archive(source, beside);
            case DETECTED -> throw unclear(source.path());
        };
    }

    private static SourceFormat format(Source source) throws IOException {
        if (source.format() != SourceFormat.DETECTED) return source.format();
        Path path = source.path();
        if (Files.isDirectory(path)) {
            return DataFiles.format(path).orElse(SourceFormat.FOLDERS);
        }
        String name = SourceName.of(path).toLowerCase(Locale.ROOT);
        if (DataFiles.isIdxImages(name) || IdxImporter.magic(path) == IdxImporter.IMAGES_MAGIC) return SourceFormat.IDX;
        if (ArchiveImporter.isArchive(path)) return SourceFormat.ARCHIVE;
        if (name.endsWith(".bin") || name.endsWith(".bin.gz")) return SourceFormat.CIFAR;
        return ListImporter.isText(path) ? SourceFormat.LIST : SourceFormat.DETECTED;
    }

    /** Says what there is to say where only the source's own name speaks of a part. */
    private static SourceListing remarked(SourceListing listing, Source source, SourceParts parts) {
        return isOfOnePart(listing) ? listing.with(parts.remark(source).stream().toList()) : listing;
    }

    private static boolean isOfOnePart(SourceListing listing) {
        return listing.pictures().stream().allMatch(picture -> picture.part() == Split.TRAINING);
    }

    private static List<SourceListing> archive(Source source, Beside beside) throws IOException {
        ArchiveImporter.Contents contents =
                ArchiveImporter.list(source, beside.parts().otherwise(source), beside.reading());
        if (!contents.areDataFiles()) return List.of(remarked(contents.folders(), source, beside.parts()));
        Path unpacked = ArchiveImporter.unpackDataFiles(
                source, beside.reading(), beside.folder().scratch());
        try {
            List<SourceListing> listings =
                    new ArrayList<>(list(new Source(unpacked, source.role(), SourceFormat.DETECTED), beside));
            if (contents.pictures() > 0)
                listings.set(
                        0,
                        listings.getFirst()
                                .with(List.of(
                                        DataFiles.picturesBeside(contents.pictures(), SourceName.of(source.path())))));
            return listings;
        } catch (Problem problem) {
            // Where the files were unpacked to is no place that a user knows.
            String inArchive = source.path().toString();
            throw new Problem(
                    problem.what(),
                    problem.where().replace(unpacked.toString(), inArchive),
                    problem.remedy().replace(unpacked.toString(), inArchive),
                    problem);
        }
    }

    private static boolean isIdxLabels(Path file) {
        return DataFiles.isIdxLabels(SourceName.of(file)) || IdxImporter.magic(file) == IdxImporter.LABELS_MAGIC;
    }

    private static DistinctNames givenClassNames(List<Source> sources, SourceReading reading) {
        return only(sources, SourceRole.CLASS_NAMES, "file of class names")
                .map(file -> ClassNamesFile.read(file, reading.namesEncoding()))
                .orElse(DistinctNames.of(List.of()));
    }

    private static Optional<Path> only(List<Source> sources, SourceRole role, String thing) {
        List<Path> paths = sources.stream()
                .filter(source -> source.role() == role)
                .map(Source::path)
                .toList();
        if (paths.size() > 1) {
            throw new Problem(
                    "Expected one " + thing + ", found " + paths.size() + ".",
                    paths.get(1).toString(),
                    "give it once");
        }
        return paths.stream().findFirst();
    }

    private static SourceListing joined(List<SourceListing> listings, DistinctNames given) {
        List<String> numbered = given.names();
        List<ListedPicture> pictures = new ArrayList<>();
        List<PassedOver> passedOver = new ArrayList<>();
        List<String> remarks = new ArrayList<>(given.remarks());
        for (SourceListing listing : listings) {
            passedOver.addAll(listing.passedOver());
            if (numbered.isEmpty()) numbered = listing.numberedClasses();
            pictures.addAll(listing.pictures());
            remarks.addAll(listing.remarks());
        }
        for (SourceListing listing : listings) {
            if (!listing.numberedClasses().isEmpty()
                    && !listing.numberedClasses().equals(numbered)) {
                throw new Problem(
                        "The sources number their classes differently: " + numbered + " and "
                                + listing.numberedClasses() + ".",
                        "the given sources",
                        "import them as two datasets, or give the class names: classes=FILE");
            }
        }
        List<TargetColumn> targets = sameTargets(listings);
        boolean masked = listings.stream().anyMatch(listing -> listing.masks().isPresent());
        return new SourceListing(
                pictures,
                numbered,
                targets,
                masked ? Optional.of(joined(listings, listing -> listing.masks().orElseThrow())) : Optional.empty(),
                passedOver,
                remarks,
                joined(listings, SourceListing::reading));
    }

    private static PictureReading joined(
            List<SourceListing> listings, Function<SourceListing, PictureReading> reading) {
        return (wanted, receiver) -> {
            int first = 0;
            for (SourceListing listing : listings) {
                int offset = first;
                reading.apply(listing)
                        .read(
                                position -> wanted.test(offset + position),
                                (position, content) -> receiver.receive(offset + position, content));
                first += listing.pictures().size();
            }
        };
    }

    private static List<TargetColumn> sameTargets(List<SourceListing> listings) {
        Set<List<TargetColumn>> all = new LinkedHashSet<>();
        for (SourceListing listing : listings) all.add(listing.targets());
        if (all.size() > 1) {
            List<String> found = all.stream().map(SourceDetection::names).toList();
            throw new Problem(
                    "The sources have different targets: " + found.get(0) + "; " + found.get(1) + ".",
                    "the given sources",
                    "choose targets that all of them have: --targets NAME,NAME");
        }
        return all.isEmpty() ? List.of() : all.iterator().next();
    }

    private static String names(List<TargetColumn> columns) {
        return columns.stream().map(TargetColumn::name).collect(Collectors.joining(", "));
    }

    private static void refuseColumnsWithoutList(List<Source> sources, SourceReading reading) throws IOException {
        if (reading.pathColumn().isEmpty() && reading.labelColumn().isEmpty()) return;
        for (Source source : sources) if (format(source) == SourceFormat.LIST) return;
        throw new Problem(
                "Columns are given, but no source is a list.",
                "the given sources",
                "leave --path-column and --label-column out, or give a list");
    }

    private static void refuseMissing(Path path) {
        if (Files.exists(path)) return;
        if (!RawName.isText(path))
            throw new Problem(
                    "The name \"" + path + "\" is not UTF-8, and it is not clear which file or folder it means.",
                    String.valueOf(path.toAbsolutePath().getParent()),
                    "rename it, for example: convmv -f latin1 -t utf8 --notest NAME");
        throw new Problem("There is no such file or folder.", path.toString(), "check the path");
    }

    private static Problem unclear(Path file) {
        Optional<PassedOver> known = UnreadFiles.described(SourceName.of(file));
        boolean picture = PictureName.isPicture(SourceName.of(file));
        String what = picture
                ? "A single picture is no dataset."
                : known.map(format -> "Files of this kind are not read: " + format.what() + ".")
                        .orElse("It is not clear what this file is.");
        return new Problem(
                what,
                file.toString(),
                known.map(format -> format.advice() + "; or ").orElse("")
                        + "give a folder with a sub-folder of pictures for each class, idx or CIFAR files, a list"
                        + " (.csv, .txt) of paths and labels, or a tar, tar.gz or zip of such folders");
    }

    private static Problem labelsWithoutImages(Source labels) {
        return new Problem(
                "These labels belong to no given pictures.",
                labels.path().toString(),
                "give the file of the pictures too (…-images-idx3-ubyte or .gz)");
    }
}
