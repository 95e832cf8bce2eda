package io.fovea.server;

import io.fovea.fetch.WebReach;
import io.fovea.problem.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a workbench is opened.
 *
 * @param address     to listen on: one of this machine, or 0.0.0.0 for all of them
 * @param port        to listen on; 0 for any that is free
 * @param hostNames   further names that browsers may call it by, such as a proxy's
 * @param folders     that jobs may name beside the workspace
 * @param urls        which addresses of the web pictures may be fetched from
 * @param token       what one person signs in with; empty where others than this machine's programs may ask: one is made
 * @param tokens      a file with a name and a token in each line, for several people
 * @param databaseUrl of PostgreSQL; empty: a file in the workspace
 */
public record ServerSettings(
        String address,
        int port,
        List<String> hostNames,
        List<Path> folders,
        WebReach urls,
        Optional<String> token,
        Optional<Path> tokens,
        Optional<String> databaseUrl) {

    /** The loopback address, which only programs of this machine reach. */
    public static final String THIS_MACHINE = "127.0.0.1";

    /** Copies, and checks that the address is one. */
    public ServerSettings {
        hostNames = List.copyOf(hostNames);
        folders = List.copyOf(folders);
        resolved(address);
    }

    /** For programs of this machine, which need no token. */
    public static ServerSettings onThisMachine(int port, List<Path> folders) {
        return new ServerSettings(
                THIS_MACHINE,
                port,
                List.of(),
                folders,
                WebReach.OFF,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the same with what {@code FOVEA_TOKEN} and {@code FOVEA_DATABASE_URL} say, where nothing else says it. */
    public ServerSettings with(Map<String, String> environment) {
        return new ServerSettings(
                address,
                port,
                hostNames,
                folders,
                urls,
                token.or(() -> given(environment, "FOVEA_TOKEN")),
                tokens,
                databaseUrl.or(() -> given(environment, "FOVEA_DATABASE_URL")));
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "ServerSettings[" + address + ", port " + port + "]";
    }

    /** Whether no other machine reaches it. */
    boolean isOnThisMachine() {
        return resolved(address).isLoopbackAddress();
    }

    /** Whether it listens on whatever addresses this machine has. */
    boolean isOnAllAddresses() {
        return resolved(address).isAnyLocalAddress();
    }

    /** Whether whoever asks must say who they are. */
    boolean needsToken() {
        return !isOnThisMachine() || token.isPresent() || tokens.isPresent();
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
