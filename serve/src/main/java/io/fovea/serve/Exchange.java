package io.fovea.serve;

import io.fovea.batching.Caller;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** One request and its answer; for one thread. */
final class Exchange implements Caller, AutoCloseable {

    /** The header with the key of whoever asks. */
    static final String KEY = "Fovea-Key";

    /** The header with the name of the model that answered. */
    static final String MODEL = "Fovea-Model";

    /** The header with its version. */
    static final String MODEL_VERSION = "Fovea-Model-Version";

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Bodies bodies;
    private final List<String> path;
    private Bodies.Body body;
    private int status;
    private boolean tookMore;

    Exchange(Request request, Response response, Callback callback, Bodies bodies) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.bodies = bodies;
        this.path = Arrays.stream(request.getHttpURI().getPath().split("/"))
                .filter(word -> !word.isEmpty())
                .map(word -> URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns the method; what may be read may be asked about too. */
    String method() {
        return request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    }

    /** Returns the words of the path. */
    List<String> path() {
        return path;
    }

    /** Returns the path as it was sent. */
    String address() {
        return request.getHttpURI().getPath();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** Returns the key of whoever asks, which a split goes by. */
    Optional<String> key() {
        return header(KEY).filter(key -> !key.isBlank());
    }

    /** Says in the answer's head who answers; a name that a head cannot hold is left out. */
    Exchange answeredBy(LoadedModel model) {
        if (fitsHead(model.name())) with(MODEL, model.name());
        return with(MODEL_VERSION, Long.toString(model.version()));
    }

    /** Whether a head can hold a name: those of files may have letters beyond ASCII. */
    static boolean fitsHead(String name) {
        return name.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }

    int localPort() {
        return Request.getLocalPort(request);
    }

    boolean isSecure() {
        return request.isSecure();
    }

    /**
     * Returns what stands behind the question mark.
     *
     * @param known names that mean something here
     * @throws Problem if there is another one, or one twice
     */
    Map<String, String> query(Set<String> known) {
        Map<String, String> query = new LinkedHashMap<>();
        Fields fields = Request.extractQueryParameters(request);
        for (Fields.Field field : fields) {
            if (!known.contains(field.getName()))
                throw new Problem(
                        "There is no setting \"" + field.getName() + "\" here.",
                        "the address of the request",
                        known.isEmpty()
                                ? "leave out what follows the question mark"
                                : Nearest.suggestion(field.getName(), known));
            if (field.getValues().size() > 1)
                throw new Problem(
                        "\"" + field.getName() + "\" is set twice.", "the address of the request", "set it once");
            query.put(field.getName(), field.getValue());
        }
        return query;
    }

    /**
     * Returns the body.
     *
     * @throws Refusal as {@link Bodies#read}
     */
    byte[] body() {
        if (body != null) return body.bytes();
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        long patience = connection.getIdleTimeout();
        connection.setIdleTimeout(
                Math.min(patience, Bodies.PATIENCE_IN_SECONDS * 1_000L)); // then who is silent is sent away
        try {
            body = bodies.read(Content.Source.asInputStream(request), request.getLength());
        } finally {
            connection.setIdleTimeout(patience);
        }
        return body.bytes();
    }

    /** Returns whether a body comes, as far as the head of the request tells. */
    boolean hasBody() {
        return request.getLength() > 0 || header("Transfer-Encoding").isPresent();
    }

    /** Adds a header to the answer. */
    Exchange with(String name, String value) {
        response.getHeaders().put(name, value);
        return this;
    }

    void json(Object answer) {
        reply(200, Json.MEDIA_TYPE, Json.bytes(answer));
    }

    /** Answers. */
    void reply(int status, String mediaType, byte[] bytes) {
        if (this.status != 0) throw new IllegalStateException("Answered twice: " + address());
        this.status = status;
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        if (tookMore) response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    /** Answers with nothing, as whoever asked has gone. */
    void abandon() {
        status = 499;
        callback.failed(new IOException("the caller has gone"));
    }

    /** Returns the status that was answered; 0 before. */
    int status() {
        return status;
    }

    /**
     * A caller that has closed its connection has gone. HTTP/1.1 tells so only to whoever reads; what else is read then is the beginning of a
     * further request, which is lost: the connection is closed after this answer, and a client that sends requests ahead repeats it (RFC 9112,
     * 9.3.2).
     */
    @Override
    public boolean isGone() {
        boolean readable =
                body != null && !tookMore && request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2;
        if (!readable) return false;
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        if (!connection.isOpen()) return true;
        try {
            int read = connection.fill(BufferUtil.allocate(1));
            tookMore = read > 0;
            return read < 0;
        } catch (IOException broken) {
            return true;
        }
    }

    /** Lets go of the body. */
    @Override
    public void close() {
        if (body != null) body.close();
    }
}
