package io.fovea.server;

import io.fovea.problem.Problem;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which pages and programs may ask: this server's own pages, and programs, not pages of others that a browser has open. Immutable; threads may share it.
 *
 * <p>A request must name this server as its host, so that no other name that was pointed here (DNS rebinding) reaches the workspace: an address in digits,
 * which nobody can point elsewhere, or a name that is known to be this machine's. Whoever comes from a page must come from this server's (Fetch standard:
 * {@code Origin}, {@code Sec-Fetch-Site}).
 */
final class Safety {

    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final boolean isOnThisMachine;
    private final Set<String> names = new HashSet<>();

    Safety(ServerSettings settings) {
        isOnThisMachine = settings.isOnThisMachine();
        for (String name : settings.hostNames()) names.add(name.toLowerCase(Locale.ROOT));
        if (isOnThisMachine) return;
        try {
            InetAddress own = InetAddress.getLocalHost();
            names.add(own.getHostName().toLowerCase(Locale.ROOT));
            names.add(own.getCanonicalHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException nameless) {
            // then it is reached by its addresses
        }
    }

    /** Refuses what may not ask. */
    void check(Context request) {
        int port = request.req().getLocalPort();
        String host = request.header("Host");
        if (host == null || !isOwn(host, port))
            throw refused(
                    "The request names the host \"" + host + "\".",
                    isOnThisMachine
                            ? "open http://127.0.0.1:" + port
                            : "name the machine by its address, or start the workbench with --host-name NAME");
        String origin = request.header("Origin");
        if (origin != null && !isOwnOrigin(origin, host, port))
            throw refused("The request comes from a page of \"" + origin + "\".", "ask from the workbench's own pages");
        String site = request.header("Sec-Fetch-Site");
        boolean reads = request.method().name().equals("GET");
        boolean opensPage = reads && "navigate".equals(request.header("Sec-Fetch-Mode"));
        if (site != null && !OWN_SITE.contains(site) && !opensPage)
            throw refused("The request comes from a page of another site.", "ask from the workbench's own pages");
    }

    private boolean isOwn(String host, int port) {
        String name = host.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
        if (names.contains(name)) return true;
        if (!isOnThisMachine) return name.equals("localhost") || isInDigits(name);
        return (name.equals("127.0.0.1") || name.equals("localhost") || name.equals("[::1]"))
                && host.equalsIgnoreCase(name + ":" + port);
    }

    private static boolean isInDigits(String name) {
        return name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || name.matches("\\[[0-9a-f:.]+]");
    }

    /** A proxy may be asked by a name that it does not hand on. */
    private boolean isOwnOrigin(String origin, String host, int port) {
        URI page;
        try {
            page = URI.create(origin);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        String scheme = String.valueOf(page.getScheme());
        if (page.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) return false;
        if (names.contains(page.getHost().toLowerCase(Locale.ROOT))) return true;
        if (isOnThisMachine) return scheme.equals("http") && isOwn(page.getAuthority(), port);
        return page.getAuthority().equalsIgnoreCase(host);
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
        guard(answer, nonce, "'none'");
    }

    /** Likewise, for the page that is a form of this server. */
    static void guardForm(Context answer, String nonce) {
        guard(answer, nonce, "'self'");
        answer.header("Referrer-Policy", "same-origin"); // without it a browser does not tell where the form is from
    }

    private static void guard(Context answer, String nonce, String forms) {
        String styles = nonce.isEmpty() ? "'self'" : "'self' 'nonce-" + nonce + "'";
        answer.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src " + styles
                        + "; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; base-uri 'none';"
                        + " form-action " + forms + "; frame-ancestors 'none'");
        answer.header("X-Content-Type-Options", "nosniff");
        answer.header("Referrer-Policy", "no-referrer");
        answer.header("Cross-Origin-Opener-Policy", "same-origin");
        answer.header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
