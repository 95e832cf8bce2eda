package io.fovea.benchmark;

import io.fovea.problem.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A kept-alive connection that sends the same request again and again; as little as a client can do. For one thread. */
final class ServeClient implements AutoCloseable {

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] request;

    /** @param header a further line of the head, or nothing */
    ServeClient(URI server, String method, String path, String header, byte[] body) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nContent-Length: "
                        + body.length + "\r\n" + (header.isEmpty() ? "" : header + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
    }

    /** Sends the request and waits for its answer. */
    void ask() throws IOException {
        out.write(request);
        String status = line();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line())
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                length = Integer.parseInt(line.substring(15).strip());
        byte[] answer = in.readNBytes(length);
        if (!status.startsWith("HTTP/1.1 200"))
            throw new Problem(
                    "The server answered " + status + ".", new String(answer, StandardCharsets.UTF_8), "see its words");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = in.read(); letter >= 0 && letter != '\n'; letter = in.read())
            if (letter != '\r') line.append((char) letter);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
