package io.fovea.record;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML as trees of maps, lists, numbers and words that remember their lines; reading runs no code. */
public final class RecordYaml {

    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final ObjectMapper YAML = new ObjectMapper(FACTORY);

    private RecordYaml() {}

    /**
     * A file's content.
     *
     * @param tree  names and values
     * @param place of the whole, which knows the lines
     */
    public record Read(Map<Object, Object> tree, Place place) {}

    /** Returns a tree, such as {@link RecordTree#write} makes, as YAML. */
    public static String text(Object tree) {
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads names and values.
     *
     * @param noun what the text holds, for messages: {@code settings}, {@code job}
     * @throws Problem if it is no YAML, gives a name twice, or holds something else than names and values
     */
    public static Read read(String text, String source, String noun) {
        Map<List<String>, Integer> lines = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            Object tree = parser.nextToken() == null ? null : value(parser, List.of(), lines, source);
            if (!(tree instanceof Map<?, ?> map)) {
                throw new Problem(
                        "The " + noun + " is no list of names and values.",
                        source,
                        "write lines such as \"epochs: 10\"");
            }
            return new Read(new LinkedHashMap<>(map), new Place(source, List.of(), Map.copyOf(lines)));
        } catch (JsonProcessingException e) {
            throw new Problem(
                    "The " + noun + " is not YAML: " + e.getOriginalMessage(),
                    source + line(e.getLocation()),
                    "check the indentation and colons of this line",
                    e);
        } catch (IOException impossible) { // it is in memory
            throw new UncheckedIOException(impossible);
        }
    }

    private static Object value(JsonParser parser, List<String> path, Map<List<String>, Integer> lines, String source)
            throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(parser, path, lines, source);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    List<String> at = with(path, Integer.toString(list.size() + 1));
                    lines.put(at, parser.currentTokenLocation().getLineNr());
                    list.add(value(parser, at, lines, source));
                }
                yield list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static Map<Object, Object> map(
            JsonParser parser, List<String> path, Map<List<String>, Integer> lines, String source) throws IOException {
        Map<Object, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            List<String> at = with(path, name);
            int line = parser.currentTokenLocation().getLineNr();
            lines.put(at, line);
            parser.nextToken();
            Object value = value(parser, at, lines, source);
            if (map.containsKey(name)) {
                throw new Problem(
                        "\"" + name + "\" is given twice.",
                        new Place(source, path, Map.of(path, line)).toString(),
                        "keep one of them");
            }
            map.put(name, value);
        }
        return map;
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    private static String line(JsonLocation location) {
        return location == null ? "" : ", line " + location.getLineNr();
    }
}
