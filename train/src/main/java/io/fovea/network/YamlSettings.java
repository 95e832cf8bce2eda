package io.fovea.network;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The keys and values of one mapping in a YAML file, read by type; every problem names the line. */
final class YamlSettings {

    private final String source;
    private final String owner;
    private final int line;
    private final Map<String, Node> values;

    private YamlSettings(String source, String owner, int line, Map<String, Node> values) {
        this.source = source;
        this.owner = owner;
        this.line = line;
        this.values = values;
    }

    /** Reads a mapping that may hold only the keys given, each once. */
    static YamlSettings of(String source, String owner, Node node, List<String> keys) {
        Map<String, Node> values = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String key = text(entry.getKeyNode());
                if (!keys.contains(key)) {
                    throw problem(
                            source,
                            entry.getKeyNode(),
                            "Unknown key \"" + key + "\" of " + owner + ".",
                            Nearest.suggestion(key, keys));
                }
                if (values.put(key, entry.getValueNode()) != null) {
                    throw problem(
                            source,
                            entry.getKeyNode(),
                            "Key \"" + key + "\" of " + owner + " is given twice.",
                            "remove one of the two");
                }
            }
        }
        return new YamlSettings(source, owner, line(node), values);
    }

    /** Settings where none are written. */
    static YamlSettings none(String source, String owner, Node place) {
        return new YamlSettings(source, owner, line(place), Map.of());
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Returns the value of a key that must be there. */
    Node node(String key) {
        Node node = values.get(key);
        if (node == null) {
            throw new Problem(
                    "Key \"" + key + "\" of " + owner + " is missing.", place(source, line), "add \"" + key + "\"");
        }
        return node;
    }

    String word(String key) {
        if (node(key) instanceof ScalarNode scalar
                && !scalar.getTag().equals(Tag.NULL)
                && !scalar.getValue().isBlank()) return scalar.getValue();
        throw mistyped(key, node(key), "a word");
    }

    int integer(String key) {
        return integer(key, node(key));
    }

    int integer(String key, int defaultValue) {
        return has(key) ? integer(key) : defaultValue;
    }

    double number(String key) {
        try {
            return Double.parseDouble(text(node(key)));
        } catch (NumberFormatException e) {
            throw mistyped(key, node(key), "a number");
        }
    }

    double number(String key, double defaultValue) {
        return has(key) ? number(key) : defaultValue;
    }

    /** Returns what a word stands for. */
    <T> T choice(String key, Map<String, T> words, T defaultValue) {
        if (!has(key)) return defaultValue;
        T value = words.get(text(node(key)));
        if (value == null)
            throw mistyped(
                    key,
                    node(key),
                    String.join(" or ", words.keySet().stream().sorted().toList()));
        return value;
    }

    List<Integer> integers(String key) {
        if (!(node(key) instanceof SequenceNode sequence)) throw mistyped(key, node(key), "a list of whole numbers");
        List<Integer> numbers = new ArrayList<>();
        for (Node element : sequence.getValue()) numbers.add(integer(key, element));
        return numbers;
    }

    /** Returns [height, width], the same twice if one number is written. */
    int[] integerOrPair(String key) {
        if (!(node(key) instanceof SequenceNode)) return new int[] {integer(key), integer(key)};
        List<Integer> numbers = integers(key);
        if (numbers.size() != 2) throw mistyped(key, node(key), "a whole number or [height, width]");
        return new int[] {numbers.get(0), numbers.get(1)};
    }

    /** Returns padding written as one number or as {top, bottom, left, right}, of which what is left out is 0. */
    Padding padding(String key) {
        if (!has(key)) return Padding.NONE;
        return switch (node(key)) {
            case MappingNode sides -> {
                YamlSettings settings =
                        of(source, key + " of " + owner, sides, List.of("top", "bottom", "left", "right"));
                yield new Padding(
                        settings.integer("top", 0),
                        settings.integer("bottom", 0),
                        settings.integer("left", 0),
                        settings.integer("right", 0));
            }
            case SequenceNode list ->
                throw mistyped(key, list, "a whole number or {top: 0, bottom: 1, left: 0, right: 1}");
            default -> Padding.all(integer(key));
        };
    }

    /** Returns words written as a list or as one word. */
    List<String> words(String key) {
        if (!(node(key) instanceof SequenceNode sequence)) return List.of(word(key));
        if (sequence.getValue().isEmpty()) throw mistyped(key, sequence, "one or more words");
        List<String> words = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            if (!(element instanceof ScalarNode scalar)) throw mistyped(key, element, "a list of words");
            words.add(scalar.getValue());
        }
        return words;
    }

    /** Returns a problem at this mapping's line. */
    Problem problem(String what, String remedy) {
        return new Problem(what, place(source, line), remedy);
    }

    static Problem problem(String source, Node node, String what, String remedy) {
        return new Problem(what, place(source, line(node)), remedy);
    }

    static String place(String source, int line) {
        return source + ", line " + line;
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** Returns a value as a message shows it. */
    static String text(Node node) {
        return switch (node) {
            case ScalarNode scalar -> scalar.getValue();
            case SequenceNode _ -> "a list";
            default -> "keys and values";
        };
    }

    private int integer(String key, Node node) {
        try {
            return Integer.parseInt(text(node));
        } catch (NumberFormatException e) {
            throw mistyped(key, node, "a whole number");
        }
    }

    private Problem mistyped(String key, Node node, String expected) {
        String found =
                switch (node) {
                    case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
                    case ScalarNode scalar -> "\"" + scalar.getValue() + "\"";
                    default -> text(node);
                };
        return problem(
                source,
                node,
                "Key \"" + key + "\" of " + owner + " expects " + expected + " but gets " + found + ".",
                "write " + key + ": " + expected);
    }
}
