package io.fovea.source;

import io.fovea.dataset.Split;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The parts that the names of given sources say: {@code train.csv}, or {@code pets_train} beside {@code pets_test}; or, if none does, those of the
 * folders that hold them ({@code train/images} beside {@code valid/images}).
 *
 * <p>The name of a folder or an archive counts only beside other sources, and only where its own folders say nothing.
 *
 * @param named   the parts that names say
 * @param several whether there are several sources of pictures
 */
public record SourceParts(Map<Source, Split> named, boolean several) {

    public static SourceParts of(List<Source> sources) {
        List<Source> pictures = sources.stream()
                .filter(source ->
                        source.role() != SourceRole.CLASS_NAMES && source.role() != SourceRole.PICTURES_FOLDER)
                .toList();
        Map<Source, Split> own = named(pictures, source -> SourceName.of(source.path()));
        Map<Source, Split> above = named(pictures, source -> nameAbove(source, pictures));
        boolean told = own.isEmpty() && above.size() == pictures.size() && new HashSet<>(above.values()).size() > 1;
        Map<Source, Split> named = new LinkedHashMap<>(told ? above : own);
        named.keySet().removeIf(source -> source.role() != SourceRole.DETECTED);
        return new SourceParts(named, pictures.size() > 1);
    }

    private static Map<Source, Split> named(List<Source> sources, Function<Source, String> name) {
        Map<String, Split> parts = PartName.among(sources.stream().map(name).toList());
        Map<Source, Split> named = new LinkedHashMap<>();
        for (Source source : sources) {
            Split part = parts.get(name.apply(source));
            if (part != null) named.put(source, part);
        }
        return named;
    }

    /** Returns the name of the nearest folder above a source that says a part and in which not all sources lie, or else nothing. */
    private static String nameAbove(Source source, List<Source> all) {
        for (Path at = absolute(source).getParent(); at != null && at.getFileName() != null; at = at.getParent()) {
            Path folder = at;
            if (all.stream().allMatch(each -> absolute(each).startsWith(folder))) break;
            if (PartName.of(SourceName.of(at)).isPresent()) return SourceName.of(at);
        }
        return "";
    }

    private static Path absolute(Source source) {
        return source.path().toAbsolutePath().normalize();
    }

    /** Returns a list or table with the role that it has or its name says. */
    public Source withRole(Source source) {
        Split part = named.get(source);
        return part == null ? source : new Source(source.path(), SourceRole.of(part), source.format());
    }

    /** Returns the part of pictures of a folder or archive whose folders say none. */
    public Split otherwise(Source source) {
        return several ? named.getOrDefault(source, Split.TRAINING) : Split.TRAINING;
    }

    /** Returns what to say of a single folder or archive that is called as if it were not for training. */
    public Optional<PassedOver> remark(Source source) {
        Split part = named.getOrDefault(source, Split.TRAINING);
        if (several || part == Split.TRAINING) return Optional.empty();
        String role = part == Split.TEST ? "test" : "val";
        return Optional.of(new PassedOver(
                "The name of the only source, " + SourceName.of(source.path()) + ", does not make its pictures a part",
                "give " + role + "=" + source.path() + " if all of them are one"));
    }
}
