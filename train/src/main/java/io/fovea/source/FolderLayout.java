package io.fovea.source;

import io.fovea.dataset.Split;
import io.fovea.problem.Problem;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which folders of a source are classes and which are parts.
 *
 * <ul>
 *   <li>Single folders around everything are looked through.
 *   <li>Folders are parts if all have names of parts, or two of them have those of different parts ({@link PartName}). The classes are the
 *       folders in them, also below further single folders ({@code seg_train/seg_train/<class>}, {@code test/images/<class>}).
 *   <li>Folders that have nothing but folders for parts are classes.
 *   <li>Folders whose folders are called alike might be parts of an unknown name: they are asked about, unless the source's role says that
 *       it is of one part.
 *   <li>All others are classes, and everything below them belongs to them.
 * </ul>
 */
final class FolderLayout {

    private static final int NAMES_TO_REPORT = 3;

    /** Fewer than one of so many pictures beside folders are strays: a title picture, a sheet of examples. */
    private static final int STRAY = 10;

    /** What the pictures below a folder are. */
    record Place(Split part, String className) {}

    private final Source source;
    private final Map<String, Place> places = new HashMap<>();
    private final List<PassedOver> passedOver = new ArrayList<>();

    private FolderLayout(Source source) {
        this.source = source;
    }

    /**
     * Lays out the folders of one source.
     *
     * @param otherwise the part of folders that are none
     * @throws Problem if the folders can be understood in several ways
     */
    static FolderLayout of(PictureFolder root, Source source, Split otherwise) {
        FolderLayout layout = new FolderLayout(source);
        PictureFolder top = unwrapped(root);
        Map<PictureFolder, Split> parts = parts(top);
        if (!parts.isEmpty()) layout.placeParts(top, parts);
        else if (layout.hasPartsInClasses(top)) layout.placePartsInClasses(top);
        else layout.placeClasses(top, otherwise);
        return layout;
    }

    /** Returns the class and part of the pictures that lie directly in a folder, if it has any. */
    Optional<Place> place(String folder) {
        return Optional.ofNullable(places.get(folder));
    }

    /** Returns what was passed over, and what was understood otherwise than a glance at the topmost folder tells. */
    List<PassedOver> passedOver() {
        return passedOver;
    }

    /**
     * Returns the part of every folder where only the parts matter; nothing if the folders are no parts.
     *
     * @throws Problem if the source is given for one part and has several
     */
    static Map<String, Split> partFolders(PictureFolder root, Source source) {
        Map<PictureFolder, Split> parts = parts(unwrapped(root));
        FolderLayout layout = new FolderLayout(source);
        layout.refuseSeveralParts(parts.keySet());
        parts.forEach((folder, part) ->
                layout.placeAll(folder, new Place(source.role().split().orElse(part), "")));
        Map<String, Split> folders = new HashMap<>();
        layout.places.forEach((folder, place) -> folders.put(folder, place.part()));
        return folders;
    }

    /** Returns the folder below which there is more than a single folder, or one that names a part. */
    static PictureFolder unwrapped(PictureFolder root) {
        PictureFolder top = root;
        while (top.isWrapping()
                && (PartName.whole(top.only().name()).isEmpty()
                        || !parts(top.only()).isEmpty())) top = top.only();
        return top;
    }

    /** Returns those of the folders in one that are parts, or nothing if they are no parts. */
    static Map<PictureFolder, Split> parts(PictureFolder top) {
        Set<String> names = top.folders().keySet();
        Map<String, Split> whole = new LinkedHashMap<>();
        for (String name : names) PartName.whole(name).ifPresent(part -> whole.put(name, part));
        boolean known = whole.size() == names.size() || distinct(whole.values()) > 1;
        Map<String, Split> said = known ? whole : PartName.among(names);
        if (!known && distinct(said.values()) < 2) return Map.of();
        Map<PictureFolder, Split> parts = new LinkedHashMap<>();
        said.forEach((name, part) -> parts.put(top.folders().get(name), part));
        return parts;
    }

