package io.fovea.server;

import io.fovea.problem.Problem;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/**
 * Who may ask: pages of this server and programs of this machine, not pages of others that a browser has open.
 *
 * <p>A request must name this machine as its host, so that no other name that was pointed here (DNS rebinding) reaches the workspace; whoever comes from
 * a page must come from this server's (Fetch standard: {@code Origin}, {@code Sec-Fetch-Site}).
 */
final class Safety {

    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private Safety() {}

    /** Refuses what may not ask. */
    static void check(Context request) {
        int port = request.req().getLocalPort();
        List<String> hosts = HOSTS.stream().map(host -> host + ":" + port).toList();
        String host = request.header("Host");
        if (host == null || !hosts.contains(host)) {
            throw refused("The request names the host \"" + host + "\".", "open http://127.0.0.1:" + port);
        }
        String origin = request.header("Origin");
        if (origin != null && hosts.stream().noneMatch(own -> origin.equals("http://" + own))) {
            throw refused("The request comes from a page of \"" + origin + "\".", "ask from the workbench's own pages");
        }
        String site = request.header("Sec-Fetch-Site");
        boolean reads = request.method().name().equals("GET");
        boolean opensPage = reads && "navigate".equals(request.header("Sec-Fetch-Mode"));
        if (site != null && !OWN_SITE.contains(site) && !opensPage) {
            throw refused("The request comes from a page of another site.", "ask from the workbench's own pages");
        }
    }

    private static Refusal refused(String what, String remedy) {
        return new Refusal(403, new Problem(what, "the workbench", remedy));
    }

    /**
     * Says what a browser may do with an answer.
     *
     * @param nonce of the styles that the page's own script adds; empty where there are none
     */
    static void guard(Context answer, String nonce) {
        String styles = nonce.isEmpty() ? "'self'" : "'self' 'nonce-" + nonce + "'";
        answer.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src " + styles
                        + "; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'");
        answer.header("X-Content-Type-Options", "nosniff");
        answer.header("Referrer-Policy", "no-referrer");
        answer.header("Cross-Origin-Opener-Policy", "same-origin");
        answer.header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
