package io.fovea.cli;

import io.fovea.lab.Choice;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be chosen in the labs that train one network from scratch, beside the pictures. */
final class NetworkLabOptions {

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "A network of the catalogue (fovea network list). Default: ${DEFAULT-VALUE}.")
    private String network;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the pictures. Default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Mixin
    private LabSeedOption seed;

    /** Returns what was chosen. */
    Choice choice(Optional<String> data) {
        return Choice.of(data, Optional.of(network), OptionalInt.of(epochs), seed.seed());
    }
}
