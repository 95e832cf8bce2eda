package io.fovea.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a file that share a name up to the last dot: those of one layer.
 *
 * @param name    of the layer
 * @param tensors by the last word: weight, bias …
 */
record FileLayer(String name, Map<String, NamedTensor> tensors) {

    /** Returns the layers in the order in which their first tensors come. */
    static List<FileLayer> of(Collection<NamedTensor> tensors) {
        Map<String, FileLayer> layers = new LinkedHashMap<>();
        for (NamedTensor tensor : tensors) {
            int dot = tensor.name().lastIndexOf('.');
            String layer = dot < 0 ? "" : tensor.name().substring(0, dot);
            layers.computeIfAbsent(layer, name -> new FileLayer(name, new LinkedHashMap<>()))
                    .tensors()
                    .put(tensor.name().substring(dot + 1), tensor);
        }
        return inCountedOrder(new ArrayList<>(layers.values()));
    }

    /**
     * Undoes an alphabetical order, in which {@code conv_10} comes before {@code conv_2}; any other order is the program's own and
     * stays.
     */
    private static List<FileLayer> inCountedOrder(List<FileLayer> layers) {
        List<String> names = layers.stream().map(FileLayer::name).toList();
        if (!names.equals(names.stream().sorted().toList())) return layers;
        layers.sort((left, right) -> counted(left.name()).compareTo(counted(right.name())));
        return layers;
    }

    /** Returns the name with its numbers filled up by zeros. */
    private static String counted(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : name.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)")) {
            boolean number = !part.isEmpty() && Character.isDigit(part.charAt(0)) && part.length() < 9;
            text.append(number ? "0".repeat(9 - part.length()) + part : part);
        }
        return text.toString();
    }
}
