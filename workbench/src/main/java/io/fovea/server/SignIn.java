package io.fovea.server;

import io.fovea.note.Owners;
import io.fovea.problem.Problem;
import io.fovea.workspace.Workspace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who asks, where that must be said: programs show a token ({@code Authorization: Bearer}), browsers turn one into a cookie that no script reads and no other
 * site sends. Threads may share it.
 */
final class SignIn {

    private static final Duration STANDS = Duration.ofDays(7);
    private static final String PAGE = "/sign-in";

    private final Optional<Tokens> tokens;
    private final boolean severalPeople;
    private final Workspace workspace;
    private final Owners owners;
    private final WrongTokens wrong = new WrongTokens(System::nanoTime);

    /**
     * Nobody has asked yet.
     *
     * @param tokens        empty where whoever asks is known to sit at this machine
     * @param severalPeople whether things have owners
     */
    SignIn(Optional<Tokens> tokens, boolean severalPeople, Workspace workspace, Owners owners) {
        this.tokens = tokens;
        this.severalPeople = severalPeople;
        this.workspace = workspace;
        this.owners = owners;
    }

    void configure(JavalinConfig config) {
        config.routes.before(this::look);
        if (tokens.isEmpty()) return;
        config.routes.get(
                PAGE,
                ctx -> page(ctx, "", Optional.ofNullable(ctx.queryParam("to")).orElse("/"), 200));
        config.routes.post(PAGE, this::signIn);
        config.routes.post("/sign-out", ctx -> {
            set(ctx, "", Duration.ZERO);
            ctx.status(204);
        });
    }

    /** Finds out who asks; who does not say so is sent to the page that asks, or told. */
    private void look(Context request) {
        if (tokens.isEmpty()) {
            Visitor.here(workspace, owners).sent(request);
            return;
        }
        Optional<String> name = bearer(request).or(() -> cookie(request));
        if (name.isPresent()) {
            Visitor.named(name.get(), !severalPeople, workspace, owners).sent(request);
            return;
        }
        String path = request.path();
        boolean isOpen = path.equals(PAGE) || path.equals("/icon.svg");
        // A link on another site brings no cookie; the page holds nothing and asks again from here, with it.
        boolean isFromOutside = "cross-site".equals(request.header("Sec-Fetch-Site"));
        if (isOpen || isFromOutside && !path.startsWith("/api/")) return;
        if (!path.startsWith("/api/") && request.method().name().equals("GET")) {
            request.redirect(PAGE + "?to=" + URLEncoder.encode(target(request), StandardCharsets.UTF_8));
            request.skipRemainingHandlers();
            return;
        }
        request.header("WWW-Authenticate", "Bearer");
        throw new Refusal(
                401,
                new Problem(
                        "The workbench does not know who asks.",
                        "the header Authorization",
                        "sign in at " + PAGE + ", or send \"Authorization: Bearer TOKEN\""));
    }

    private static String target(Context request) {
        String query = request.queryString();
        return request.path() + (query == null ? "" : "?" + query);
    }

    private Optional<String> bearer(Context request) {
        String header = request.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) return Optional.empty();
        return Optional.of(
                checked(request, header.substring(7).strip()).orElseThrow(() -> new Refusal(401, unknown())));
    }

    private Optional<String> cookie(Context request) {
        String word = request.cookie(cookieName(request));
        if (word == null) return Optional.empty();
        Optional<String> name = tokens.orElseThrow().signedIn(word, Instant.now());
        boolean reads = request.method().name().equals("GET");
        if (name.isPresent() && !reads && request.header("Origin") == null)
            throw new Refusal(
                    403,
                    new Problem(
                            "The request does not say which page it comes from.",
                            "the header Origin",
                            "programs send \"Authorization: Bearer TOKEN\" instead of a cookie"));
        return name;
    }

    /**
     * Returns whose a token is.
     *
     * @throws Refusal if too many wrong ones have come from there
     */
    private Optional<String> checked(Context request, String token) {
        String address = request.req().getRemoteAddr();
        long wait = wrong.secondsToWait(address);
        if (wait > 0) {
            request.header("Retry-After", Long.toString(wait));
            throw new Refusal(
                    429,
                    new Problem(
                            "Too many wrong tokens have come from " + address + ".",
                            "the token",
                            "wait " + wait + " seconds, then try again"));
        }
        Optional<String> name = tokens.orElseThrow().name(token);
        if (name.isEmpty()) wrong.add(address);
        return name;
    }

    private static Problem unknown() {
        return new Problem(
                "This token is not known here.",
                "the token",
                "take the one that the workbench printed when it was started, or yours of its file of tokens");
    }

    private void signIn(Context request) {
        Body.form(request);
        String to = Optional.ofNullable(request.formParam("to")).orElse("/");
        String token =
                Optional.ofNullable(request.formParam("token")).orElse("").strip();
        Optional<String> name;
        try {
            name = checked(request, token);
        } catch (Refusal tooMany) {
            page(
                    request,
                    tooMany.problem().what() + " Please " + tooMany.problem().remedy() + ".",
                    to,
                    429);
            return;
        }
        if (name.isEmpty()) {
            page(request, "This token is not known here.", to, 401);
            return;
        }
        set(request, tokens.orElseThrow().word(name.get(), Instant.now().plus(STANDS)), STANDS);
        boolean isOwn = to.startsWith("/") && !to.startsWith("//") && to.chars().allMatch(c -> c > ' ' && c != '\\');
        request.status(303).header("Location", isOwn ? to : "/");
    }

    /** Browsers do not tell ports of a host apart. */
    private static String cookieName(Context request) {
        return "fovea-" + request.req().getLocalPort();
    }

    private static void set(Context request, String word, Duration stands) {
        Cookie cookie = new Cookie(cookieName(request), word);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        cookie.setPath("/");
        cookie.setMaxAge((int) stands.toSeconds());
        cookie.setSecure("https".equals(request.header("X-Forwarded-Proto")));
        request.cookie(cookie);
    }

    private static void page(Context request, String problem, String to, int status) {
        String nonce = WebFiles.nonce();
        Safety.guardForm(request, nonce);
        request.header("Cache-Control", "no-store");
        String page = template()
                .replace("__NONCE__", nonce)
                .replace("__HIDDEN__", problem.isEmpty() ? "hidden" : "")
                .replace("__TO__", escaped(to))
                .replace("__PROBLEM__", escaped(problem));
        request.status(status).result(page).contentType("text/html; charset=utf-8");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String template() {
        try (InputStream in = SignIn.class.getResourceAsStream("sign-in.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
