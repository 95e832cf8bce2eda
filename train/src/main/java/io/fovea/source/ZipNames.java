package io.fovea.source;

import io.fovea.file.RawName;
import io.fovea.file.TextFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * How the names in a zip are read.
 *
 * <p>A name says that it is UTF-8 by a flag, or has a copy in UTF-8 beside it. All others are UTF-8 if all of them can be, as some programs write
 * them; else they are in the encoding that is given, or in code page 437, as the format has it.
 *
 * <p>Source: PKWARE, APPNOTE.TXT 6.3.10, 4.4.4 (bit 11), 4.6.9 (0x7075) and appendix D.
 */
final class ZipNames {

    private static final Charset CODE_PAGE_437 = Charset.forName("IBM437");

    private final Path archive;
    private final Charset encoding;
    private final List<ZipArchiveEntry> unsaid;

    ZipNames(Path archive, List<ZipArchiveEntry> entries, Optional<Charset> given) {
        this.archive = archive;
        unsaid = entries.stream().filter(ZipNames::saysNothing).toList();
        boolean utf8 = unsaid.stream().allMatch(entry -> TextFile.decoded(entry.getRawName(), StandardCharsets.UTF_8)
                .isPresent());
        encoding = utf8 ? StandardCharsets.UTF_8 : given.orElse(CODE_PAGE_437);
    }

    /** Returns a name, with {@code /} between its parts. */
    String name(ZipArchiveEntry entry) {
        if (entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD) return entry.getName();
        byte[] raw = entry.getRawName();
        Charset own = entry.getGeneralPurposeBit().usesUTF8ForNames() ? StandardCharsets.UTF_8 : encoding;
        return TextFile.decoded(raw, own)
                .orElseThrow(() -> ArchiveEntries.unreadableName(RawName.shown(raw), own, archive));
    }

    /** Returns what is to be said about the choice, if it was one. */
    Optional<String> remark() {
        if (unsaid.isEmpty()) return Optional.empty();
        String names =
                unsaid.size() + " names in " + SourceName.of(archive) + " do not say their encoding and were read in ";
        String example = ", such as \"" + name(unsaid.getFirst()) + "\".";
        if (encoding.equals(StandardCharsets.UTF_8)) return Optional.of(names + "UTF-8" + example);
        if (!encoding.equals(CODE_PAGE_437)) return Optional.of(names + encoding.name() + ", as given" + example);
        return Optional.of(names + "code page 437, as the format has it" + example
                + " If they are wrong, say what they are in: --names-encoding cp850 (or shift_jis, gbk,"
                + " windows-1252 …).");
    }

    private static boolean saysNothing(ZipArchiveEntry entry) {
        if (entry.getGeneralPurposeBit().usesUTF8ForNames()) return false;
        if (entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD) return false;
        for (byte each : entry.getRawName()) if (each < 0) return true;
        return false;
    }
}
