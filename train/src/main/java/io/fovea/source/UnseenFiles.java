package io.fovea.source;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names of what operating systems, storage boxes and file managers put beside pictures: thumbnails, bins, snapshots, indexes.
 *
 * <p>What is called so is unseen, with everything below it, in folders and archives, at any depth, whatever the case; as is
 * everything whose name begins with a dot. The documentation of datasets has the list.
 */
public final class UnseenFiles {

    private static final Set<String> NAMES = Set.of(
            // Windows
            "thumbs.db",
            "thumbs.db:encryptable",
            "ehthumbs.db",
            "ehthumbs_vista.db",
            "desktop.ini",
            "$recycle.bin",
            "recycler",
            "recycled",
            "system volume information",
            // macOS
            "__macosx",
            "icon\r",
            "network trash folder",
            "temporary items",
            "thevolumesettingsfolder",
            // Linux
            "lost+found",
            // Synology, QNAP and NetApp
            "@eadir",
            "#recycle",
            "#snapshot",
            "@recycle",
            "@recently-snapshot",
            "@snapshot",
            "@tmp",
            "@__thumb",
            "@sharebin",
            "@sharesnap",
            "~snapshot",
            // Picture viewers and notebooks
            "picasa.ini",
            "picasaoriginals",
            "zbthumbnail.info",
            "pspbrwse.jbf",
            "__pycache__");

    /** Shadow copies of Samba, and indexes and thumbnails of Synology. */
    private static final List<String> BEGINNINGS =
            List.of("@gmt-", "synofile", "synophoto", "synoindex", "synovideo", "synoaudio", "syno@");

    private static final List<String> ENDINGS = List.of("@synoeastream", "@synoresource");

    private UnseenFiles() {}

    /** Returns whether a file or folder of this name (the last of its path) is unseen. */
    public static boolean isUnseen(String name) {
        if (name.startsWith(".")) return true;
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower)
                || BEGINNINGS.stream().anyMatch(lower::startsWith)
                || ENDINGS.stream().anyMatch(lower::endsWith)
                || isOfDiskCheck(lower);
    }

    /** What a disk check of Windows found: found.000, found.001 … */
    private static boolean isOfDiskCheck(String lower) {
        return lower.startsWith("found.")
                && lower.length() == 9
                && lower.chars().skip(6).allMatch(Character::isDigit);
    }

    /** Returns whether any name of a path, with {@code /} between them, is unseen. */
    static boolean isBelowUnseen(String path) {
        for (String name : path.split("/")) if (isUnseen(name)) return true;
        return false;
    }
}
