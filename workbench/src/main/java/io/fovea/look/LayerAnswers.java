package io.fovea.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.explain.Explainer;
import io.fovea.explain.HeatColors;
import io.fovea.explain.Heatmap;
import io.fovea.explain.LayerMap;
import io.fovea.explain.LayerWeights;
import io.fovea.explain.MapSettings;
import io.fovea.explain.OcclusionSettings;
import io.fovea.explain.Passage;
import io.fovea.explain.PreparedPicture;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.resource.OpenFiles;
import io.fovea.worker.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What happens in a model on a picture's way through it. The way of the latest picture is kept, so that further questions about it are answered at once. */
final class LayerAnswers {

    private static final int MODELS = 2;

    private final OpenFiles<Explainer> models = new OpenFiles<>(MODELS, Explainer::load);
    private Optional<Latest> latest = Optional.empty();

    /** The way that was asked about last; a model file that changed is another explainer. */
    private record Latest(Explainer explainer, Path picture, Passage passage) {}

    private <R> R with(JsonNode fields, BiFunction<Explainer, Passage, R> look) {
        Path model = LookJson.path(fields, "model");
        if (!Files.isRegularFile(model))
            throw new Problem("The model is no longer there.", model.toString(), "choose another model");
        return models.with(model, model, explainer -> look.apply(explainer, passage(explainer, fields)));
    }

    private Passage passage(Explainer explainer, JsonNode fields) {
        Path picture = LookJson.path(fields, "picture");
        Optional<Latest> same = latest.filter(
                each -> each.explainer() == explainer && each.picture().equals(picture));
        if (same.isPresent()) return same.get().passage();
        latest = Optional.empty(); // two ways of a large network may not fit
        PreparedPicture prepared = explainer.prepare(KeptPictures.bytes(picture), PictureAnswers.CALLED);
        Passage passage = explainer.passage(prepared, MapSettings.DEFAULT);
        latest = Optional.of(new Latest(explainer, picture, passage));
        return passage;
    }

    Answer all(JsonNode fields) {
        return with(fields, (explainer, passage) -> {
            PreparedPicture picture = passage.picture();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("model", explainer.manifest().name());
            json.put("task", explainer.manifest().task().word());
            json.put("names", explainer.manifest().task().names());
            json.put(
                    "input",
                    List.of(
                            picture.pixels().channels(),
                            picture.pixels().height(),
                            picture.pixels().width()));
            json.put("words", picture.answer().words());
            json.put("answer", picture.answer().json(fields.path("top").asInt()));
            json.put("layers", passage.layers());
            json.put("filters", explainer.filters());
            json.put("scale", Map.of("name", HeatColors.NAME, "picture", LookJson.address(HeatColors.scale())));
            return LookJson.answer(json);
        });
    }

    Answer prepared(JsonNode fields) {
        return with(fields, (_, passage) -> LookJson.png(passage.picture().pixels()));
    }

    Answer maps(JsonNode fields) {
        MapSettings.Range range =
                fields.path("oneRange").asBoolean() ? MapSettings.Range.LAYER : MapSettings.Range.EACH;
        MapSettings settings = new MapSettings(
                range,
                LookJson.whole(fields, "first").orElse(0),
                LookJson.whole(fields, "most").orElse(MapSettings.DEFAULT.most()));
        return with(
                fields,
                (_, passage) -> LookJson.png(
                        HeatColors.of(passage.sheet(layer(fields), settings).picture())));
    }

    Answer map(JsonNode fields) {
        return with(fields, (_, passage) -> {
            LayerMap map = passage.map(layer(fields), fields.path("channel").asInt());
            ObjectNode json = LookJson.object(map);
            json.put("picture", LookJson.address(map.picture()));
            return LookJson.answer(json);
        });
    }

    Answer arithmetic(JsonNode fields) {
        return with(
                fields,
                (_, passage) -> LookJson.answer(passage.arithmetic(
                        layer(fields),
                        fields.path("channel").asInt(),
                        fields.path("x").asInt(),
                        fields.path("y").asInt())));
    }

    Answer gradCam(JsonNode fields) {
        return with(
                fields,
                (explainer, passage) -> heat(explainer.gradCam(
                        passage.picture(), LookJson.text(fields, "class"), LookJson.text(fields, "layer"))));
    }

    Answer occlusion(JsonNode fields) {
        return with(fields, (explainer, passage) -> {
            OcclusionSettings squares =
                    explainer.squares(LookJson.whole(fields, "window"), LookJson.whole(fields, "stride"));
            return heat(explainer.occlusion(passage.picture(), LookJson.text(fields, "class"), squares));
        });
    }

    private static Answer heat(Heatmap heat) {
        ObjectNode json = LookJson.object(heat);
        json.put("strongest", heat.strongest());
        json.put("picture", LookJson.address(heat.drawing()));
        return LookJson.answer(json);
    }

    Answer filters(JsonNode fields) {
        Path model = LookJson.path(fields, "model");
        return models.with(model, model, explainer -> {
            String name = layer(fields);
            List<LayerWeights> all = explainer.filters();
            LayerWeights.Filters filters = all.stream()
                    .filter(each -> each.layer().equals(name))
                    .findFirst()
                    .flatMap(LayerWeights::filters)
                    .orElseThrow(() -> new Problem(
                            "Layer \"" + name + "\" has no filters, or there is none of this name.",
                            "model " + explainer.manifest().name(),
                            Nearest.suggestion(
                                    name,
                                    all.stream()
                                            .filter(each -> each.filters().isPresent())
                                            .map(LayerWeights::layer)
                                            .toList())));
            boolean isGrey = filters.sheet().picture().channels() == 1;
            return LookJson.png(
                    isGrey
                            ? HeatColors.of(filters.sheet().picture())
                            : filters.sheet().picture());
        });
    }

    private static String layer(JsonNode fields) {
        return fields.path("layer").asText();
    }
}
