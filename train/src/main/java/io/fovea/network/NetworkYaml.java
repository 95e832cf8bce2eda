package io.fovea.network;

import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Networks as files that people write: a name, the picture's shape, and one line per layer.
 *
 * <pre>
 * name: lenet
 * input: [1, 28, 28]
 * layers:
 *   - convolution: {outputs: 20, kernel: 5}
 *   - max-pooling: {kernel: 2}
 *   - flatten
 *   - dense: {outputs: 10}
 * </pre>
 *
 * A layer reads the one before it unless {@code inputs} names others, and gets a name such as {@code conv1} unless {@code name} gives
 * one. All kinds with their keys: docs/network-yaml.md. Reading runs no code and refuses aliases and files above 1 MiB.
 */
public final class NetworkYaml {

    private static final int LARGEST_FILE = 1 << 20;
    private static final List<String> KEYS = List.of("name", "input", "layers", "auxiliaries");
    /** Words of other tools for which no edit distance would find ours. */
    private static final Map<String, String> FOREIGN_WORDS = Map.ofEntries(
            Map.entry("conv", "convolution"),
            Map.entry("conv2d", "convolution"),
            Map.entry("linear", "dense"),
            Map.entry("fc", "dense"),
            Map.entry("inner-product", "dense"),
            Map.entry("fully-connected", "dense"),
            Map.entry("pool", "max-pooling"),
            Map.entry("pooling", "max-pooling"),
            Map.entry("maxpool2d", "max-pooling"),
            Map.entry("avgpool", "average-pooling"),
            Map.entry("avgpool2d", "average-pooling"),
            Map.entry("batchnorm2d", "batch-norm"),
            Map.entry("lrn", "local-response-norm"),
            Map.entry("swish", "silu"),
            Map.entry("concatenate", "concat"),
            Map.entry("mul", "multiply"),
            Map.entry("interpolate", "upsample"),
            Map.entry("resize", "upsample"));

    private NetworkYaml() {}

