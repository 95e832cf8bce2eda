package io.fovea.fetch;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server of the web answers. Source: RFC 9112 (HTTP/1.1), as far as one answer of one connection needs it.
 *
 * @param status   of three digits
 * @param location where it leads, if it does
 * @param body     empty unless the status is 200
 */
record WebAnswer(int status, Optional<String> location, byte[] body) {

    private static final int LONGEST_LINE = 16_384;
    private static final int MOST_LINES = 200;

    /**
     * Asks for a file and reads the answer.
     *
     * @param headers beside those of every question
     * @param most    bytes of the file
     * @throws TooLargeException if it is larger
     */
    static WebAnswer of(WebConnection connection, URI place, Map<String, String> headers, int most) throws IOException {
        ask(connection, place, headers);
        InputStream in = connection.in();
        String status = line(in);
        while (status.matches("HTTP/1\\.[01] 1\\d\\d.*")) { // more will come
            headers(in);
            status = line(in);
        }
        if (!status.matches("HTTP/1\\.[01] \\d{3}.*")) throw new IOException("it does not answer as the web does");
        int code = Integer.parseInt(status.substring(9, 12));
        Map<String, String> answered = headers(in);
        Optional<String> location =
                Optional.ofNullable(answered.get("location")).filter(_ -> code / 100 == 3);
        return new WebAnswer(code, location, code == 200 ? body(in, answered, most) : new byte[0]);
    }

    private static void ask(WebConnection connection, URI place, Map<String, String> headers) throws IOException {
        String path = place.getRawPath() == null || place.getRawPath().isEmpty() ? "/" : place.getRawPath();
        String target = place.getRawQuery() == null ? path : path + "?" + place.getRawQuery();
        String port = place.getPort() > 0 ? ":" + place.getPort() : "";
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: " + place.getHost() + port
                + "\r\nUser-Agent: Fovea\r\nAccept-Encoding: identity\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        connection.out().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        connection.out().flush();
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (int lines = 0; lines < MOST_LINES; lines++) {
            String line = line(in);
            if (line.isEmpty()) return headers;
            int colon = line.indexOf(':');
            if (colon < 1) throw new IOException("it does not answer as the web does");
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        throw new IOException("its answer has no end of headers");
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("its answer breaks off");
            if (line.size() == LONGEST_LINE) throw new IOException("its answer has a line without an end");
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static byte[] body(InputStream in, Map<String, String> headers, int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            for (long size = chunk(in); size > 0; size = chunk(in)) {
                copy(in, size, body, most);
                line(in);
            }
            return body.toByteArray();
        }
        String length = headers.get("content-length");
        if (length == null) {
            byte[] rest = in.readNBytes(most + 1);
            if (rest.length > most) throw new TooLargeException(most);
            return rest;
        }
        if (!length.matches("\\d{1,18}")) throw new IOException("it says no length");
        copy(in, Long.parseLong(length), body, most);
        return body.toByteArray();
    }

    private static long chunk(InputStream in) throws IOException {
        String size = line(in).replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) throw new IOException("a part of its answer has no length");
        return Long.parseLong(size, 16);
    }

    private static void copy(InputStream in, long size, ByteArrayOutputStream body, int most) throws IOException {
        if (size > most - body.size()) throw new TooLargeException(most);
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) throw new EOFException("its answer breaks off");
        body.write(bytes, 0, bytes.length);
    }
}
