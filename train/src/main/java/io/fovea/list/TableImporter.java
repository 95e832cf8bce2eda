package io.fovea.list;

import io.fovea.dataset.Split;
import io.fovea.file.RawName;
import io.fovea.problem.Problem;
import io.fovea.source.FolderImporter;
import io.fovea.source.ListedPicture;
import io.fovea.source.PartName;
import io.fovea.source.PictureContent;
import io.fovea.source.PictureName;
import io.fovea.source.Source;
import io.fovea.source.SourceListing;
import io.fovea.source.SourceName;
import io.fovea.source.SourceReading;
import io.fovea.source.SourceRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists the pictures of {@link TargetTable}s. A list of them shares one importer, which knows what each has listed. */
public final class TableImporter {

    private static final int NAMES_TO_REPORT = 3;

    private final List<String> wanted;
    private final SourceReading reading;
    private final Optional<Path> picturesFolder;
    private final Map<Path, String> listed = new HashMap<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    /**
     * An importer for all tables of an import.
     *
     * @param wanted         names of columns; all if empty
     * @param picturesFolder from which the paths start; if not given, the table's own, or the one beside it that is called as it is
     */
    public TableImporter(List<String> wanted, Optional<Path> picturesFolder, SourceReading reading) {
        this.wanted = wanted;
        this.reading = reading;
        this.picturesFolder = picturesFolder;
    }

    /** Lists one table; pictures are for {@code role}, or what the table's name says, or the first folder of each path. */
    public SourceListing list(Path file, SourceRole role) {
        List<Path> starts = starts(file);
        TargetTable table = TargetTable.read(file, wanted, starts, reading);
        List<String> paths = table.rows().stream().map(TargetTable.Row::path).toList();
        ListedFiles files = ListedFiles.of(paths, starts, reading, file);
        Map<String, Split> folders = PartName.ofFolders(paths);
        Optional<Split> part = SourceName.split(Source.of(file, role));
        List<ListedPicture> pictures = new ArrayList<>();
        List<PictureContent> contents = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            TargetTable.Row row = table.rows().get(i);
            String place = SourceName.of(file) + ", line " + row.line();
            Split split = part.or(() -> Optional.ofNullable(folders.get(row.path())))
                    .or(() -> PartName.whole(row.path().split("[/\\\\]")[0]))
                    .orElse(Split.TRAINING);
            pictures.add(ListedPicture.of(SourceName.of(file) + "/" + row.path(), split, row.values(), place));
            contents.add(content(files.found().get(i), row, file, place));
        }
        return new SourceListing(pictures, List.of(), table.columns(), files.remarks(), (wantedPictures, receiver) -> {
            for (int i = 0; i < contents.size(); i++) if (wantedPictures.test(i)) receiver.receive(i, contents.get(i));
        });
    }

    /** Returns sentences about pictures that lie beside listed ones, but are in no table. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (Path folder : folders) {
            List<String> unlisted = FolderImporter.files(folder).stream()
                    .filter(PictureName::isPicture)
                    .filter(name -> !listed.containsKey(RawName.below(folder, name)))
                    .toList();
            if (unlisted.isEmpty()) continue;
            String names = String.join(", ", unlisted.subList(0, Math.min(NAMES_TO_REPORT, unlisted.size())));
            remarks.add((unlisted.size() == 1 ? "1 picture" : unlisted.size() + " pictures") + " of "
                    + SourceName.of(folder) + " without a line in the table passed over: " + names
                    + (unlisted.size() > NAMES_TO_REPORT ? ", …" : "") + ".");
        }
        return remarks;
    }

    private List<Path> starts(Path file) {
        if (picturesFolder.isPresent()) return List.of(picturesFolder.get());
        Path own = file.toAbsolutePath().normalize().getParent();
        return List.of(own, own.resolve(SourceName.of(file).split("\\.")[0]));
    }

    private PictureContent content(PictureFinder.Found found, TargetTable.Row row, Path file, String place) {
        return switch (found) {
            case PictureFinder.Found.At(Path at, var corrections) -> {
                Path picture = at.toAbsolutePath().normalize();
                String other = listed.put(picture, place);
                if (other != null) throw listedTwice(row, file, other);
                folders.add(picture.getParent());
                yield new PictureContent.OnDisk(picture);
            }
            case PictureFinder.Found.Nowhere(String reason) ->
                new PictureContent.Unreadable(reason + " (" + place + ")");
        };
    }

    private static Problem listedTwice(TargetTable.Row row, Path file, String other) {
        return new Problem(
                "The picture \"" + row.path() + "\" is listed twice.",
                file + ", line " + row.line(),
                "keep one line for it; the other is " + other);
    }
}
