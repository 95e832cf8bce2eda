package io.fovea.tensorboard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes and what they read, as TensorBoard's page of graphs draws them.
 *
 * @param nodes in any order; names differ and every input is a node
 */
public record Graph(List<GraphNode> nodes) {

    /** Checks names and inputs. */
    public Graph {
        nodes = List.copyOf(nodes);
        Set<String> names = new HashSet<>();
        for (GraphNode node : nodes) {
            if (!names.add(node.name())) {
                throw new IllegalArgumentException("Two nodes are named \"" + node.name() + "\"");
            }
        }
        for (GraphNode node : nodes) {
            for (String input : node.inputs()) {
                if (!names.contains(input)) {
                    throw new IllegalArgumentException(
                            "Node \"" + node.name() + "\" reads \"" + input + "\", which does not exist");
                }
            }
        }
    }

    /**
     * Returns for each name the one to write: letters, digits and {@code _ - /}, since a colon or a caret in an input means
     * something else to readers. Names that would fall together get a number.
     */
    Map<String, String> plainNames() {
        Map<String, String> plain = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (GraphNode node : nodes) {
            String wanted = plainName(node.name());
            String name = wanted;
            for (int n = 2; !taken.add(name); n++) name = wanted + "_" + n;
            plain.put(node.name(), name);
        }
        return plain;
    }

    private static String plainName(String name) {
        String plain = name.replaceAll("[./]+", "/").replaceAll("[^A-Za-z0-9_/-]", "_");
        return plain.matches("[A-Za-z0-9].*") ? plain : "." + plain;
    }
}
