package io.fovea.download;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Asks addresses for what lies there, and goes where they send it on; every host on the way is looked at first.
 *
 * <p>To be closed: an answer's body is read before.
 */
public final class Requests implements AutoCloseable {

    private static final int MOST_STEPS = 5;

    private final HttpClient client;
    private final Hosts hosts;

    /** Those that may ask these hosts. */
    public Requests(Hosts hosts, Duration connectTimeout) {
        this.hosts = hosts;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Returns the answer of the address, or of the last that it sends on to; what it says is not looked at.
     *
     * @param answerTimeout the longest wait for the first byte of each answer
     * @throws IOException if there is none
     * @throws Problem     if a host on the way may not be asked
     */
    public HttpResponse<InputStream> get(URI address, Map<String, String> headers, Duration answerTimeout)
            throws IOException, InterruptedException {
        URI next = address;
        for (int step = 0; step <= MOST_STEPS; step++) {
            hosts.check(next);
            HttpRequest.Builder request = HttpRequest.newBuilder(next).timeout(answerTimeout);
            headers.forEach(request::header);
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            String location = answer.headers().firstValue("Location").orElse("");
            if (!sendsOn(answer.statusCode()) || location.isEmpty()) return answer;
            answer.body().close();
            next = next(next, location);
        }
        throw new IOException("sends on more than " + MOST_STEPS + " times");
    }

    /**
     * Returns a body as a whole.
     *
     * @param most    the longest that is taken, in bytes
     * @param timeout for each answer, and again for the body
     * @throws Problem if a host on the way may not be asked, none answers well in time, or there is more
     */
    public byte[] bytes(URI address, int most, Duration timeout) {
        try {
            HttpResponse<InputStream> answer = get(address, Map.of(), timeout);
            try (InputStream body = answer.body();
                    RateWatch watch = whole(body, timeout)) {
                if (answer.statusCode() != 200)
                    throw new IOException("answers with HTTP status " + answer.statusCode());
                byte[] bytes = read(body, most + 1, watch);
                if (bytes.length > most)
                    throw new IOException(
                            String.format(Locale.ROOT, "sends more than the %,d bytes that are taken", most));
                return bytes;
            }
        } catch (IOException | IllegalArgumentException failure) {
            throw new Problem(
                    "The address " + Download.reason(failure) + ".",
                    address.toString(),
                    "check it in a browser, or save the file and use that",
                    failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw Download.interrupted(address.toString());
        }
    }

    private static byte[] read(InputStream body, int most, RateWatch watch) throws IOException {
        try {
            byte[] bytes = body.readNBytes(most);
            if (!watch.wasTooSlow()) return bytes;
        } catch (IOException broken) {
            if (!watch.wasTooSlow()) throw broken;
        }
        throw new IOException("does not send everything in time");
    }

    /** Nothing is ever told to the watch, so it closes a body that is still read when the time is over. */
    private static RateWatch whole(InputStream body, Duration timeout) {
        return new RateWatch(body, new DownloadSettings(timeout, timeout, timeout, 1));
    }

    private static boolean sendsOn(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** From https to https only, so that nobody on the way changes what is fetched. */
    private static URI next(URI from, String location) throws IOException {
        URI next;
        try {
            next = from.resolve(location);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("sends on to what is no address: \"" + location + "\"", malformed);
        }
        boolean isWeb = "http".equalsIgnoreCase(next.getScheme()) || "https".equalsIgnoreCase(next.getScheme());
        boolean isSafer = "https".equalsIgnoreCase(next.getScheme()) || !"https".equalsIgnoreCase(from.getScheme());
        if (!isWeb || !isSafer) throw new IOException("sends on to \"" + next + "\", which is not followed");
        return next;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
