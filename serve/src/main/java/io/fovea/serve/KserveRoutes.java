package io.fovea.serve;

import io.fovea.kserve.InferReader;
import io.fovea.kserve.InferWriter;
import io.fovea.kserve.KserveWords;
import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.VersionStatus;
import io.fovea.traffic.Traffic;
import io.fovea.wire.ModelName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The Open Inference Protocol (KServe v2), with Triton's repository and statistics. */
final class KserveRoutes {

    private static final String HEADER_LENGTH = "Inference-Header-Content-Length";

    private final ModelRepository models;
    private final KserveInference inference;

    KserveRoutes(Traffic traffic, Duration deadline) {
        this.models = traffic.models();
        this.inference = new KserveInference(traffic, deadline);
    }

    void answer(Exchange exchange) {
        exchange.query(Set.of());
        List<String> path = exchange.path();
        boolean reads = exchange.method().equals("GET");
        if (path.size() == 1 && reads) exchange.json(KserveWords.server(version()));
        else if (path.size() == 3 && path.get(1).equals("models") && path.get(2).equals("stats") && reads)
            exchange.json(KserveWords.statistics(models.serving()));
        else if (path.size() >= 3 && path.get(1).equals("models"))
            model(exchange, Addresses.Target.of(path.subList(2, path.size())), reads);
        else if (path.size() >= 3 && path.get(1).equals("repository")) repository(exchange, path);
        else throw Addresses.unknown(exchange);
    }

    static String version() {
        return Optional.ofNullable(KserveRoutes.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private void model(Exchange exchange, Addresses.Target target, boolean reads) {
        ModelName name = ModelName.of(target.name(), models);
        String verb = target.rest().isEmpty() ? "" : target.rest().getFirst();
        if (target.rest().size() > 1) throw Addresses.unknown(exchange);
        if (verb.isEmpty() && reads)
            exchange.json(KserveWords.model(name.of(models.model(name.name(), target.version()))));
        else if (verb.equals("config") && reads)
            exchange.json(KserveWords.config(name.of(models.model(name.name(), target.version()))));
        else if (verb.equals("ready") && reads) {
            models.model(name.name(), target.version());
            exchange.json(Map.of("name", target.name(), "ready", true));
        } else if (verb.equals("stats") && reads)
            exchange.json(KserveWords.statistics(List.of(models.model(name.name(), target.version()))));
        else if (verb.equals("infer") && exchange.method().equals("POST")) infer(exchange, target);
        else throw Addresses.unknown(exchange);
    }

    private void infer(Exchange exchange, Addresses.Target target) {
        inference.answer(
                target.name(),
                target.version(),
                exchange.key(),
                input -> InferReader.read(exchange.body(), headerLength(exchange), input),
                exchange,
                (model, answer) -> {
                    InferWriter.Written written = InferWriter.write(answer);
                    boolean binary = written.headerLength().isPresent();
                    if (binary)
                        exchange.with(
                                HEADER_LENGTH,
                                Integer.toString(written.headerLength().getAsInt()));
                    exchange.answeredBy(model)
                            .reply(200, binary ? "application/octet-stream" : Json.MEDIA_TYPE, written.bytes());
                });
    }

    private static OptionalInt headerLength(Exchange exchange) {
        Optional<String> said = exchange.header(HEADER_LENGTH);
        if (said.isEmpty()) return OptionalInt.empty();
        try {
            return OptionalInt.of(Integer.parseInt(said.get()));
        } catch (NumberFormatException otherwise) {
            throw new Problem(
                    "Expected a number of bytes, found \"" + said.get() + "\".",
                    "header " + HEADER_LENGTH,
                    "write how many bytes of the body are JSON",
                    otherwise);
        }
    }

    /** Triton's calls: {@code POST v2/repository/index}, {@code …/models/NAME/load} and {@code …/unload}. */
    private void repository(Exchange exchange, List<String> path) {
        if (!exchange.method().equals("POST")) throw Addresses.unknown(exchange);
        if (path.size() == 3 && path.get(2).equals("index")) {
            List<VersionStatus> all = models.versions();
            exchange.json(KserveWords.index(all));
            return;
        }
        if (path.size() != 5 || !path.get(2).equals("models")) throw Addresses.unknown(exchange);
        String name = path.get(3);
        switch (path.get(4)) {
            case "load" -> {
                models.load(name, wantedVersion(exchange));
                LoadedModel loaded = models.model(name, Optional.empty());
                exchange.json(Map.of("name", name, "version", Long.toString(loaded.version())));
            }
            case "unload" -> {
                models.unload(name);
                exchange.json(Map.of("name", name));
            }
            default -> throw Addresses.unknown(exchange);
        }
    }

    /** The parameter {@code version} of a load, which Triton has not: from then on that one answers. */
    private static Optional<Long> wantedVersion(Exchange exchange) {
        if (!exchange.hasBody()) return Optional.empty();
        try {
            String version = Json.tree(exchange.body())
                    .path("parameters")
                    .path("version")
                    .asText("");
            return version.isEmpty() ? Optional.empty() : Optional.of(Addresses.version(version));
        } catch (IOException otherwise) {
            throw new Problem(
                    "The body is no JSON.",
                    "the body",
                    "send {\"parameters\": {\"version\": \"1\"}}, or nothing",
                    otherwise);
        }
    }
}
