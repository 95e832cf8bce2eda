package io.fovea.download;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Fetches published files from the first mirror that has the right content.
 *
 * <p>A file grows as {@code name.part} and takes its name only when size and SHA-256 fit; so what has its name is right. What is
 * there of an interrupted download is continued (HTTP Range), also from another mirror and by another run. A mirror that does not
 * answer, answers with an error, sends too little, too much, too slowly or the wrong content is left for the next.
 *
 * <p>Threads may share it, but not download the same file into the same folder together.
 */
public final class Download {

    /** How often one mirror may break off and go on, if each time something came. */
    private static final int ATTEMPTS = 5;

    private final DownloadSettings settings;
    private final Hosts hosts;

    /** Downloads from anywhere that wait for mirrors as long as these settings say. */
    public Download(DownloadSettings settings) {
        this(settings, Hosts.ANY);
    }

    /** Likewise, from some hosts only. */
    public Download(DownloadSettings settings, Hosts hosts) {
        this.settings = settings;
        this.hosts = hosts;
    }

    /**
     * Returns the path of the file in {@code folder}, downloaded unless it is there with the right content.
     *
     * @param mirrors addresses that end in "/", to which the file's name is added; tried in this order
     * @throws Problem if no mirror has it (each is named with its reason), or the folder cannot be written to
     */
    public Path fetch(RemoteFile file, List<URI> mirrors, Path folder, DownloadListener listener) {
        return fetchFromAny(
                file,
                mirrors.stream().map(mirror -> mirror.resolve(file.name())).toList(),
                folder,
                listener);
    }

    /**
     * Returns the path of the file in {@code folder}, downloaded from one address unless it is there. A file without a checksum is
     * taken as it comes and always begun anew: nothing tells whether what is there belongs to it.
     *
     * @throws Problem as {@link #fetch(RemoteFile, List, Path, DownloadListener)}
     */
    public Path fetch(RemoteFile file, URI address, Path folder, DownloadListener listener) {
        return fetchFromAny(file, List.of(address), folder, listener);
    }

    private Path fetchFromAny(RemoteFile file, List<URI> addresses, Path folder, DownloadListener listener) {
        Path target = folder.resolve(file.name());
        if (isThere(file, target)) return target;
        List<String> reasons = new ArrayList<>();
        try (PartialFile part = PartialFile.open(file, target)) {
            if (!file.isVerifiable()) part.clear();
            for (URI address : addresses) {
                try {
                    fetchFrom(address, file, part, listener);
                    part.finish();
                    return target;
                } catch (IOException failure) {
                    reasons.add(address + " " + reason(failure));
                }
            }
        }
        throw new Problem(
                "No mirror delivers the file \"" + file.name() + "\".",
                String.join("; ", reasons),
                "check the network connection and run the command again, or put the file into " + folder + " yourself");
    }

    private static boolean isThere(RemoteFile file, Path target) {
        try {
            return file.isVerifiable() && file.isAt(target);
        } catch (IOException unreadable) {
            throw new Problem(
                    "The file cannot be read: " + unreadable,
                    target.toString(),
                    "check its access rights, or delete it",
                    unreadable);
        }
    }

    /** Completes the part from one mirror; an {@link IOException} says in its message what the mirror did wrong. */
    private void fetchFrom(URI address, RemoteFile file, PartialFile part, DownloadListener listener)
            throws IOException {
        if (part.size() > 0 && part.isRight()) return;
        if (file.sizeInBytes().isPresent() && part.size() >= file.sizeInBytes().getAsLong()) part.clear();
        for (int attempt = 1; ; attempt++) {
            long before = part.size();
            try {
                receive(address, file, part, listener);
            } catch (BrokenOff failure) {
                if (attempt < ATTEMPTS && (part.size() > before || part.size() == 0 && before > 0)) continue;
                throw failure;
            }
            if (part.isRight()) return;
            String found = part.sha256();
            part.clear();
            // What was there before this attempt may have been the wrong part: only a whole file speaks against the
            // mirror.
            if (before == 0 || attempt == ATTEMPTS) {
                throw new IOException(
                        "sends other content: SHA-256 " + (file.sha256().length() < 64 ? "beginning with " : "")
                                + file.sha256() + " expected, " + found + " found");
            }
        }
    }

