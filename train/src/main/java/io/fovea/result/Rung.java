package io.fovea.result;

import io.fovea.task.Measure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A model of a ladder: one of several that are smaller or faster than another, judged on the same test pictures.
 *
 * @param word         names it in files: {@code channels-50-int8}
 * @param name         for people: {@code 50 % of channels, int8}
 * @param form         what it computes with
 * @param model        its file
 * @param measures     on the test pictures, first what the task is judged by
 * @param difference   from the original, picture by picture; empty for the original, and where answers are not right or wrong
 * @param bytes        of the file, golden pictures included
 * @param networkBytes of them the network with its weights: all that a runtime needs to predict
 * @param parameters   of the network
 * @param macs         multiply-accumulates for a picture
 * @param seconds      that making and judging it took
 * @param remarks      what a person should know
 */
public record Rung(
        String word,
        String name,
        Form form,
        Path model,
        List<Measure> measures,
        Optional<Difference> difference,
        long bytes,
        long networkBytes,
        long parameters,
        long macs,
        double seconds,
        List<String> remarks) {

    /** What a model computes with. */
    public enum Form {
        /** It is the model that the ladder begins with. */
        ORIGINAL,
        /** Numbers of 32 bits. */
        FLOATS,
        /** Whole numbers of 8 bits. */
        INT8,
        /** Kernels that no gradient has touched, and nearest neighbours. */
        HYBRID
    }

    /**
     * How much more of the same pictures a model gets right than the original.
     *
     * @param gain         a share of the pictures, −1 to 1
     * @param low          of its 95 % interval
     * @param high         likewise
     * @param onlyOriginal pictures that only the original gets right
     * @param onlyThis     pictures that only this one gets right
     */
    public record Difference(double gain, double low, double high, long onlyOriginal, long onlyThis) {}

    /** Checks and copies. */
    public Rung {
        Objects.requireNonNull(word, "word");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(model, "model");
        measures = List.copyOf(measures);
        remarks = List.copyOf(remarks);
        if (measures.isEmpty()) throw new IllegalArgumentException("A rung needs a measure");
    }

    /** Returns what the task is judged by. */
    public Measure measure() {
        return measures.getFirst();
    }

    /** Returns the same with its model's file at another place. */
    public Rung at(Path place) {
        return new Rung(
                word, name, form, place, measures, difference, bytes, networkBytes, parameters, macs, seconds, remarks);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rung", word);
        json.put("name", name);
        json.put("form", DataJson.word(form));
        json.put("bundle", model.toString());
        json.put("measures", measures);
        difference.ifPresent(found -> {
            json.put("difference", found.gain());
            json.put("differenceInterval", List.of(found.low(), found.high()));
            json.put("rightBeforeOnly", found.onlyOriginal());
            json.put("rightNowOnly", found.onlyThis());
        });
        json.put("bytes", bytes);
        json.put("networkBytes", networkBytes);
        json.put("parameters", parameters);
        json.put("macs", macs);
        json.put("seconds", DataJson.seconds(seconds));
        json.put("remarks", remarks);
        return json;
    }
}
