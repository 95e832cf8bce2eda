package io.fovea.cli;

import picocli.CommandLine.Option;

/** The seed of a lab. */
final class LabSeedOption {

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of every random choice. Default: ${DEFAULT-VALUE}.")
    private long seed;

    long seed() {
        return seed;
    }
}
