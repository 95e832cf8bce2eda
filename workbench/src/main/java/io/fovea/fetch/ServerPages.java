package io.fovea.fetch;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** What a prediction server tells of itself, fetched straight, and from nowhere that it leads to. Threads may share it. */
public final class ServerPages {

    private static final int LONGEST_WORD = 300;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 4 << 20;

    private final ServerReach reach;
    private final int mostBytes;
    private final Duration longest;
    private final WebErrand errand;

    /** A page has at most 4 MB and takes at most 5 seconds. */
    public ServerPages(ServerReach reach) {
        this(reach, MOST_BYTES, LONGEST);
    }

    ServerPages(ServerReach reach, int mostBytes, Duration longest) {
        this.reach = reach;
        this.mostBytes = mostBytes;
        this.longest = longest;
        this.errand = new WebErrand(longest);
    }

    /**
     * Returns one of its pages.
     *
     * @param server its address, such as {@code http://127.0.0.1:8080}: no path, no user's name
     * @param path   of the page, which no request chooses
     * @param token  that is shown to it
     * @throws Problem if it may not be asked, does not answer, wants another token, or has no such page
     */
    public byte[] fetch(String server, String path, Optional<String> token) {
        URI place = root(server).resolve(path);
        Map<String, String> headers = new LinkedHashMap<>();
        token.ifPresent(word -> headers.put("Authorization", "Bearer " + checked(word)));
        try {
            WebAnswer answer = errand.done(open -> answer(place, headers, open));
            if (answer.status() == 200) return answer.body();
            throw refused(answer.status(), place, token.isPresent());
        } catch (TimeoutException late) {
            throw new Problem(
                    "The server did not answer in " + longest.toSeconds() + " seconds.",
                    place.toString(),
                    "check whether it still runs, and whether this machine reaches it");
        } catch (IOException failure) {
            throw new Problem(
                    "The server cannot be asked: " + failure.getMessage() + ".",
                    place.toString(),
                    "check the address, and start one with \"fovea serve MODELS\"",
                    failure);
        }
    }

    private WebAnswer answer(URI place, Map<String, String> headers, AtomicReference<WebConnection> open)
            throws IOException {
        try (WebConnection connection = WebConnection.open(place, addresses(place))) {
            open.set(connection);
            return WebAnswer.of(connection, place, headers, mostBytes);
        }
    }

    private InetAddress[] addresses(URI place) {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(place.getHost().replaceAll("^\\[|]$", ""));
        } catch (UnknownHostException nobody) {
            throw new Problem(
                    "There is no machine \"" + place.getHost() + "\".", place.toString(), "check the address");
        }
        if (Arrays.stream(all).allMatch(reach::allows)) return all;
        throw new Problem(
                "\"" + place.getHost() + "\" is another machine, and this workbench is shared by several people.",
                place.toString(),
                "ask a server on the machine of the workbench, or start a workbench of your own, which asks any");
    }

    private static Problem refused(int status, URI place, boolean showedToken) {
        if (status == 401)
            return new Problem(
                    showedToken ? "The server does not know this token." : "The server wants a token.",
                    place.toString(),
                    "give the one that it printed when it was started, or that stands in its $FOVEA_TOKEN or --token");
        if (status == 403)
            return new Problem(
                    "The server does not answer to this name.",
                    place.toString(),
                    "ask it by 127.0.0.1, or start it with --address for other machines");
        return new Problem(
                "This is no prediction server of Fovea: it answers " + status + ".",
                place.toString(),
                "give the address that \"fovea serve\" prints");
    }

    private static String checked(String token) {
        if (token.matches("[\\x21-\\x7e]{1," + LONGEST_WORD + "}")) return token;
        throw new Problem(
                "This is no token.", "the token of the prediction server", "copy it as \"fovea serve\" printed it");
    }

    private static URI root(String server) {
        try {
            if (server.length() > LONGEST_WORD) throw new URISyntaxException("", "It is too long");
            URI uri = new URI(server.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean isWeb = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
            boolean isRoot = String.valueOf(uri.getRawPath()).matches("/?")
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (isWeb && isRoot && uri.getUserInfo() == null) return uri.resolve("/");
        } catch (URISyntaxException otherwise) {
            // told below
        }
        String shown = server.length() <= LONGEST_WORD ? server : server.substring(0, LONGEST_WORD) + "…";
        throw new Problem(
                "This is no address of a prediction server.",
                shown,
                "write one such as http://127.0.0.1:8080, with nothing behind the port");
    }
}
