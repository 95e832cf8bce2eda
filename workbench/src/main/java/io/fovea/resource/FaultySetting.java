package io.fovea.resource;

import io.fovea.problem.Problem;
import io.fovea.record.Place;
import io.fovea.training.SettingsYaml;
import io.fovea.training.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of the settings that were chosen a problem is about: the one that is wrong if it alone is chosen, or else the one that the problem names. */
final class FaultySetting {

    private FaultySetting() {}

    /** Returns the path of the setting, such as {@code course.epochs}; empty if it is none of them. */
    static Optional<String> in(Map<?, ?> settings, Problem problem) {
        List<List<String>> paths = new ArrayList<>();
        leaves(settings, List.of(), paths);
        return paths.stream()
                .filter(path -> isWrongAlone(settings, path))
                .findFirst()
                .or(() -> paths.stream()
                        .filter(path -> names(problem, path.getLast()))
                        .findFirst())
                .map(path -> String.join(".", path));
    }

    private static void leaves(Map<?, ?> tree, List<String> before, List<List<String>> paths) {
        tree.forEach((name, value) -> {
            List<String> path = new ArrayList<>(before);
            path.add(String.valueOf(name));
            boolean isKind = value instanceof Map<?, ?> map && map.containsKey("kind");
            if (value instanceof Map<?, ?> map && !isKind) leaves(map, path, paths);
            else paths.add(path);
        });
    }

    private static boolean isWrongAlone(Map<?, ?> settings, List<String> path) {
        Object value = settings;
        for (String name : path) value = ((Map<?, ?>) value).get(name);
        for (String name : path.reversed()) value = new LinkedHashMap<>(Map.of(name, value));
        try {
            SettingsYaml.read((Map<?, ?>) value, Place.of("settings"), TrainingSettings.defaults(1));
            return false;
        } catch (Problem wrong) {
            return true;
        }
    }

    private static boolean names(Problem problem, String setting) {
        String words = problem.what() + " " + problem.where();
        return words.matches("(?s).*\\b" + java.util.regex.Pattern.quote(setting) + "\\b.*");
    }
}
