package io.fovea.timing;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a prediction server is put under load, and timed.
 *
 * @param server      its address, such as {@code http://host:8080}; paths of protocols come after it
 * @param model       the name that the server has for the model
 * @param protocol    which is spoken; empty to ask the server
 * @param clients     how many ask at once; each number is timed
 * @param batches     pictures of a request; each is timed
 * @param rate        requests a second that are sent whether or not those before are answered; empty where each client asks again once it has its answer
 * @param seconds     for which each is measured, after it is warm
 * @param pictures    files that are sent
 * @param token       who asks
 * @param certificate a PEM file of whom to trust instead of those that Java trusts
 */
public record LoadSettings(
        URI server,
        String model,
        Optional<Protocol> protocol,
        List<Integer> clients,
        List<Integer> batches,
        OptionalDouble rate,
        double seconds,
        List<Path> pictures,
        Optional<String> token,
        Optional<Path> certificate) {

    /** How long a request may take before it counts as an error. */
    static final int TIMEOUT_SECONDS = 30;

    /** The clients of an open loop: enough that the next request seldom waits for a free one. */
    public static final int CLIENTS_OF_A_RATE = 64;

    /** A way to ask. */
    public enum Protocol {
        /** Fovea's own: a picture file. */
        PICTURES,
        /** The Open Inference Protocol, which Triton, KServe and others speak. */
        KSERVE,
        /** TensorFlow Serving's REST. */
        TENSORFLOW
    }

    /** Checks and copies. */
    public LoadSettings {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(certificate, "certificate");
        boolean isWeb = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
        if (!isWeb || server.getHost() == null)
            throw new IllegalArgumentException("url must be like http://host:8080, not " + server);
        if (model.isBlank()) throw new IllegalArgumentException("model must not be blank");
        clients = TimingSettings.atLeastOne("clients", clients);
        batches = TimingSettings.atLeastOne("batch", batches);
        rate.ifPresent(value -> {
            if (!(value > 0 && value <= 1e6))
                throw new IllegalArgumentException("rate must be above 0 and at most 1000000: " + value);
        });
        seconds = TimingSettings.checkedSeconds(seconds);
        pictures = List.copyOf(pictures);
    }

    /** Returns these for a picture at a time by one client, as soon as the one before is answered, for three seconds. */
    public static LoadSettings of(URI server, String model, List<Path> pictures) {
        return new LoadSettings(
                server,
                model,
                Optional.empty(),
                List.of(1),
                List.of(1),
                OptionalDouble.empty(),
                3,
                pictures,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Returns the same with the token of a file, else with that of {@code FOVEA_TOKEN}, if one is given.
     *
     * @throws io.fovea.problem.Problem if the file cannot be read or holds none
     */
    public LoadSettings withToken(Optional<Path> file, Map<String, String> environment) {
        Optional<String> given =
                Optional.ofNullable(environment.get("FOVEA_TOKEN")).filter(word -> !word.isBlank());
        return new LoadSettings(
                server,
                model,
                protocol,
                clients,
                batches,
                rate,
                seconds,
                pictures,
                file.map(ServerDoor::token).or(() -> given),
                certificate);
    }

    /** Returns an address of the server. */
    URI at(String path) {
        String base = server.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
