package io.fovea.adopt;

import io.fovea.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message in protocol buffers' text form, as Caffe's {@code .prototxt} is: fields with values or further messages, in their order.
 *
 * <p>Source: protocol buffers, text format language specification; extensions, lists in brackets and any-messages do not occur in Caffe's files.
 */
final class CaffeText {

    /** Quoted values are read possessively: an alternative that may be given back takes a frame of the stack for each character. */
    private static final Pattern TOKEN =
            Pattern.compile("#[^\\n]*|\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|[{}:;,<>]|[^\\s{}:;,<>\"'#]+");

    private static final int DEEPEST = 64;

    /** A field: a value, or a message. */
    private record Field(String name, String value, CaffeText message) {}

    private final List<Field> fields = new ArrayList<>();

    private CaffeText() {}

    /**
     * Reads a text.
     *
     * @throws Problem if it is none
     */
    static CaffeText read(String text, String where) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String token = matcher.group();
            if (token.startsWith("#") || token.equals(";") || token.equals(",")) continue;
            tokens.add(token);
        }
        CaffeText message = new CaffeText();
        int end = message.fill(tokens, 0, 0, where);
        if (end != tokens.size()) throw broken(where, "a bracket closes that was not opened");
        return message;
    }

    private int fill(List<String> tokens, int first, int depth, String where) {
        if (depth > DEEPEST) throw broken(where, "brackets are too deep");
        int at = first;
        while (at < tokens.size()
                && !tokens.get(at).equals("}")
                && !tokens.get(at).equals(">")) {
            String name = tokens.get(at++);
            boolean hasColon = at < tokens.size() && tokens.get(at).equals(":");
            if (hasColon) at++;
            if (at >= tokens.size()) throw broken(where, "it ends after \"" + name + "\"");
            String next = tokens.get(at);
            if (next.equals("{") || next.equals("<")) {
                CaffeText inner = new CaffeText();
                at = inner.fill(tokens, at + 1, depth + 1, where);
                if (at >= tokens.size()) throw broken(where, "the bracket of \"" + name + "\" is not closed");
                at++;
                fields.add(new Field(name, "", inner));
            } else {
                if (!hasColon) throw broken(where, "\"" + name + "\" has no value");
                fields.add(new Field(name, unquoted(next), null));
                at++;
            }
        }
        return at;
    }

    private static String unquoted(String token) {
        char first = token.charAt(0);
        return first == '"' || first == '\'' ? token.substring(1, token.length() - 1) : token;
    }

    private static Problem broken(String where, String why) {
        return new Problem(
                "The file is no description of a Caffe network: " + why + ".",
                where,
                "check that it is the right file");
    }

    List<CaffeText> messages(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name) && field.message() != null)
                .map(Field::message)
                .toList();
    }

    /** Returns the message of that name; an empty one if there is none. */
    CaffeText message(String name) {
        List<CaffeText> all = messages(name);
        return all.isEmpty() ? new CaffeText() : all.getFirst();
    }

    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name) && field.message() == null)
                .map(Field::value)
                .toList();
    }

    Optional<String> value(String name) {
        return values(name).stream().findFirst();
    }

    int integer(String name, int usual) {
        return value(name).map(CaffeText::parsed).orElse((double) usual).intValue();
    }

    double number(String name, double usual) {
        return value(name).map(CaffeText::parsed).orElse(usual);
    }

    private static Double parsed(String value) {
        try {
            return Double.valueOf(value);
        } catch (NumberFormatException none) {
            throw new Problem(
                    "Expected a number, found \"" + value + "\".",
                    "description of a Caffe network",
                    "check the file",
                    none);
        }
    }

    /** Returns one number for both sides: {@code kernel_size}, or equal {@code kernel_h} and {@code kernel_w}. */
    int side(String name, String stem, int usual, String layer) {
        if (value(stem + "_h").isPresent() || value(stem + "_w").isPresent()) {
            int height = integer(stem + "_h", usual);
            if (height == integer(stem + "_w", usual)) return height;
            throw new Problem(
                    "The windows of layer \"" + layer + "\" are not square.",
                    "description of a Caffe network",
                    "only square windows, strides and paddings are read from Caffe");
        }
        return integer(name, usual);
    }
}