    private static int distinct(Collection<Split> parts) {
        return parts.isEmpty() ? 0 : EnumSet.copyOf(parts).size();
    }

    private void placeParts(PictureFolder top, Map<PictureFolder, Split> parts) {
        refuseSeveralParts(parts.keySet());
        refuseSeveralSets(top, parts);
        Set<String> classNames = new HashSet<>();
        for (PictureFolder part : parts.keySet()) {
            PictureFolder inner = innermost(part, Set.of());
            if (inner.folders().size() > 1) classNames.addAll(inner.folders().keySet());
        }
        parts.forEach((folder, part) -> {
            PictureFolder inner = innermost(folder, classNames);
            Split split = source.role().split().orElse(part);
            if (isWithoutClasses(inner, classNames)) passedOver.add(withoutClasses(folder));
            else inner.folders().forEach((name, child) -> placeAll(child, new Place(split, name)));
            if (inner.pictures() > 0 && !inner.folders().isEmpty()) passedOver.add(outside(inner));
        });
        if (parts.keySet().stream()
                .anyMatch(folder -> PartName.whole(folder.name()).isEmpty()))
            passedOver.add(
                    new PassedOver("The folders " + quoted(names(parts.keySet())) + " were taken for parts", ""));
        List<PictureFolder> others = new ArrayList<>(top.folders().values());
        others.removeAll(parts.keySet());
        if (!others.isEmpty()) passedOver.add(noParts(others));
        if (top.pictures() > 0) passedOver.add(outside(top));
    }

    /** Names such as dog_train, dog_test, cat_train, cat_test say class and part together. */
    private void refuseSeveralSets(PictureFolder top, Map<PictureFolder, Split> parts) {
        Set<String> sets = new LinkedHashSet<>();
        for (PictureFolder part : parts.keySet()) PartName.of(part.name()).ifPresent(name -> sets.add(name.rest()));
        if (sets.size() < 2 || sets.contains("")) return;
        throw new Problem(
                "The folders " + quoted(top.folders().keySet()) + " name parts of several sets: " + quoted(sets) + ".",
                source.path().toString(),
                "put the pictures into train/<class>, val/<class> and test/<class>, or import one of the sets");
    }

    /** Looks through single folders below a part, but not through one that is a class elsewhere. */
    static PictureFolder innermost(PictureFolder part, Set<String> classNames) {
        PictureFolder inner = part;
        while (inner.isWrapping() && !classNames.contains(inner.only().name())) inner = inner.only();
        return inner;
    }

    /** Pictures directly in a part, or in a single folder of it that is no class elsewhere and called as pictures in general are. */
    private static boolean isWithoutClasses(PictureFolder inner, Set<String> classNames) {
        if (inner.folders().isEmpty()) return true;
        if (inner.folders().size() > 1) return false;
        String name = inner.only().name();
        boolean general = PartName.saysNothing(name) || PartName.whole(name).isPresent() || name.equals(inner.name());
        return !classNames.contains(name) && general;
    }

    /** Returns whether there are at least two parts, and all folders below the top's have names of parts. */
    private boolean hasPartsInClasses(PictureFolder top) {
        if (source.role() != SourceRole.DETECTED || top.folders().size() < 2) return false;
        Set<Split> parts = EnumSet.noneOf(Split.class);
        for (PictureFolder folder : top.folders().values()) {
            if (folder.pictures() > 0) return false;
            for (String name : folder.folders().keySet()) {
                Optional<Split> part = PartName.whole(name);
                if (part.isEmpty()) return false;
                parts.add(part.get());
            }
        }
        return parts.size() > 1;
    }

    private void placePartsInClasses(PictureFolder top) {
        top.folders().forEach((name, folder) -> folder.folders().forEach((partName, part) -> {
            placeAll(part, new Place(PartName.whole(partName).orElseThrow(), name));
        }));
        passedOver.add(new PassedOver(
                "The folders of " + called(top) + " are classes, and those in them are parts, "
                        + quoted(top.only().folders().keySet()),
                ""));
        if (top.pictures() > 0) passedOver.add(outside(top));
    }

