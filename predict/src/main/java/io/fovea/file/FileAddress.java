package io.fovea.file;

import io.fovea.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words that name files on other storage than this machine's, such as {@code hdfs://name:8020/photos}: what only Hadoop's file systems read. */
public final class FileAddress {

    /** At least two letters, for one is a drive of Windows. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*", Pattern.DOTALL);

    private FileAddress() {}

    /** Returns whether a word is such an address; {@code file:} means this machine. */
    public static boolean isOne(String word) {
        return ADDRESS.matcher(word).matches() && !word.toLowerCase(Locale.ROOT).startsWith("file:");
    }

    /**
     * Refuses an address where a file of this machine is expected.
     *
     * @throws Problem if the word is one, and no file here happens to be called so
     */
    public static void refuse(String word) {
        if (!isOne(word) || Files.exists(Path.of(word))) return;
        throw new Problem(
                "Expected a file or folder of this machine, found the address \"" + word + "\".",
                word,
                "fetch it to this machine first, or have it read on Spark, which knows such addresses: fovea predict"
                        + " MODEL PICTURES --on local[2] --out FILE.csv");
    }
}
