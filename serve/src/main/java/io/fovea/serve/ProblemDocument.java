package io.fovea.serve;

import io.fovea.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** What went wrong as HTTP tells it: RFC 9457, with the three parts {@code what}, {@code where}, {@code do} beside its own members. */
final class ProblemDocument {

    private static final String MEDIA_TYPE = "application/problem+json";

    private ProblemDocument() {}

    static void send(Exchange exchange, Failure failure) {
        exchange.reply(failure.status(), MEDIA_TYPE, bytes(failure, exchange.address()));
    }

    static byte[] bytes(Failure failure, String address) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "about:blank");
        document.put("title", HttpStatus.getMessage(failure.status()));
        document.put("status", failure.status());
        document.put("detail", failure.problem().what());
        document.put("instance", address);
        document.putAll(failure.problem().parts());
        return Json.bytes(document);
    }

    /** With a text in {@code error}, as the protocols of others want it. */
    static void sendError(Exchange exchange, Failure failure) {
        Problem problem = failure.problem();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("error", problem.what() + " (" + problem.where() + "): " + problem.remedy());
        document.putAll(problem.parts());
        exchange.reply(failure.status(), Json.MEDIA_TYPE, Json.bytes(document));
    }
}
