package io.fovea.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts that the names of given sources say: {@code train.csv}, or {@code pets_train} beside {@code pets_test}.
 *
 * <p>The name of a folder or an archive counts only beside other sources, and only where its own folders say nothing.
 *
 * @param named   the parts that names say
 * @param several whether there are several sources of pictures
 */
record SourceParts(Map<Source, Split> named, boolean several) {

    static SourceParts of(List<Source> sources) {
        List<Source> pictures = sources.stream()
                .filter(source ->
                        source.role() != SourceRole.CLASS_NAMES && source.role() != SourceRole.PICTURES_FOLDER)
                .toList();
        Map<String, Split> parts = PartName.among(
                pictures.stream().map(source -> SourceName.of(source.path())).toList());
        Map<Source, Split> named = new LinkedHashMap<>();
        for (Source source : pictures) {
            Split part = parts.get(SourceName.of(source.path()));
            if (part != null && source.role() == SourceRole.DETECTED) named.put(source, part);
        }
        return new SourceParts(named, pictures.size() > 1);
    }

    /** Returns a list or table with the role that it has or its name says. */
    Source withRole(Source source) {
        Split part = named.get(source);
        return part == null ? source : new Source(source.path(), SourceRole.of(part), source.format());
    }

    /** Returns the part of pictures of a folder or archive whose folders say none. */
    Split otherwise(Source source) {
        return several ? named.getOrDefault(source, Split.TRAINING) : Split.TRAINING;
    }

    /** Returns what to say of a single folder or archive that is called as if it were not for training. */
    Optional<PassedOver> remark(Source source) {
        Split part = named.getOrDefault(source, Split.TRAINING);
        if (several || part == Split.TRAINING) return Optional.empty();
        String role = part == Split.TEST ? "test" : "val";
        return Optional.of(new PassedOver(
                "The name of the only source, " + SourceName.of(source.path()) + ", does not make its pictures a part",
                "give " + role + "=" + source.path() + " if all of them are one"));
    }
}
