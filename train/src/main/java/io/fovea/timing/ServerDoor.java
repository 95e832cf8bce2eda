package io.fovea.timing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Requests to a server and what comes back, with the words for what goes wrong. Threads may share it. */
final class ServerDoor implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_WORDS = 160;

    private final LoadSettings settings;
    private final HttpClient client;

    ServerDoor(LoadSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .connectTimeout(Duration.ofSeconds(10));
        settings.certificate().ifPresent(file -> builder.sslContext(trusting(file)));
        client = builder.build();
    }

    /** An answer: an error has words. */
    record Reply(int status, byte[] body, String error) {

        static final Reply NONE = new Reply(0, new byte[0], "no answer");

        boolean isGood() {
            return error.isEmpty();
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException notJson) {
                return MissingNode.getInstance();
            }
        }
    }

    /** Returns a request to an address, with its timeout and the token. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(settings.at(path)).timeout(Duration.ofSeconds(LoadSettings.TIMEOUT_SECONDS));
        settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    /** Asks for JSON. */
    Reply get(String path) {
        return send(request(path).header("Accept", "application/json").build());
    }

    /** Sends; whatever goes wrong is in the words of the reply, whose status is 0 where there was no answer. */
    Reply send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            int status = response.statusCode();
            return new Reply(status, response.body(), status == 200 ? "" : words(status, response.body()));
        } catch (HttpTimeoutException late) {
            return lost("no answer within " + LoadSettings.TIMEOUT_SECONDS + " s");
        } catch (ConnectException refused) {
            return lost("no connection");
        } catch (IOException failure) {
            return lost("connection lost: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return lost("interrupted");
        }
    }

    private static Reply lost(String words) {
        return new Reply(0, new byte[0], words);
    }

    /** The status, and what a problem document, KServe or TensorFlow Serving say about it. */
    private static String words(int status, byte[] body) {
        JsonNode json = new Reply(status, body, "").json();
        for (String field : new String[] {"what", "detail", "title", "error"}) {
            String said =
                    json.path(field).asText("").strip().lines().findFirst().orElse("");
            if (!said.isEmpty())
                return status + ": " + (said.length() > LONGEST_WORDS ? said.substring(0, LONGEST_WORDS) + "…" : said);
        }
        return Integer.toString(status);
    }

    /**
     * Checks the answer to a question that must be answered.
     *
     * @throws Problem if there is none, or it is an error
     */
    Reply checked(Reply reply, String path) {
        if (reply.isGood()) return reply;
        String where = settings.at(path).toString();
        if (reply.status() == 0)
            throw new Problem(
                    "The server does not answer: " + reply.error() + ".",
                    where,
                    "check address and port, and that it runs; of a server with a certificate of its own, name that"
                            + " with --trust");
        if (reply.status() == 401 || reply.status() == 403)
            throw new Problem(
                    "The server does not let us ask: " + reply.error() + ".",
                    where,
                    "give its token in a file with --token, or in $FOVEA_TOKEN");
        throw new Problem(
                "The server answers with an error: " + reply.error()
                        + (reply.error().endsWith(".") ? "" : "."),
                where,
                "see its words; the model's name is that which the server has for it");
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) throw new GeneralSecurityException("it holds none");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) store.setCertificateEntry("server" + number++, certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new Problem(
                    "The certificate cannot be used: " + failure.getMessage() + ".",
                    file.toString(),
                    "give the server's certificate, or that of who signed it, as PEM",
                    failure);
        }
    }

    /**
     * Reads a token.
     *
     * @throws Problem if the file cannot be read or holds none
     */
    static String token(Path file) {
        try {
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!token.isEmpty() && token.lines().count() == 1) return token;
            throw new Problem("There is no token in the file.", file.toString(), "write it there, in one line");
        } catch (IOException failure) {
            throw new Problem(
                    "The file of the token cannot be read: " + failure.getMessage() + ".",
                    file.toString(),
                    "check path and permissions",
                    failure);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
