package io.fovea.server;

import io.fovea.worker.Answer;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the server answers: JSON, a picture, a file to save. */
final class Reply {

    private Reply() {}

    static void json(Context ctx, Object answer) {
        ctx.result(Json.bytes(answer)).contentType("application/json");
    }

    /** Pictures are told apart by the address, and change only if a dataset is made anew. */
    static void png(Context ctx, byte[] png) {
        ctx.header("Cache-Control", "private, max-age=60").result(png).contentType("image/png");
    }

    /** What a worker said. */
    static void answer(Context ctx, Answer answer) {
        if (answer.mediaType().equals(Answer.PNG)) png(ctx, answer.bytes());
        else ctx.result(answer.bytes()).contentType(answer.mediaType());
    }

    /** A file is always saved, never shown: what it holds is not this server's. */
    static void download(Context ctx, Path file, String name) throws IOException {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        ctx.contentType("application/octet-stream");
        ctx.header("Content-Disposition", "attachment; filename=\"" + plain + "\"");
        ctx.header("Content-Length", Long.toString(Files.size(file)));
        ctx.result(Files.newInputStream(file));
    }
}
