package io.fovea.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lines of logs that were written when an event had an accuracy or an error in the place of a list of measures. */
final class OlderEvents {

    private OlderEvents() {}

    /** Returns an event's fields with lists of measures. */
    static JsonNode completed(JsonNode event) {
        if (!(event instanceof ObjectNode fields)) return event;
        switch (fields.path("event").asText()) {
            case "stepFinished" -> gather(fields, "measures", "accuracy", "error");
            case "startJudged" -> gather(fields, "validation", "validationAccuracy", "validationError");
            case "epochFinished" -> {
                gather(fields, "train", "trainAccuracy", "trainError");
                gather(fields, "validation", "validationAccuracy", "validationError");
            }
            default -> {}
        }
        return fields;
    }

    private static void gather(ObjectNode fields, String list, String accuracy, String error) {
        if (fields.has(list)) return;
        ArrayNode measures = fields.putArray(list);
        if (fields.path(accuracy).isNumber()) add(measures, "accuracy", fields.get(accuracy), "SHARE", "HIGHER");
        if (fields.path(error).isNumber()) add(measures, "error", fields.get(error), "VALUE", "LOWER");
    }

    private static void add(ArrayNode measures, String name, JsonNode value, String unit, String better) {
        measures.addObject().put("name", name).set("value", value);
        ((ObjectNode) measures.get(measures.size() - 1)).put("unit", unit).put("better", better);
    }
}
