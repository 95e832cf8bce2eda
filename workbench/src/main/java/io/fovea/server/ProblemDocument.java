package io.fovea.server;

import io.fovea.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** A problem as HTTP tells it: RFC 9457, with the three parts {@code what}, {@code where}, {@code do} beside its own members. */
final class ProblemDocument {

    private static final String MEDIA_TYPE = "application/problem+json";

    private ProblemDocument() {}

    static void send(Context answer, int status, Problem problem) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "about:blank");
        document.put("title", HttpStatus.forStatus(status).getMessage());
        document.put("status", status);
        document.put("detail", problem.what());
        document.put("instance", answer.path());
        document.putAll(problem.parts());
        byte[] bytes = Json.bytes(document);
        if (UnreadBody.mayBeOf(answer)) UnreadBody.answerFirst(answer, status, MEDIA_TYPE, bytes);
        else answer.status(status).result(bytes).contentType(MEDIA_TYPE);
    }
}
