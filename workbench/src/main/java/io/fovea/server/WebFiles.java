package io.fovea.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The built files of {@code web/}, out of the program's own jar. Only files that the list beside them names are ever served. */
final class WebFiles {

    private static final String FOLDER = "web/";
    private static final String LIST = "files.txt";
    private static final String PAGE = "index.html";
    private static final String NONCE = "__NONCE__";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    private final Set<String> names;
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    WebFiles() {
        names = resource(LIST)
                .map(list -> new String(list, StandardCharsets.UTF_8).lines().collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /** Answers with a file, or with the page for every address that is none: the page itself knows what stands there. */
    void send(Context request) {
        String name = request.path().substring(1);
        if (!name.isEmpty() && !name.equals(PAGE) && names.contains(name)) {
            file(request, name);
            return;
        }
        if (name.startsWith("assets/")) {
            request.status(404).contentType("text/plain").result("There is no such file.");
            return;
        }
        page(request);
    }

    private void file(Context request, String name) {
        Safety.guard(request, "");
        request.header(
                "Cache-Control", name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
        request.header("Vary", "Accept-Encoding");
        String accepted = String.valueOf(request.header("Accept-Encoding"));
        for (List<String> form : List.of(List.of("br", ".br"), List.of("gzip", ".gz"))) {
            if (!accepted.contains(form.getFirst()) || !names.contains(name + form.getLast())) continue;
            request.header("Content-Encoding", form.getFirst());
            request.result(content(name + form.getLast()));
            request.contentType(type(name));
            return;
        }
        request.result(content(name)).contentType(type(name));
    }

    private void page(Context request) {
        String nonce = nonce();
        Safety.guard(request, nonce);
        request.header("Cache-Control", "no-store");
        String page = new String(content(names.isEmpty() ? "../missing.html" : PAGE), StandardCharsets.UTF_8);
        request.result(page.replace(NONCE, nonce)).contentType(TYPES.get("html"));
    }

    /** Returns a word that no page can know before. */
    static String nonce() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private byte[] content(String name) {
        return read.computeIfAbsent(
                name, each -> resource(each).orElseThrow(() -> new IllegalStateException("Not in the jar: " + each)));
    }

    private static Optional<byte[]> resource(String name) {
        String path = name.startsWith("../") ? name.substring(3) : FOLDER + name;
        try (InputStream in = WebFiles.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
