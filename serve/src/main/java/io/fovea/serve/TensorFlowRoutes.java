package io.fovea.serve;

import io.fovea.repository.ModelRepository;
import io.fovea.tensorflow.PredictReader;
import io.fovea.tensorflow.PredictWriter;
import io.fovea.tensorflow.ServingWords;
import io.fovea.traffic.Traffic;
import io.fovea.wire.ModelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** TensorFlow Serving's REST, with the list of models that KServe v1 has. */
final class TensorFlowRoutes {

    private final ModelRepository models;
    private final TensorFlowPrediction prediction;

    TensorFlowRoutes(Traffic traffic, Duration deadline) {
        this.models = traffic.models();
        this.prediction = new TensorFlowPrediction(traffic, deadline);
    }

    void answer(Exchange exchange) {
        exchange.query(Set.of());
        List<String> path = exchange.path();
        if (path.size() < 2 || !path.get(1).equals("models")) throw Addresses.unknown(exchange);
        if (path.size() == 2 && exchange.method().equals("GET")) {
            exchange.json(Map.of("models", models.names()));
            return;
        }
        if (path.size() < 3) throw Addresses.unknown(exchange);
        List<String> words = new ArrayList<>(path.subList(2, path.size()));
        String verb = verb(words);
        Addresses.Target target = Addresses.Target.of(words);
        switch (exchange.method()) {
            case "GET" -> read(exchange, target, verb);
            case "POST" -> predict(exchange, target, verb);
            default -> throw Addresses.unknown(exchange);
        }
    }

    /** Takes the verb off the last word: {@code pets:predict}. */
    private static String verb(List<String> words) {
        String last = words.getLast();
        int colon = last.lastIndexOf(':');
        if (colon < 0) return "";
        words.set(words.size() - 1, last.substring(0, colon));
        return last.substring(colon + 1);
    }

    private void read(Exchange exchange, Addresses.Target target, String verb) {
        ModelName name = ModelName.of(target.name(), models);
        boolean isStatus = target.rest().isEmpty() && verb.isEmpty();
        if (isStatus) {
            target.version().ifPresent(version -> models.model(name.name(), target.version()));
            exchange.json(ServingWords.status(models.versions(name.name()).stream()
                    .filter(each -> target.version().isEmpty()
                            || each.version() == target.version().get())
                    .toList()));
        } else if (target.rest().equals(List.of("metadata")) && verb.isEmpty())
            exchange.json(ServingWords.metadata(name.of(models.model(name.name(), target.version()))));
        else throw Addresses.unknown(exchange);
    }

    private void predict(Exchange exchange, Addresses.Target target, String verb) {
        if (!target.rest().isEmpty()
                || !Set.of("predict", "classify", "regress").contains(verb)) throw Addresses.unknown(exchange);
        prediction.answer(
                target.name(),
                target.version(),
                exchange.key(),
                input -> verb.equals("predict")
                        ? PredictReader.predict(exchange.body(), input)
                        : PredictReader.examples(exchange.body(), input),
                exchange,
                answered -> exchange.answeredBy(answered.model().model())
                        .reply(200, Json.MEDIA_TYPE, written(verb, answered)));
    }

    private static byte[] written(String verb, TensorFlowPrediction.Answered answered) {
        return switch (verb) {
            case "predict" -> PredictWriter.predictions(answered.request().form(), answered.output());
            case "classify" -> PredictWriter.classes(answered.output(), answered.classNames());
            case "regress" -> PredictWriter.values(answered.output(), answered.isRegression());
            default -> throw new IllegalStateException(verb);
        };
    }
}
