package io.fovea.importer;

import io.fovea.list.ListImporter;
import io.fovea.list.TableImporter;
import io.fovea.list.TargetTable;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.source.ArchiveImporter;
import io.fovea.source.FolderImporter;
import io.fovea.source.ListedPicture;
import io.fovea.source.NamedPoints;
import io.fovea.source.PassedOver;
import io.fovea.source.Source;
import io.fovea.source.SourceListing;
import io.fovea.source.SourceName;
import io.fovea.source.SourceParts;
import io.fovea.source.SourceReading;
import io.fovea.source.SourceRole;
import io.fovea.source.TargetColumn;
import io.fovea.source.UnseenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out where the targets of a regression are stated: in the names of the pictures, or in tables.
 *
 * <p>A source is a table, or a folder. The names of a folder's pictures count if they state a point and no other columns are wanted; else
 * its tables: {@code train.csv}, {@code val.csv}, {@code test.csv}, or the only one in it, or the one beside it that is called as it is.
 */
final class TargetDetection {

    private static final int COLUMNS_TO_REPORT = 4;

    private final List<String> wanted;
    private final SourceReading reading;
    private final TableImporter tables;
    private final SourceParts parts;

    private TargetDetection(
            List<String> wanted, Optional<Path> picturesFolder, SourceParts parts, SourceReading reading) {
        this.wanted = wanted;
        this.parts = parts;
        this.reading = reading;
        this.tables = new TableImporter(wanted, picturesFolder, reading);
    }

    /** Returns one listing for each table and each folder whose pictures state points. */
    static List<SourceListing> list(
            List<Source> sources, Optional<Path> picturesFolder, List<String> wanted, SourceReading reading)
            throws IOException {
        TargetDetection detection = new TargetDetection(wanted, picturesFolder, SourceParts.of(sources), reading);
        List<SourceListing> listings = new ArrayList<>();
        for (Source source : sources) {
            switch (source.role()) {
                case PICTURES_FOLDER -> {}
                case CLASS_NAMES -> throw classNamesGiven(source);
                case DETECTED, TRAINING, VALIDATION, TEST -> listings.addAll(detection.list(source));
            }
        }
        if (listings.isEmpty()) throw noTargets(sources.getFirst(), List.of());
        if (!detection.tables.remarks().isEmpty())
            listings.add(new SourceListing(
                    List.of(),
                    List.of(),
                    listings.getFirst().targets(),
                    detection.tables.remarks(),
                    (none, receiver) -> {}));
        return listings;
    }

    /** Returns whether the names of all pictures state a point. */
    static boolean isStatedByNames(Source source) throws IOException {
        return Files.isDirectory(source.path()) && NamedPoints.areAll(FolderImporter.paths(source.path()));
    }

    private List<SourceListing> list(Source source) throws IOException {
        if (Files.isDirectory(source.path())) return folder(source);
        if (ArchiveImporter.isArchive(source.path()) || !ListImporter.isText(source.path()))
            throw new Problem(
                    "Targets can be read from a folder or a CSV; this is neither.",
                    source.path().toString(),
                    "unpack an archive and give its folder");
        return List.of(tables.list(source.path(), parts.withRole(source).role()));
    }

    private List<SourceListing> folder(Source source) throws IOException {
        List<Path> files = tables(source.path());
        boolean byName = isStatedByNames(source);
        boolean pointWanted = wanted.isEmpty() || NamedPoints.names().containsAll(wanted);
        if (files.isEmpty() || byName && pointWanted) return List.of(byName(source, files));
        refuseSeveralParts(source, files);
        SourceParts named = SourceParts.of(
                files.stream().map(file -> Source.of(file, source.role())).toList());
        return files.stream()
                .map(file -> tables.list(
                        file, named.withRole(Source.of(file, source.role())).role()))
                .toList();
    }

