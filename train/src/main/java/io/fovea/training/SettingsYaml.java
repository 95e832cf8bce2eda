package io.fovea.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fovea.problem.Problem;
import java.util.Map;

/** {@code settings.yaml}: all that was chosen for a run, complete, so that the run can be made again. */
public final class SettingsYaml {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build());

    private SettingsYaml() {}

    /** Returns the settings as YAML, every one of them. */
    public static String write(TrainingSettings settings) {
        try {
            return YAML.writeValueAsString(RecordTree.write(settings));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads settings; those left out are the defaults'.
     *
     * @throws Problem that names the setting and offers the nearest name
     */
    public static TrainingSettings read(String text, String sourceName, TrainingSettings defaults) {
        try {
            Object tree = YAML.readValue(text, Object.class);
            if (!(tree instanceof Map<?, ?> map)) {
                throw new Problem(
                        "The settings are no list of names and values.",
                        sourceName,
                        "write lines such as \"epochs: 10\"");
            }
            return RecordTree.read(map, defaults, sourceName);
        } catch (JsonProcessingException e) {
            throw new Problem(
                    "The settings are not YAML: " + e.getOriginalMessage(),
                    sourceName
                            + (e.getLocation() == null
                                    ? ""
                                    : ", line " + e.getLocation().getLineNr()),
                    "check the indentation and colons of this line",
                    e);
        }
    }
}
