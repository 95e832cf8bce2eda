package io.fovea.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.traffic.Target;
import io.fovea.traffic.Traffic;
import io.fovea.traffic.TrafficPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who answers for a name, told and changed: {@code GET /traffic}, {@code GET}, {@code PUT} and {@code DELETE /traffic/NAME}. A plan is
 * {@code {"split": [{"to": "1", "weight": 90}, …], "shadow": {"to": "2", "percent": 10}}}, either of them or both.
 */
final class TrafficRoutes {

    private static final String EXAMPLE =
            "send {\"split\": [{\"to\": \"1\", \"weight\": 90}, {\"to\": \"2\", \"weight\": 10}]}, or {\"shadow\":"
                    + " {\"to\": \"2\"}}";

    private final Traffic traffic;

    TrafficRoutes(Traffic traffic) {
        this.traffic = traffic;
    }

    void answer(Exchange exchange) {
        exchange.query(Set.of());
        List<String> path = exchange.path();
        boolean reads = exchange.method().equals("GET");
        if (path.size() == 1 && reads) {
            exchange.json(Map.of(
                    "traffic",
                    traffic.plans().keySet().stream().map(traffic::words).toList()));
            return;
        }
        if (path.size() != 2) throw Addresses.unknown(exchange);
        String name = path.get(1);
        switch (exchange.method()) {
            case "GET" -> exchange.json(traffic.words(name));
            case "PUT" -> set(exchange, name, plan(exchange.body(), name));
            case "DELETE" -> set(exchange, name, TrafficPlan.NONE);
            default -> throw Addresses.unknown(exchange);
        }
    }

    private void set(Exchange exchange, String name, TrafficPlan plan) {
        traffic.set(name, plan);
        exchange.json(traffic.words(name));
    }

    private static TrafficPlan plan(byte[] body, String name) {
        JsonNode tree;
        try {
            tree = Json.tree(body);
        } catch (IOException otherwise) {
            throw new Problem("The body is no JSON.", "the body", EXAMPLE, otherwise);
        }
        check(tree, Set.of("split", "shadow"), "the body");
        if (tree.isEmpty()) throw new Problem("The plan says nothing.", "the body", EXAMPLE + "; DELETE ends a plan");
        List<TrafficPlan.Share> split = new ArrayList<>();
        if (tree.has("split") && !tree.path("split").isArray()) throw new Problem("Expected a list.", "split", EXAMPLE);
        for (JsonNode each : tree.path("split")) {
            check(each, Set.of("to", "weight"), "split");
            split.add(new TrafficPlan.Share(target(each, name, "split"), number(each, "weight", "split")));
        }
        JsonNode shadow = tree.path("shadow");
        if (shadow.isMissingNode()) return new TrafficPlan(split, Optional.empty());
        check(shadow, Set.of("to", "percent"), "shadow");
        double percent = shadow.has("percent") ? number(shadow, "percent", "shadow") : 100;
        return new TrafficPlan(split, Optional.of(new TrafficPlan.Shadow(target(shadow, name, "shadow"), percent)));
    }

    private static void check(JsonNode fields, Set<String> known, String where) {
        if (!fields.isObject()) throw new Problem("Expected an object.", where, EXAMPLE);
        fields.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field))
                throw new Problem("There is no field \"" + field + "\".", where, Nearest.suggestion(field, known));
        });
    }

    private static Target target(JsonNode fields, String name, String where) {
        JsonNode to = fields.path("to");
        if (to.isTextual() || to.isIntegralNumber()) return Target.of(to.asText(), name);
        throw new Problem("The field \"to\" names no version.", where, EXAMPLE);
    }

    private static double number(JsonNode fields, String field, String where) {
        JsonNode number = fields.path(field);
        if (number.isNumber()) return number.asDouble();
        throw new Problem("The field \"" + field + "\" is no number.", where, EXAMPLE);
    }
}
