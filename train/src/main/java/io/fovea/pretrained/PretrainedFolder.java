package io.fovea.pretrained;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fovea.file.AtomicFile;
import io.fovea.file.AtomicFolder;
import io.fovea.image.Preprocessing;
import io.fovea.problem.Problem;
import io.fovea.weights.NonFinite;
import io.fovea.weights.Safetensors;
import io.fovea.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pretrained weights in a folder of their own: {@code weights.safetensors} (F32) and {@code pretrained.json} (all the rest).
 *
 * <p>The folder is complete or absent. Threads may share this class.
 */
public final class PretrainedFolder {

    private static final String WEIGHTS = "weights.safetensors";
    private static final String NOTES = "pretrained.json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private PretrainedFolder() {}

    /**
     * Everything about the weights but their values, as the JSON file has it.
     *
     * @param name          in the workspace
     * @param network       a name of the catalogue
     * @param preprocessing how pictures become the network's input
     * @param outputs       K of the last layer
     * @param classNames    by label; empty where unknown
     * @param source        where the file came from
     * @param licence       as the source states it; empty where unknown
     * @param sha256        of the file that was imported
     */
    public record Notes(
            String name,
            String network,
            Preprocessing preprocessing,
            int outputs,
            List<String> classNames,
            String source,
            String licence,
            String sha256) {

        /** Copies. */
        public Notes {
            classNames = List.copyOf(classNames);
        }

        /** Returns it for programs. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("network", network);
            json.put("outputs", outputs);
            json.put("classNames", classNames);
            json.put("source", source);
            json.put("licence", licence);
            json.put("sha256", sha256);
            return json;
        }
    }

    /**
     * Writes the folder, replacing one that was there.
     *
     * @throws Problem if it cannot be written; an old one is then as it was
     */
    public static void write(Pretrained pretrained, Path folder) {
        Notes notes = new Notes(
                pretrained.name(),
                pretrained.network(),
                pretrained.preprocessing(),
                pretrained.outputs(),
                pretrained.classNames(),
                pretrained.source(),
                pretrained.licence(),
                pretrained.sha256());
        AtomicFolder.write(folder, part -> {
            Safetensors.write(pretrained.weights(), Map.of(), part.resolve(WEIGHTS));
            AtomicFile.write(part.resolve(NOTES), MAPPER.writeValueAsBytes(notes));
        });
    }

    /**
     * Reads the folder as a whole.
     *
     * @throws Problem if a file is missing or damaged, or a value is NaN or infinite
     */
    public static Pretrained read(Path folder) {
        Notes notes = notes(folder);
        Weights weights = Safetensors.read(folder.resolve(WEIGHTS));
        NonFinite.check(weights, folder.resolve(WEIGHTS).toString());
        return new Pretrained(
                notes.name(),
                notes.network(),
                notes.preprocessing(),
                notes.outputs(),
                notes.classNames(),
                notes.source(),
                notes.licence(),
                notes.sha256(),
                weights);
    }

    /**
     * Reads everything but the values; enough for a list.
     *
     * @throws Problem if the file is missing or damaged
     */
    public static Notes notes(Path folder) {
        Path file = folder.resolve(NOTES);
        if (!Files.isRegularFile(file)) {
            throw new Problem(
                    "The folder holds no pretrained weights: " + NOTES + " is missing.", folder.toString(), AGAIN);
        }
        try {
            return checked(MAPPER.readValue(Files.readAllBytes(file), Notes.class), file);
        } catch (JsonMappingException e) {
            throw damaged(file, e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw damaged(file, "it is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw damaged(file, "it cannot be read: " + e.getMessage(), e);
        }
    }

    private static Notes checked(Notes notes, Path file) {
        if (notes.outputs() < 1) throw damaged(file, "\"outputs\" must be at least 1, found " + notes.outputs(), null);
        int names = notes.classNames().size();
        if (names != 0 && names != notes.outputs()) {
            throw damaged(file, "expected " + notes.outputs() + " class names, found " + names, null);
        }
        return notes;
    }

    private static final String AGAIN = "import the weights again with \"fovea network import\"";

    private static Problem damaged(Path file, String reason, Exception cause) {
        return new Problem("The notes of pretrained weights are damaged: " + reason, file.toString(), AGAIN, cause);
    }
}
