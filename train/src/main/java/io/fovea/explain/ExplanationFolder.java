package io.fovea.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.fovea.codec.PngWriter;
import io.fovea.file.AtomicFolder;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An explanation as files: {@code explanation.json}, {@code picture.png} as the network sees it, {@code grad-cam.png}, {@code occlusion.png}, and
 * a sheet for each layer in {@code layers/} and {@code filters/}, numbered in the order of the network.
 *
 * <p>{@code explanation.json} holds what {@link Explanation} holds, and in {@code files} the name of each picture.
 */
public final class ExplanationFolder {

    private static final String JSON = "explanation.json";
    private static final String LAYERS = "layers";
    private static final String FILTERS = "filters";
    private static final Set<String> OWN =
            Set.of(JSON, "picture.png", "grad-cam.png", "occlusion.png", LAYERS, FILTERS);

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private ExplanationFolder() {}

    /**
     * Checks that nothing but an explanation would be replaced.
     *
     * @throws Problem if the folder holds other files
     */
    public static void check(Path folder) {
        if (!Files.isDirectory(folder)) return;
        try (Stream<Path> entries = Files.list(folder)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !OWN.contains(name))
                    .sorted()
                    .findFirst()
                    .ifPresent(other -> {
                        throw new Problem(
                                "The folder holds something that is no explanation: \"" + other + "\".",
                                folder.toString(),
                                "name a folder that is new or empty, or holds an explanation, which is replaced");
                    });
        } catch (IOException unreadable) {
            throw new Problem(
                    "The folder cannot be read: " + unreadable.getMessage() + ".",
                    folder.toString(),
                    "check its permissions",
                    unreadable);
        }
    }

    /** Returns an explanation as one object for programs, without pictures. */
    public static ObjectNode json(Explanation explanation) {
        return MAPPER.valueToTree(explanation);
    }

    /**
     * Writes an explanation to a folder, which appears as a whole; one that was there is replaced.
     *
     * @return what {@code explanation.json} holds
     * @throws Problem if the folder holds something else, or cannot be written
     */
    public static ObjectNode write(Explanation explanation, Path folder) {
        check(folder);
        ObjectNode json = json(explanation);
        json.set("files", MAPPER.valueToTree(files(explanation)));
        AtomicFolder.write(folder, part -> {
            Files.createDirectory(part.resolve(LAYERS));
            Files.createDirectory(part.resolve(FILTERS));
            Files.write(part.resolve(JSON), text(json));
            pictures(explanation).entrySet().parallelStream()
                    .forEach(picture -> PngWriter.write(picture.getValue(), part.resolve(picture.getKey())));
        });
        return json;
    }

    private static byte[] text(ObjectNode json) throws IOException {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns every picture by its name. */
    private static Map<String, Pixels> pictures(Explanation explanation) {
        Map<String, Pixels> pictures = new LinkedHashMap<>();
        pictures.put("picture.png", explanation.prepared());
        explanation.gradCam().ifPresent(heat -> pictures.put("grad-cam.png", heat.drawing()));
        explanation.occlusion().ifPresent(heat -> pictures.put("occlusion.png", heat.drawing()));
        Map<String, String> layers = layers(explanation);
        for (LayerActivation layer : explanation.layers())
            pictures.put(layers.get(layer.layer()), layer.sheet().picture());
        Map<String, String> filters = filters(explanation);
        for (LayerWeights layer : explanation.filters()) {
            layer.filters()
                    .ifPresent(drawn -> pictures.put(
                            filters.get(layer.layer()), drawn.sheet().picture()));
        }
        return pictures;
    }

    private static Map<String, Object> files(Explanation explanation) {
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("picture", "picture.png");
        explanation.gradCam().ifPresent(_ -> files.put("gradCam", "grad-cam.png"));
        explanation.occlusion().ifPresent(_ -> files.put("occlusion", "occlusion.png"));
        files.put(LAYERS, layers(explanation));
        files.put(FILTERS, filters(explanation));
        return files;
    }

    private static Map<String, String> layers(Explanation explanation) {
        Map<String, String> names = new LinkedHashMap<>();
        for (LayerActivation layer : explanation.layers())
            names.put(layer.layer(), LAYERS + "/" + file(names.size() + 1, layer.layer()));
        return names;
    }

    /** A layer's filters have its number among all layers. */
    private static Map<String, String> filters(Explanation explanation) {
        Map<String, String> names = new LinkedHashMap<>();
        int number = 0;
        Map<String, LayerWeights> byName = new LinkedHashMap<>();
        explanation.filters().forEach(layer -> byName.put(layer.layer(), layer));
        for (LayerActivation layer : explanation.layers()) {
            number++;
            LayerWeights weights = byName.get(layer.layer());
            if (weights != null && weights.filters().isPresent())
                names.put(layer.layer(), FILTERS + "/" + file(number, layer.layer()));
        }
        return names;
    }

    /** A layer may be named with letters that no file system has. */
    private static String file(int number, String layer) {
        return String.format(Locale.ROOT, "%03d-%s.png", number, layer.replaceAll("[^A-Za-z0-9._-]", "_"));
    }
}