    private void placeClasses(PictureFolder top, Split otherwise) {
        if (source.role() == SourceRole.DETECTED) refuseAlike(top);
        Split split = source.role().split().orElse(otherwise);
        top.folders().forEach((name, folder) -> placeAll(folder, new Place(split, name)));
        if (!top.path().isEmpty() && top.folders().size() > 1)
            passedOver.add(new PassedOver(
                    "The classes of " + SourceName.of(source.path()) + " are the folders in \"" + top.path() + "\"",
                    ""));
        if (top.pictures() > 0) passedOver.add(outside(top));
    }

    private void refuseAlike(PictureFolder top) {
        List<Set<String>> below = new ArrayList<>();
        for (PictureFolder folder : top.folders().values()) {
            PictureFolder inner = innermost(folder, Set.of());
            if (inner.pictures() * STRAY > inner.allPictures()) return;
            below.add(inner.folders().keySet());
        }
        if (below.size() < 2) return;
        Set<String> largest = below.stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElseThrow();
        if (largest.size() < 2 || !below.stream().allMatch(largest::containsAll)) return;
        List<String> tops = List.copyOf(top.folders().keySet());
        String folder = source.path().resolve(top.path()).toString();
        boolean archive = Files.isRegularFile(source.path());
        throw new Problem(
                "The folders " + quoted(tops) + " have folders of the same names, " + quoted(largest)
                        + ": it is not clear whether they are classes, or parts whose names are not known.",
                folder,
                archive
                        ? "if they are classes, give train=" + source.path()
                                + "; if they are parts, unpack the archive and say what each is for: train=FOLDER"
                                + " val=FOLDER"
                        : "if they are parts, say what each is for: train="
                                + source.path().resolve(top.path()).resolve(tops.get(0))
                                + " val=" + source.path().resolve(top.path()).resolve(tops.get(1))
                                + "; if they are classes, give train=" + folder);
    }

    private void placeAll(PictureFolder folder, Place place) {
        places.put(folder.path(), place);
        for (PictureFolder child : folder.folders().values()) placeAll(child, place);
    }

    private void refuseSeveralParts(Set<PictureFolder> parts) {
        if (source.role() == SourceRole.DETECTED || parts.size() < 2) return;
        throw new Problem(
                "The source is given for " + source.role().word() + ", but has the parts "
                        + String.join(", ", names(parts))
                        + ".",
                source.path().toString(),
                "give the source without a role, or give one of its folders");
    }

    private String called(PictureFolder folder) {
        String name = SourceName.of(source.path());
        return folder.path().isEmpty() ? name : name + "/" + folder.path();
    }

    private PassedOver outside(PictureFolder folder) {
        return new PassedOver(
                passedOver(folder.pictures(), called(folder), "outside any class folder"),
                "put them into the folder of their class");
    }

    private PassedOver withoutClasses(PictureFolder part) {
        return new PassedOver(
                passedOver(part.allPictures(), called(part), "in no class folder"),
                "put them into the folder of their class, or let a trained model predict it");
    }

    private PassedOver noParts(List<PictureFolder> folders) {
        int pictures = folders.stream().mapToInt(PictureFolder::allPictures).sum();
        return new PassedOver(
                passedOver(pictures, SourceName.of(source.path()), "beside the parts, in " + quoted(names(folders))),
                "");
    }

    private static String passedOver(int pictures, String place, String where) {
        return pictures == 1
                ? "1 picture of " + place + " lies " + where + " and was passed over"
                : pictures + " pictures of " + place + " lie " + where + " and were passed over";
    }

    private static List<String> names(Collection<PictureFolder> folders) {
        return folders.stream().map(PictureFolder::name).toList();
    }

    private static String quoted(Collection<String> names) {
        List<String> first = names.stream()
                .limit(NAMES_TO_REPORT)
                .map(name -> "\"" + name + "\"")
                .toList();
        return String.join(", ", first) + (names.size() > NAMES_TO_REPORT ? ", …" : "");
    }
}
