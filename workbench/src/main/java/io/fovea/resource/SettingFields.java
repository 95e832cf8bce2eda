package io.fovea.resource;

import io.fovea.choice.HybridChoice;
import io.fovea.optimize.Averaging;
import io.fovea.optimize.ClassWeights;
import io.fovea.optimize.Clipping;
import io.fovea.optimize.Loss;
import io.fovea.record.RecordTree;
import io.fovea.search.Searches;
import io.fovea.training.Snapshots;
import io.fovea.training.TrainingSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be chosen for a training, as a form shows it: the fields of the records of settings, with the values that are usual and a sentence each.
 * Threads may share it.
 *
 * <p>Names, types and usual values are those of {@link TrainingSettings} itself; only the sentences stand in a file of their own, {@code
 * settings.properties}.
 */
public final class SettingFields {

    private static final Properties SENTENCES = sentences();

    /** What nobody chose among several kinds has a sample of each, so that a form can begin with it. */
    private static final List<Record> SAMPLES = List.of(
            new Snapshots.Every(1),
            new Clipping.ByNorm(1),
            new Clipping.ByValue(1),
            new Averaging.Exponential(0.999),
            new Loss.CrossEntropy(0),
            new Loss.SmoothL1(0.1),
            new ClassWeights.Given(List.of(1.0, 1.0)));

    /** These are open in a form; the others are in groups. */
    private static final Set<String> BASIC = Set.of(
            "course.epochs", "pictures.batchSize", "step.optimizer", "step.learningRate", "step.schedule", "seed");

    /** Of what several values may be tried at once, the word by which a job of kind "tune" knows it. */
    private static final Map<String, String> TRIED = Map.of(
            "step.optimizer", "optimizer",
            "step.learningRate", "learning_rate",
            "pictures.batchSize", "batch_size",
            "step.schedule", "schedule",
            "step.regularisation.l2", "l2",
            "loss.crossEntropy.smoothing", "label_smoothing");

    private SettingFields() {}

    /** Returns the fields in their groups, with these settings as what is usual. */
    public static List<Map<String, Object>> of(TrainingSettings usual) {
        return fields(TrainingSettings.class, Optional.of(usual), "");
    }

    /** Returns the fields of a hybrid's job, all of which may be left empty. */
    public static List<Map<String, Object>> ofHybrid() {
        List<Map<String, Object>> fields = new ArrayList<>();
        for (RecordComponent component : HybridChoice.class.getRecordComponents()) {
            String path = "hybrid." + component.getName();
            Map<String, Object> field = new LinkedHashMap<>();
            field.put("name", component.getName());
            field.put("path", path);
            field.put("words", words(component.getName()));
            field.put("help", SENTENCES.getProperty(path));
            field.put("basic", true);
            boolean isWord = component.getGenericType().getTypeName().contains("String");
            field.put(
                    "type",
                    isWord ? "word" : component.getGenericType().getTypeName().contains("Double") ? "number" : "whole");
            switch (component.getName()) {
                case "search" -> field.put("choices", Searches.names());
                case "mode" -> field.put("choices", HybridChoice.MODES);
                default -> {}
            }
            fields.add(field);
        }
        return fields;
    }

    /** Returns sentences for what a job of training says beside its settings, by its names there. */
    public static Map<String, String> help() {
        Map<String, String> help = new TreeMap<>();
        for (String name : explained())
            if (name.startsWith("order.")) help.put(name.substring("order.".length()), SENTENCES.getProperty(name));
        return help;
    }

    /** Returns the path of what a sweep knows by a word. */
    static String pathOfTried(String word) {
        return TRIED.entrySet().stream()
                .filter(each -> each.getValue().equals(word))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(word);
    }

    /** Returns the paths of all fields, such as {@code course.epochs}. */
    static List<String> paths(List<Map<String, Object>> fields) {
        List<String> paths = new ArrayList<>();
        for (Map<String, Object> field : fields) {
            paths.add(String.valueOf(field.get("path")));
            for (String part : List.of("fields", "kinds"))
                if (field.get(part) instanceof List<?> list) list.forEach(each -> paths.addAll(nested(each)));
        }
        return paths;
    }

    @SuppressWarnings("unchecked") // made here
    private static List<String> nested(Object part) {
        Map<String, Object> map = (Map<String, Object>) part;
        return map.containsKey("path") ? paths(List.of(map)) : paths((List<Map<String, Object>>) map.get("fields"));
    }

    private static List<Map<String, Object>> fields(Class<?> type, Optional<Record> usual, String before) {
        List<Map<String, Object>> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String path = before + component.getName();
            Optional<Object> value = usual.map(record -> value(record, component));
            Map<String, Object> field = new LinkedHashMap<>();
            field.put("name", component.getName());
            field.put("path", path);
            field.put("words", words(component.getName()));
            Optional.ofNullable(SENTENCES.getProperty(path)).ifPresent(help -> field.put("help", help));
            field.put("basic", BASIC.contains(path));
            Optional.ofNullable(TRIED.get(path)).ifPresent(word -> field.put("tried", word));
            describe(component.getType(), value, path, field);
            fields.add(field);
        }
        return fields;
    }

    private static void describe(Class<?> type, Optional<Object> value, String path, Map<String, Object> field) {
        boolean isMany = path.equals("step.layerRates");
        if (type.isRecord() && !isMany) {
            field.put("type", "group");
            field.put("fields", fields(type, value.map(Record.class::cast), path + "."));
            return;
        }
        if (type.isSealed()) {
            field.put("type", "kind");
            field.put("kinds", kinds(type, value, path));
        } else if (type.isEnum()) {
            field.put("type", "choice");
            field.put(
                    "choices",
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                            .toList());
        } else {
            field.put("type", isMany ? "layers" : word(type));
        }
        if (!path.equals("seed"))
            value.map(RecordTree::write).ifPresent(usual -> field.put("usual", usual)); // one is drawn
    }

    private static List<Map<String, Object>> kinds(Class<?> family, Optional<Object> value, String path) {
        List<Map<String, Object>> kinds = new ArrayList<>();
        for (Class<?> kind : family.getPermittedSubclasses()) {
            Optional<Record> sample = value.filter(kind::isInstance)
                    .map(Record.class::cast)
                    .or(() -> SAMPLES.stream().filter(kind::isInstance).findFirst());
            String name = kind.getSimpleName().substring(0, 1).toLowerCase(Locale.ROOT)
                    + kind.getSimpleName().substring(1);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("kind", name);
            entry.put("words", words(name));
            // a course or an optimizer has usual settings by its name: /api/settings lists them
            boolean isListed = path.equals("step.optimizer") || path.equals("step.schedule");
            entry.put("fields", isListed ? List.of() : fields(kind, sample, path + "." + name + "."));
            kinds.add(entry);
        }
        return kinds;
    }

    private static String word(Class<?> type) {
        if (type == OptionalInt.class) return "wholeOrNever";
        if (type == List.class) return "numbers";
        return type == double.class ? "number" : "whole";
    }

    /** Returns a name of the code as people read it: {@code batchSize} is "batch size". */
    private static String words(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Properties sentences() {
        Properties sentences = new Properties();
        try (InputStream in = SettingFields.class.getResourceAsStream("settings.properties")) {
            sentences.load(in);
            return sentences;
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** Returns the paths that have a sentence. */
    static Set<String> explained() {
        return SENTENCES.stringPropertyNames();
    }
}
