package io.fovea.serve;

import io.fovea.sampling.UnsurePictures;
import io.fovea.traffic.Traffic;
import java.util.List;
import java.util.Optional;

/** Which address answers what; {@code openapi.json} describes each. Threads may share it. */
final class Routes {

    /** How those who speak a protocol expect to hear of what went wrong. */
    enum Form {
        /** RFC 9457. */
        PROBLEM,
        /** The field {@code error}, as KServe and TensorFlow Serving have it, beside the three parts. */
        ERROR
    }

    private final Access access;
    private final RequestCounts counts;
    private final StateRoutes state;
    private final PredictionRoutes predictions;
    private final KserveRoutes kserve;
    private final TensorFlowRoutes tensorFlow;
    private final TrafficRoutes traffic;

    Routes(
            Traffic traffic,
            Optional<UnsurePictures> unsure,
            ServerSettings settings,
            RequestCounts counts,
            RequestCounts calls) {
        this.counts = counts;
        this.access = new Access(settings);
        this.state = new StateRoutes(traffic, unsure, List.of(counts, calls));
        this.predictions = new PredictionRoutes(traffic, settings.deadline());
        this.kserve = new KserveRoutes(traffic, settings.deadline());
        this.tensorFlow = new TensorFlowRoutes(traffic, settings.deadline());
        this.traffic = new TrafficRoutes(traffic);
    }

    /** Answers, whatever happens. */
    void answer(Exchange exchange) {
        long begin = System.nanoTime();
        String protocol = protocol(exchange);
        try (exchange) {
            if (!access.answersOrPasses(exchange)) route(exchange, protocol);
        } catch (RuntimeException | Error thrown) {
            if (exchange.status() != 0) throw thrown;
            Optional<Failure> failure = Failure.of(thrown);
            if (failure.isEmpty()) exchange.abandon();
            else fail(exchange, form(protocol), failure.get());
        } finally {
            counts.add(protocol, Integer.toString(exchange.status()), System.nanoTime() - begin);
        }
    }

    private static String protocol(Exchange exchange) {
        List<String> path = exchange.path();
        return switch (path.isEmpty() ? "" : path.getFirst()) {
            case "predictions" -> "picture";
            case "v2" -> "kserve";
            case "v1" -> "tensorflow";
            default -> "state";
        };
    }

    private static Form form(String protocol) {
        return protocol.equals("kserve") || protocol.equals("tensorflow") ? Form.ERROR : Form.PROBLEM;
    }

    private void route(Exchange exchange, String protocol) {
        // probes of an orchestrator show no token, and learn nothing but whether all is well
        if (state.answersProbe(exchange)) return;
        access.checkToken(exchange.header("Authorization"));
        switch (protocol) {
            case "picture" -> predictions.answer(exchange);
            case "kserve" -> kserve.answer(exchange);
            case "tensorflow" -> tensorFlow.answer(exchange);
            default -> {
                boolean isTraffic = exchange.path().size() >= 1
                        && exchange.path().getFirst().equals("traffic");
                if (isTraffic) traffic.answer(exchange);
                else state.answer(exchange);
            }
        }
    }

    private static void fail(Exchange exchange, Form form, Failure failure) {
        if (failure.status() == 401) exchange.with("WWW-Authenticate", "Bearer");
        if (failure.passes()) exchange.with("Retry-After", "1");
        switch (form) {
            case PROBLEM -> ProblemDocument.send(exchange, failure);
            case ERROR -> ProblemDocument.sendError(exchange, failure);
        }
    }
}