    /** Receives what is missing, or everything if the mirror does not continue files. */
    private void receive(URI address, RemoteFile file, PartialFile part, DownloadListener listener) throws IOException {
        Map<String, String> headers = part.size() > 0 ? Map.of("Range", "bytes=" + part.size() + "-") : Map.of();
        try (Requests requests = new Requests(hosts, settings.connectTimeout())) {
            HttpResponse<InputStream> response = requests.get(address, headers, settings.responseTimeout());
            try (InputStream body = response.body()) {
                OptionalLong total = checkedTotal(response, file, part);
                store(body, file, total, part, listener);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw interrupted(address.toString());
        }
    }

    /** What a download says whose thread was interrupted, while it waited or while it wrote. */
    static Problem interrupted(String where) {
        return new Problem(
                "The download was interrupted.", where, "run the command again; it goes on where it stopped");
    }

    /** Returns how long the whole file is, if anybody says; leaves the part as long as the place from which the answer goes on. */
    private static OptionalLong checkedTotal(HttpResponse<InputStream> response, RemoteFile file, PartialFile part)
            throws IOException {
        int status = response.statusCode();
        boolean continues = status == 206 && part.size() > 0;
        if (status == 416) {
            // The part is longer than the file: it belongs to another one.
            part.clear();
            throw new BrokenOff("has no byte to go on from");
        }
        if (status != 200 && !continues) throw new IOException("answers with HTTP status " + status);
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (continues && !range.startsWith("bytes " + part.size() + "-")) {
            throw new IOException("continues at another place than byte " + part.size() + ": \"" + range + "\"");
        }
        long there = continues ? part.size() : 0;
        OptionalLong announced = response.headers().firstValueAsLong("Content-Length");
        if (file.sizeInBytes().isPresent()) {
            long missing = file.sizeInBytes().getAsLong() - there;
            if (announced.orElse(missing) != missing) {
                throw new IOException("has a file of another size: " + missing + " bytes expected, "
                        + announced.getAsLong() + " announced");
            }
        }
        if (!continues) part.clear();
        if (file.sizeInBytes().isPresent()) return file.sizeInBytes();
        return announced.isPresent() ? OptionalLong.of(there + announced.getAsLong()) : OptionalLong.empty();
    }

    private void store(
            InputStream body, RemoteFile file, OptionalLong total, PartialFile part, DownloadListener listener)
            throws IOException {
        byte[] piece = new byte[1 << 16];
        long size = part.size();
        try (RateWatch watch = new RateWatch(body, settings)) {
            for (int read = read(body, piece, total); read >= 0; read = read(body, piece, total)) {
                size += read;
                if (size > total.orElse(Long.MAX_VALUE)) {
                    part.clear();
                    throw new IOException("sends more than the " + total.getAsLong() + " bytes expected");
                }
                watch.received(read);
                part.append(piece, read);
                listener.progressed(file.name(), size, total.orElse(0));
            }
            if (watch.wasTooSlow()) {
                throw new IOException("sends less than " + settings.leastRate() + " bytes per second");
            }
        }
        if (size < total.orElse(1)) {
            throw new BrokenOff("breaks off after " + size + " of " + total.orElse(1) + " bytes");
        }
    }

    /** Reads a piece; a connection that breaks ends the stream, and what is missing then shows, if anybody said how much there is. */
    private static int read(InputStream body, byte[] piece, OptionalLong total) throws IOException {
        try {
            return body.read(piece);
        } catch (IOException broken) {
            if (total.isEmpty()) throw new BrokenOff("breaks off before its end");
            return -1;
        }
    }

    /** The connection ended before the file: worth going on from there. */
    private static final class BrokenOff extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenOff(String message) {
            super(message);
        }
    }

    static String reason(Exception failure) {
        if (failure instanceof HttpConnectTimeoutException) return "cannot be reached in time";
        if (failure instanceof HttpTimeoutException) return "does not answer in time";
        if (failure instanceof ConnectException) {
            return isUnresolved(failure) ? "is unknown (no network, or no such host)" : "refuses the connection";
        }
        return failure.getMessage() == null ? "fails: " + failure : failure.getMessage();
    }

    private static boolean isUnresolved(Throwable failure) {
        if (failure instanceof UnresolvedAddressException) return true;
        return failure.getCause() != null && isUnresolved(failure.getCause());
    }
}
