package io.fovea.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fovea.problem.Problem;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
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
        return text(settings);
    }

    /** Returns a part of settings as YAML, as it stands in the whole: with words for choices. */
    public static String text(Record settings) {
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
            return RecordTree.read(grouped(map, sourceName), defaults, sourceName);
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

    /** Moves settings that stand at the top, as all did in earlier versions, into the group that they belong to. */
    private static Map<Object, Object> grouped(Map<?, ?> settings, String sourceName) {
        Map<Object, Object> tree = new LinkedHashMap<>(settings);
        for (RecordComponent group : TrainingSettings.class.getRecordComponents()) {
            if (!group.getType().isRecord()) continue;
            for (RecordComponent setting : group.getType().getRecordComponents()) {
                if (!tree.containsKey(setting.getName())) continue;
                Object value = tree.remove(setting.getName());
                Map<Object, Object> members = new LinkedHashMap<>();
                if (tree.get(group.getName()) instanceof Map<?, ?> given) members.putAll(given);
                if (members.put(setting.getName(), value) != null) {
                    throw new Problem(
                            "The setting \"" + setting.getName() + "\" is given twice.",
                            sourceName,
                            "keep the one under \"" + group.getName() + "\"");
                }
                tree.put(group.getName(), members);
            }
        }
        return tree;
    }
}
