package io.fovea.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.image.Axis;
import io.fovea.image.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tasks as fields of JSON: {@code task}, the word; {@code classNames} and {@code targets}, of which a task has one, or neither.
 *
 * <p>Both lists are always written, empty where a task has none: files of the first versions had both.
 */
public final class TaskJson {

    private TaskJson() {}

    /** Returns the words of all tasks. */
    public static List<String> words() {
        return List.of(Classification.WORD, Regression.WORD, Segmentation.WORD, Reconstruction.WORD);
    }

    /** Returns a task's fields. */
    public static ObjectNode write(Task task) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("task", task.word());
        ArrayNode classNames = fields.putArray("classNames");
        ArrayNode targets = fields.putArray("targets");
        if (task instanceof Regression regression) {
            for (Target target : regression.targets()) {
                targets.addObject()
                        .put("name", target.name())
                        .put("axis", target.axis().name().toLowerCase(Locale.ROOT))
                        .put("shift", target.shift())
                        .put("scale", target.scale());
            }
        } else {
            task.names().forEach(classNames::add);
        }
        return fields;
    }

    /**
     * Returns the task that fields of JSON tell.
     *
     * @throws IllegalArgumentException that says which field is missing or wrong, or that the task is one of a newer version
     */
    public static Task read(JsonNode fields) {
        String word = fields.path("task").asText("").toLowerCase(Locale.ROOT);
        return switch (word) {
            case Classification.WORD -> {
                without(fields, "targets", word);
                yield new Classification(classNames(fields));
            }
            case Regression.WORD -> {
                without(fields, "classNames", word);
                yield new Regression(targets(fields));
            }
            case Segmentation.WORD -> {
                without(fields, "targets", word);
                yield new Segmentation(classNames(fields));
            }
            case Reconstruction.WORD -> new Reconstruction();
            default ->
                throw new IllegalArgumentException(
                        "The task \"" + fields.path("task").asText("") + "\" is none of " + String.join(", ", words()));
        };
    }

    private static void without(JsonNode fields, String name, String word) {
        if (fields.path(name).isEmpty()) return;
        throw new IllegalArgumentException(
                "A " + word + " has no " + name + ", found " + fields.path(name).size());
    }

    private static List<String> classNames(JsonNode fields) {
        JsonNode found = fields.path("classNames");
        if (!found.isArray()) throw new IllegalArgumentException("classNames is missing or no list");
        List<String> names = new ArrayList<>();
        for (JsonNode name : found) {
            if (!name.isTextual())
                throw new IllegalArgumentException("classNames holds " + name + ", which is no text");
            names.add(name.asText());
        }
        return names;
    }

    private static List<Target> targets(JsonNode fields) {
        JsonNode found = fields.path("targets");
        if (!found.isArray()) throw new IllegalArgumentException("targets is missing or no list");
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            JsonNode target = found.get(i);
            targets.add(new Target(
                    text(target, "name", i),
                    axis(text(target, "axis", i), i),
                    number(target, "shift", i),
                    number(target, "scale", i)));
        }
        return targets;
    }

    private static Axis axis(String word, int index) {
        for (Axis axis : Axis.values()) if (axis.name().equalsIgnoreCase(word)) return axis;
        throw new IllegalArgumentException("targets[" + index + "].axis must be x, y or none, found \"" + word + "\"");
    }

    private static String text(JsonNode target, String field, int index) {
        if (target.path(field).isTextual()) return target.path(field).asText();
        throw new IllegalArgumentException("targets[" + index + "]." + field + " is missing or no text");
    }

    private static double number(JsonNode target, String field, int index) {
        if (target.path(field).isNumber()) return target.path(field).asDouble();
        throw new IllegalArgumentException("targets[" + index + "]." + field + " is missing or no number");
    }
}
