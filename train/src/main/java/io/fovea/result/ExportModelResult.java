package io.fovea.result;

import io.fovea.format.Exported;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model in a form for other programs.
 *
 * @param model    the model file
 * @param exported what was written and checked
 */
public record ExportModelResult(Path model, Exported exported) implements JobResult {

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model.toString());
        json.put("format", exported.format().word());
        json.put("path", exported.path().toString());
        json.put("sizeInBytes", exported.bytes());
        json.put(
                "files",
                exported.files().stream()
                        .map(file -> Map.of("path", file.path().toString(), "sizeInBytes", file.bytes()))
                        .toList());
        json.put("checks", exported.checks());
        json.put("notes", exported.notes());
        return json;
    }

    /** Returns it in words. */
    List<String> lines() {
        Stream<String> written = Stream.of(String.format(
                Locale.ROOT,
                "%s: %,d bytes%s",
                exported.path(),
                exported.bytes(),
                exported.files().size() == 1 ? "" : " in " + exported.files().size() + " files"));
        Stream<String> checked = exported.checks().stream().map(check -> "Checked   " + check.line());
        return Stream.of(written, checked, exported.notes().stream())
                .flatMap(lines -> lines)
                .toList();
    }
}
