package io.fovea.serve;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a prediction server is opened.
 *
 * @param address  to listen on: one of this machine, or 0.0.0.0 for all of them
 * @param port     to listen on; 0 for any that is free
 * @param token    that whoever asks must show; empty where others than this machine's programs may ask: one is made
 * @param origins  of web pages that may ask, such as {@code https://example.org}, or {@code *} for all
 * @param tls      certificate and key, if it encrypts
 * @param deadline how long a request may wait for a model
 * @param grpcPort where gRPC is answered too, if it is; 0 for any that is free
 */
public record ServerSettings(
        String address,
        int port,
        Optional<String> token,
        List<String> origins,
        Optional<Tls> tls,
        Duration deadline,
        Optional<Integer> grpcPort) {

    /** The loopback address, which only programs of this machine reach. */
    public static final String THIS_MACHINE = "127.0.0.1";

    /** Where it listens unless another port is asked for. */
    public static final int USUAL_PORT = 8080;

    /** How long a request may wait unless something else is said. */
    public static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);

    /** A shorter token can be guessed. */
    private static final int SHORTEST_TOKEN = 16;

    /**
     * Files for encryption, both PEM.
     *
     * @param certificate the chain, the server's own first
     * @param key         its private key, PKCS#8 and not encrypted
     */
    public record Tls(Path certificate, Path key) {}

    /** Copies, and checks that the address is one. */
    public ServerSettings {
        origins = List.copyOf(origins);
        Objects.requireNonNull(tls, "tls");
        resolved(address);
        checkPort("--port", port);
        grpcPort.ifPresent(each -> checkPort("--grpc-port", each));
        if (deadline.isNegative() || deadline.isZero())
            throw new IllegalArgumentException("deadline must be above 0: " + deadline);
        if (token.filter(each -> each.length() < SHORTEST_TOKEN).isPresent())
            throw new Problem(
                    "A token of " + token.get().length() + " characters can be guessed.",
                    "FOVEA_TOKEN",
                    "take one of at least " + SHORTEST_TOKEN + ", such as " + Access.madeToken());
    }

    private static void checkPort(String option, int port) {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException(option + " must be 0 to 65535, not " + port);
    }

    /** For programs of this machine, which need no token. */
    public static ServerSettings onThisMachine(int port) {
        return new ServerSettings(
                THIS_MACHINE, port, Optional.empty(), List.of(), Optional.empty(), USUAL_DEADLINE, Optional.empty());
    }

    /**
     * As words of a command say it.
     *
     * @param tokenFile that holds the token
     * @param tls       certificate and key, or nothing
     * @throws Problem if the token cannot be read, or the address is none
     * @throws IllegalArgumentException if a number is out of range
     */
    public static ServerSettings of(
            String address,
            int port,
            Optional<Path> tokenFile,
            List<Path> tls,
            List<String> origins,
            Duration deadline,
            Optional<Integer> grpcPort) {
        return new ServerSettings(
                address,
                port,
                tokenFile.map(ServerSettings::token),
                origins,
                tls.isEmpty() ? Optional.empty() : Optional.of(new Tls(tls.get(0), tls.get(1))),
                deadline,
                grpcPort);
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new Problem(
                    "The token cannot be read: " + failure.getMessage() + ".",
                    file.toString(),
                    "write the token into a file that you may read",
                    failure);
        }
    }

    /** Returns the same with what {@code FOVEA_TOKEN} says, where no token is given. */
    public ServerSettings with(Map<String, String> environment) {
        Optional<String> given =
                Optional.ofNullable(environment.get("FOVEA_TOKEN")).filter(each -> !each.isBlank());
        return withToken(token.or(() -> given));
    }

    /** Returns the same with another token. */
    public ServerSettings withToken(Optional<String> other) {
        return new ServerSettings(address, port, other, origins, tls, deadline, grpcPort);
    }

    /** Returns the same with a port for gRPC. */
    public ServerSettings withGrpc(int other) {
        return new ServerSettings(address, port, token, origins, tls, deadline, Optional.of(other));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ServerSettings[" + address + ", port " + port + "]";
    }

    /** Whether no other machine reaches it. */
    boolean isOnThisMachine() {
        return resolved(address).isLoopbackAddress();
    }

    private static InetAddress resolved(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw new Problem(
                    "\"" + address + "\" is no address of this machine.",
                    "--address",
                    "write 0.0.0.0 for all addresses of this machine, or one of them",
                    unknown);
        }
    }
}
