package io.fovea.serve;

import io.fovea.problem.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may ask: whoever shows the token, if there is one, and pages of those origins that are named. Immutable; threads may share it.
 *
 * <p>On this machine alone a request must name it as its host, so that no other name that was pointed here (DNS rebinding) reaches it. A page
 * that a browser has open elsewhere sends its {@code Origin} (Fetch standard), and is refused unless it is named.
 */
final class Access {

    private static final String BEARER = "Bearer ";

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private final ServerSettings settings;
    private final Optional<byte[]> token; // SHA-256

    Access(ServerSettings settings) {
        this.settings = settings;
        this.token = settings.token().map(Access::hash);
    }

    /** Returns a token that nobody guesses: 24 random bytes. */
    static String madeToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Lets pass who may ask, and tells browsers so.
     *
     * @return whether the request was a browser's question whether it may, which is answered
     * @throws Refusal if it may not
     */
    boolean answersOrPasses(Exchange exchange) {
        exchange.with("X-Content-Type-Options", "nosniff");
        if (settings.isOnThisMachine()) checkHost(exchange);
        exchange.header("Origin").ifPresent(origin -> checkOrigin(exchange, origin));
        boolean isPreflight = exchange.method().equals("OPTIONS")
                && exchange.header("Access-Control-Request-Method").isPresent();
        if (!isPreflight) return false;
        exchange.with("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
                .with(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Inference-Header-Content-Length, " + Exchange.KEY)
                .with("Access-Control-Max-Age", "600")
                .reply(204, "text/plain", new byte[0]);
        return true;
    }

    private void checkHost(Exchange exchange) {
        String host = exchange.header("Host").orElse("").toLowerCase(Locale.ROOT);
        String name = PORT.matcher(host).replaceFirst("");
        boolean isOwn = name.equals("127.0.0.1") || name.equals("localhost") || name.equals("[::1]");
        if (isOwn) return;
        throw new Refusal(
                403,
                new Problem(
                        "The request names the host \"" + host + "\".",
                        "header Host",
                        "ask " + ServerSettings.THIS_MACHINE + ":" + exchange.localPort()
                                + ", or start the server with --address for other machines"));
    }

    private void checkOrigin(Exchange exchange, String origin) {
        boolean all = settings.origins().contains("*");
        exchange.with("Vary", "Origin");
        if (all || settings.origins().contains(origin)) {
            exchange.with("Access-Control-Allow-Origin", all ? "*" : origin)
                    .with(
                            "Access-Control-Expose-Headers",
                            "Inference-Header-Content-Length, Retry-After, " + Exchange.MODEL + ", "
                                    + Exchange.MODEL_VERSION);
            return;
        }
        if (isOwn(origin, exchange)) return;
        throw new Refusal(
                403,
                new Problem(
                        "The request comes from a page of \"" + origin + "\".",
                        "header Origin",
                        "start the server with --cors " + origin + " if that page may ask"));
    }

    private static boolean isOwn(String origin, Exchange exchange) {
        try {
            String scheme = exchange.isSecure() ? "https" : "http";
            URI page = URI.create(origin);
            return scheme.equals(page.getScheme())
                    && exchange.header("Host").orElse("").equalsIgnoreCase(page.getAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /**
     * Checks that a request shows the token, if there is one.
     *
     * @param authorization the header of that name
     * @throws Refusal if it does not
     */
    void checkToken(Optional<String> authorization) {
        if (token.isEmpty()) return;
        String shown = authorization.orElse("");
        boolean isRight = shown.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && MessageDigest.isEqual(
                        token.get(), hash(shown.substring(BEARER.length()).strip()));
        if (isRight) return;
        throw new Refusal(
                401,
                new Problem(
                        shown.isEmpty() ? "The request shows no token." : "The token is not the right one.",
                        "header Authorization",
                        "send \"Authorization: Bearer TOKEN\" with the token that the server was started with"));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