    /**
     * Reads a network from a file.
     *
     * @throws Problem naming the line, as {@link #read(String, String)}, or if the file cannot be read
     */
    public static Network read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) throw tooLarge(file.toString());
            return read(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new Problem("There is no file \"" + file + "\".", "network file", "check the path", e);
        } catch (CharacterCodingException e) {
            throw new Problem(
                    "The file is no text in UTF-8.", file.toString(), "save it as UTF-8, or choose another file", e);
        } catch (IOException e) {
            throw new Problem(
                    "The file cannot be read: " + e.getMessage() + ".",
                    file.toString(),
                    "check that it is a file and that you may read it",
                    e);
        }
    }

    /**
     * Reads a network from text.
     *
     * @param sourceName what to call the text in messages, for example its file
     * @throws Problem naming the line, for broken YAML, an unknown key or kind (with the nearest known one), a wrong type or value,
     *     and layers that do not fit each other
     */
    public static Network read(String text, String sourceName) {
        YamlSettings file = YamlSettings.of(sourceName, "the network", compose(text, sourceName), KEYS);
        Shape input = input(file);
        if (!(file.node("layers") instanceof SequenceNode layers)
                || layers.getValue().isEmpty()) {
            throw YamlSettings.problem(
                    sourceName,
                    file.node("layers"),
                    "Key \"layers\" of the network expects a list of layers.",
                    "write one layer per line, each beginning with \"- \"");
        }
        NetworkBuilder builder = new NetworkBuilder(file.word("name"), input);
        List<Integer> lines = new ArrayList<>();
        for (Node node : layers.getValue()) {
            lines.add(YamlSettings.line(node));
            add(builder, node, sourceName);
        }
        auxiliaries(builder, file, sourceName);
        Network network = builder.network();
        Inference.of(network, index -> "; " + YamlSettings.place(sourceName, lines.get(index)));
        return network;
    }

    /** Returns the text of a network; reading it gives an equal network. What holds by default is left out. */
    public static String write(Network network) {
        return NetworkText.of(network);
    }

    private static Node compose(String text, String sourceName) {
        if (text.length() > LARGEST_FILE) throw tooLarge(sourceName);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_FILE);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(10);
        try {
            Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (node instanceof MappingNode) return node;
            throw new Problem(
                    "A network file expects the keys name, input and layers.",
                    YamlSettings.place(sourceName, 1),
                    "begin with \"name: my-network\"");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new Problem(
                    "The file is no valid YAML: " + e.getProblem() + ".",
                    YamlSettings.place(sourceName, line),
                    "check indentation, colons and brackets around this line",
                    e);
        } catch (YAMLException e) {
            throw new Problem(
                    "The file is no valid YAML: " + e.getMessage() + ".",
                    sourceName,
                    "write it without aliases, and no deeper than a network needs",
                    e);
        }
    }

    private static Shape input(YamlSettings file) {
        List<Integer> sizes = file.integers("input");
        if (sizes.size() != 3 || sizes.stream().anyMatch(size -> size < 1)) {
            throw file.problem(
                    "Key \"input\" of the network expects [channels, height, width] but gets " + sizes + ".",
                    "write for example input: [1, 28, 28]");
        }
        return new Shape(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void auxiliaries(NetworkBuilder builder, YamlSettings file, String sourceName) {
        if (!file.has("auxiliaries")) return;
        if (!(file.node("auxiliaries") instanceof SequenceNode list)) {
            throw YamlSettings.problem(
                    sourceName,
                    file.node("auxiliaries"),
                    "Key \"auxiliaries\" of the network expects a list of layers.",
                    "write for example - {layer: aux1, weight: 0.3}");
        }
        for (Node node : list.getValue()) {
            if (!(node instanceof MappingNode)) {
                throw YamlSettings.problem(
                        sourceName,
                        node,
                        "An auxiliary output expects layer and weight but gets " + YamlSettings.text(node) + ".",
                        "write for example - {layer: aux1, weight: 0.3}");
            }
            YamlSettings settings =
                    YamlSettings.of(sourceName, "an auxiliary output", node, List.of("layer", "weight"));
            double weight = settings.number("weight");
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw settings.problem(
                        "The weight of an auxiliary output must be above 0: " + weight + ".", "change the value");
            }
            builder.auxiliary(settings.word("layer"), weight);
        }
    }

    private static void add(NetworkBuilder builder, Node node, String sourceName) {
        Node kind = node instanceof MappingNode mapping ? onlyKey(mapping, sourceName) : node;
        if (!(kind instanceof ScalarNode scalar)) {
            throw YamlSettings.problem(
                    sourceName,
                    node,
                    "A layer expects a kind but gets " + YamlSettings.text(node) + ".",
                    "write for example - dense: {outputs: 10}");
        }
        LayerForm form = form(scalar, sourceName);
        YamlSettings settings = settings(form, node, sourceName);
        Layer layer = layer(form, settings);
        String name = settings.has("name") ? settings.word("name") : builder.nextName(layer);
        List<String> inputs = settings.has("inputs") ? settings.words("inputs") : List.of(builder.last());
        builder.then(name, layer, inputs);
    }

    private static Node onlyKey(MappingNode mapping, String sourceName) {
        List<NodeTuple> entries = mapping.getValue();
        if (entries.size() != 1) {
            List<String> keys = entries.stream()
                    .map(entry -> YamlSettings.text(entry.getKeyNode()))
                    .toList();
            throw YamlSettings.problem(
                    sourceName,
                    mapping,
                    "A layer expects one kind but gets the keys " + keys + ".",
                    "write the settings behind the kind in braces: - dense: {outputs: 10}");
        }
        return entries.getFirst().getKeyNode();
    }

    private static LayerForm form(ScalarNode kind, String sourceName) {
        String word = kind.getValue();
        LayerForm form = LayerForms.byWord().get(word);
        if (form != null) return form;
        String ours = FOREIGN_WORDS.get(word.toLowerCase(Locale.ROOT).replace('_', '-'));
        String remedy = ours == null
                ? Nearest.suggestion(word, LayerForms.byWord().keySet())
                : "did you mean \"" + ours + "\"?";
        throw YamlSettings.problem(sourceName, kind, "No kind of layer is named \"" + word + "\".", remedy);
    }

    private static YamlSettings settings(LayerForm form, Node node, String sourceName) {
        if (!(node instanceof MappingNode mapping)) return YamlSettings.none(sourceName, form.word(), node);
        Node value = mapping.getValue().getFirst().getValueNode();
        if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL))
            return YamlSettings.none(sourceName, form.word(), node);
        List<String> keys = Stream.concat(form.settings().stream().map(LayerSetting::key), Stream.of("name", "inputs"))
                .toList();
        if (value instanceof MappingNode) return YamlSettings.of(sourceName, form.word(), value, keys);
        throw YamlSettings.problem(
                sourceName,
                value,
                "Layer kind \"" + form.word() + "\" expects settings in braces but gets " + YamlSettings.text(value)
                        + ".",
                "write - " + form.word() + ": {" + keys.getFirst() + ": " + YamlSettings.text(value) + "}");
    }

    private static Layer layer(LayerForm form, YamlSettings settings) {
        try {
            return form.reader().apply(settings);
        } catch (IllegalArgumentException e) {
            throw settings.problem(
                    "A setting of " + form.word() + " is out of range: " + e.getMessage() + ".", "change the value");
        }
    }

    private static Problem tooLarge(String sourceName) {
        return new Problem(
                "The file is larger than " + LARGEST_FILE + " bytes.", sourceName, "check that it is a network file");
    }
}
