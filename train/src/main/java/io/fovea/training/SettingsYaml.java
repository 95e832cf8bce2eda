package io.fovea.training;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.record.Place;
import io.fovea.record.RecordTree;
import io.fovea.record.RecordYaml;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code settings.yaml}: all that was chosen for a run, complete, so that the run can be made again. */
public final class SettingsYaml {

    private SettingsYaml() {}

    /** Returns the settings as YAML, every one of them. */
    public static String write(TrainingSettings settings) {
        return text(settings);
    }

    /** Returns the settings as names and values, every one of them. */
    public static Map<String, Object> tree(TrainingSettings settings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        ((Map<?, ?>) RecordTree.write(settings)).forEach((name, value) -> tree.put(String.valueOf(name), value));
        return tree;
    }

    /** Returns a part of settings as YAML, as it stands in the whole: with words for choices. */
    public static String text(Record settings) {
        return RecordYaml.text(RecordTree.write(settings));
    }

    /**
     * Reads settings; those left out are the defaults'.
     *
     * @throws Problem that names the setting and offers the nearest name
     */
    public static TrainingSettings read(String text, String sourceName, TrainingSettings defaults) {
        RecordYaml.Read read = RecordYaml.read(text, sourceName, "settings");
        return read(read.tree(), read.place(), defaults);
    }

    /** Builds settings of names and values, likewise. */
    public static TrainingSettings read(Map<?, ?> tree, Place place, TrainingSettings defaults) {
        checkNames(tree, place);
        return RecordTree.read(grouped(tree, place.toString()), defaults, place);
    }

    /** A name at the top may be that of a group, or of a setting in one. */
    private static void checkNames(Map<?, ?> tree, Place place) {
        List<String> names = new ArrayList<>();
        for (RecordComponent group : TrainingSettings.class.getRecordComponents()) {
            names.add(group.getName());
            if (!group.getType().isRecord()) continue;
            for (RecordComponent setting : group.getType().getRecordComponents()) names.add(setting.getName());
        }
        for (Object name : tree.keySet()) {
            if (names.contains(String.valueOf(name))) continue;
            throw new Problem(
                    "There is no setting \"" + name + "\".",
                    place.at(String.valueOf(name)).toString(),
                    Nearest.suggestion(String.valueOf(name), names));
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
