package io.fovea.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.bundle.References;
import io.fovea.codec.PictureDecoder;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.predict.Answer;
import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.Neighbour;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.PredictionOptions;
import io.fovea.resource.ClassColors;
import io.fovea.resource.OpenFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What models say about pictures, with all that can be drawn of it. */
final class PredictionAnswers {

    private static final int MODELS = 3;

    /** Pixels of the longer side of what is drawn over a picture. */
    private static final int SIDE = 1024;

    private final OpenFiles<Decoder> models =
            new OpenFiles<>(MODELS, file -> Decoder.load(file, PredictionOptions.DEFAULT));

    private record Said(Answer answer, List<Neighbour> neighbours) {}

    /** Loads a model, if one is named, and what decodes pictures. */
    io.fovea.worker.Answer loaded(JsonNode fields) {
        LookJson.text(fields, "model")
                .map(Path::of)
                .ifPresent(file ->
                        models.with(file, file, decoder -> decoder.manifest().name()));
        return LookJson.answer(Map.of());
    }

    /** Answers about the picture in a file, else about the question's bytes. */
    io.fovea.worker.Answer said(JsonNode fields, byte[] bytes) {
        Path file = LookJson.path(fields, "model");
        byte[] picture = LookJson.text(fields, "picture")
                .map(kept -> KeptPictures.bytes(Path.of(kept)))
                .orElse(bytes);
        int top = fields.path("top").asInt();
        return models.with(file, file, decoder -> LookJson.answer(said(decoder, picture, top)));
    }

    private static Map<String, Object> said(Decoder decoder, byte[] picture, int top) {
        long began = System.nanoTime();
        Said said = said(decoder, picture);
        Answer answer = said.answer();
        double milliseconds = Math.round((System.nanoTime() - began) / 1e4) / 100.0;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task", decoder.manifest().task().word());
        json.put("words", answer.words());
        json.put("milliseconds", milliseconds);
        json.put("answer", answer.json(top));
        answer.png().ifPresent(png -> json.put("picture", LookJson.address(png)));
        if (decoder.drawings().contains(Decoder.Drawing.OVERLAY)) {
            answer.overlay(PictureDecoder.decode(picture, PictureAnswers.CALLED, ColorMode.COLOR))
                    .ifPresent(drawn -> json.put("overlay", LookJson.address(Thumbnail.of(drawn, SIDE))));
            json.put("colors", ClassColors.of(decoder.manifest().task().names().size()));
        }
        if (!said.neighbours().isEmpty())
            json.put("neighbours", neighbours(said.neighbours(), ((Classifier) decoder).references()));
        return json;
    }

    private static Said said(Decoder decoder, byte[] picture) {
        if (decoder instanceof Classifier classifier && classifier.showsNeighbours()) {
            Neighbourhood shown = classifier.neighbours(picture, PictureAnswers.CALLED);
            return new Said(shown.prediction(), shown.neighbours());
        }
        return new Said(decoder.answer(picture, PictureAnswers.CALLED), List.of());
    }

    private static List<Map<String, Object>> neighbours(List<Neighbour> neighbours, Optional<References> references) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Neighbour each : neighbours) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("rank", each.rank());
            json.put("className", each.className());
            json.put("label", each.label());
            json.put("distance", each.distance());
            json.put("source", each.source());
            references.ifPresent(pictures -> {
                Pixels picture = pictures.picture(each.reference());
                json.put("picture", LookJson.address(Thumbnail.of(picture, 128)));
            });
            all.add(json);
        }
        return all;
    }
}