    private SourceListing byName(Source source, List<Path> files) {
        SourceListing listing = FolderImporter.listPoints(source, parts.otherwise(source));
        if (listing.pictures().isEmpty()) throw noTargets(source, listing.passedOver());
        List<String> remarks = new ArrayList<>(listing.remarks());
        if (!files.isEmpty() && wanted.isEmpty()) remarks.add(columnsBeside(files.getFirst()));
        return selected(
                new SourceListing(
                        listing.pictures(),
                        List.of(),
                        listing.targets(),
                        listing.passedOver(),
                        remarks,
                        listing.reading()),
                source);
    }

    /** Returns the listing with the wanted ones of x and y. */
    private SourceListing selected(SourceListing listing, Source source) {
        if (wanted.isEmpty()) return listing;
        List<String> names = NamedPoints.names();
        for (String name : wanted) {
            if (!names.contains(name))
                throw new Problem(
                        "There is no target \"" + name + "\".",
                        source.path().toString(),
                        Nearest.suggestion(name, names));
        }
        int[] chosen = wanted.stream().mapToInt(names::indexOf).toArray();
        List<TargetColumn> columns =
                IntStream.of(chosen).mapToObj(listing.targets()::get).toList();
        List<ListedPicture> pictures = listing.pictures().stream()
                .map(picture -> ListedPicture.of(
                        picture.source(),
                        picture.part(),
                        IntStream.of(chosen)
                                .mapToDouble(i -> picture.targets()[i])
                                .toArray(),
                        picture.place()))
                .toList();
        return new SourceListing(
                pictures, List.of(), columns, listing.passedOver(), listing.remarks(), listing.reading());
    }

    private static List<Path> tables(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> entries = Files.list(folder)) {
            all = entries.filter(TargetDetection::isTable).sorted().toList();
        }
        SourceParts parts = SourceParts.of(all.stream().map(Source::of).toList());
        List<Path> ofParts = all.stream()
                .filter(file -> parts.named().containsKey(Source.of(file)))
                .toList();
        if (!ofParts.isEmpty() || all.size() == 1) return ofParts.isEmpty() ? all : ofParts;
        if (all.size() > 1)
            throw new Problem(
                    "The folder has " + all.size() + " tables, and it is not clear which one states the targets.",
                    folder.toString(),
                    "give the table itself as the source: " + all.getFirst());
        Path beside = folder.toAbsolutePath().normalize().resolveSibling(SourceName.of(folder) + ".csv");
        return isTable(beside) ? List.of(beside) : List.of();
    }

    private static boolean isTable(Path file) {
        String name = SourceName.of(file).toLowerCase(Locale.ROOT);
        return (name.endsWith(".csv") || name.endsWith(".tsv"))
                && !UnseenFiles.isUnseen(name)
                && Files.isRegularFile(file);
    }

    private static void refuseSeveralParts(Source source, List<Path> files) {
        if (source.role() == SourceRole.DETECTED || files.size() == 1) return;
        throw new Problem(
                "The source is given for " + source.role().word() + ", but has " + files.size() + " tables.",
                source.path().toString(),
                "give the source without a role, or give one of its tables");
    }

    private String columnsBeside(Path file) {
        List<String> columns = TargetTable.columnNames(file, reading);
        String some = String.join(",", columns.subList(0, Math.min(COLUMNS_TO_REPORT, columns.size())));
        return "The points are those of the pictures' names. " + SourceName.of(file) + " has " + columns.size()
                + " columns to choose from with --targets: " + some + (columns.size() > COLUMNS_TO_REPORT ? ",…" : "")
                + ".";
    }

    private static Problem noTargets(Source source, List<PassedOver> passedOver) {
        return new Problem(
                PassedOver.after("No picture states its targets.", passedOver),
                source.path().toString(),
                PassedOver.advice(passedOver)
                        + "name the pictures xy_X_Y_id.jpg, with X and Y in pixels, or put a CSV with a line for each"
                        + " of them beside them");
    }

    private static Problem classNamesGiven(Source source) {
        return new Problem(
                "A regression has no classes, but their names are given.",
                source.path().toString(),
                "leave this source out, or import with --task classification");
    }
}
