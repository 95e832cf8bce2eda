package io.fovea.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on loopback with good and bad mirrors of one file, each under its own folder. */
public final class MirrorServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    public MirrorServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    /** A mirror that behaves like this for every file; returns its address. */
    public URI mirror(String name, Behaviour behaviour) {
        server.createContext("/" + name + "/", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
            try (exchange) {
                behaviour.answer(exchange);
            }
        });
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + "/");
    }

    /** What was asked for, in order: path, and the range if one was given. */
    public List<String> requests() {
        return requests;
    }

    /** Sends everything, whatever range was asked for. */
    public static Behaviour whole(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
    }

    /** Sends everything without saying how much it is. */
    public static Behaviour ofUnknownLength(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(content);
        };
    }

    /** Goes on from where a range begins, but sends no more than {@code most} bytes at a time before it breaks off. */
    public static Behaviour ranges(byte[] content, int most) {
        return exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            if (range != null) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
            OutputStream body = exchange.getResponseBody();
            body.write(content, from, Math.min(most, content.length - from));
            body.flush();
        };
    }

    /** Answers with an error. */
    public static Behaviour status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    /** Promises everything and then sends a byte now and again. */
    public static Behaviour trickle(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            OutputStream body = exchange.getResponseBody();
            for (byte value : content) {
                body.write(value);
                body.flush();
                pause();
            }
        };
    }

    /** Takes the connection and says nothing. */
    public static Behaviour silence() {
        return exchange -> {
            for (int i = 0; i < 600; i++) pause();
        };
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException end) {
            throw new IOException(end);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
