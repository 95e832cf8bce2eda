package io.fovea.result;

import io.fovea.adopt.AdoptionLine;
import io.fovea.adopt.ProjectKind;
import io.fovea.evaluation.ReportPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A project of another tool, taken over.
 *
 * @param from  which tool
 * @param path  of the project
 * @param model the model file; empty where none could be made
 * @param data  the dataset's name; empty where there are no pictures
 * @param lines what became of each part
 */
public record AdoptResult(
        ProjectKind from, Path path, Optional<Path> model, Optional<String> data, List<AdoptionLine> lines)
        implements JobResult {

    /** Copies. */
    public AdoptResult {
        lines = List.copyOf(lines);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", from.word());
        json.put("path", path.toString());
        model.ifPresent(file -> json.put("bundle", file.toString()));
        data.ifPresent(name -> json.put("dataset", name));
        json.put(
                "parts",
                lines.stream()
                        .map(line -> Map.of(
                                "part", word(line.part()),
                                "outcome", line.outcome().word(),
                                "words", line.words()))
                        .toList());
        return json;
    }

    /** Returns the report: a row for each part, then where model and dataset are. */
    List<ReportPart> report() {
        List<ReportPart> parts = new ArrayList<>();
        parts.add(new ReportPart.Table(
                List.of("Part", "", "How"),
                lines.stream()
                        .map(line -> List.of(word(line.part()), line.outcome().word(), line.words()))
                        .toList()));
        parts.add(new ReportPart.Line(""));
        model.ifPresent(file -> parts.add(new ReportPart.Line("Model     " + file)));
        data.ifPresent(name -> parts.add(new ReportPart.Line("Dataset   " + name)));
        return parts;
    }

    private static String word(AdoptionLine.Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }
}
