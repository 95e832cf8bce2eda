package io.fovea.source;

import io.fovea.dataset.Split;
import java.nio.file.Path;
import java.util.Optional;

/** How a source is called in messages and in the names of its pictures. */
public final class SourceName {

    private SourceName() {}

    /** Returns the last name of a path, also of {@code .} and {@code folder/}. */
    public static String of(Path source) {
        Path name = source.toAbsolutePath().normalize().getFileName();
        return name == null ? source.toString() : name.toString();
    }

    /** Returns the split that a source is for: its role, or else its name ({@code train.csv}), if that says nothing else. */
    public static Optional<Split> split(Source source) {
        return source.role().split().or(() -> PartName.whole(of(source.path())));
    }
}
