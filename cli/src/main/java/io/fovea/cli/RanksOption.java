package io.fovea.cli;

import io.fovea.work.Machines;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How many processes of a cluster train one network together. */
final class RanksOption {

    @Option(
            names = "--ranks",
            paramLabel = "N",
            description = "With --on: so many processes train the network together, each with its part of every batch."
                    + " Default: as many as there is room for.")
    private Integer ranks;

    /** Returns the machines with the ranks on them. */
    Optional<Machines> on(MachinesOption machines) {
        if (ranks == null) return machines.machines();
        if (machines.master().isEmpty())
            throw machines.wrong("--ranks counts processes of a cluster: name it with --on.");
        if (ranks < 1) throw machines.wrong("--ranks must be at least 1: " + ranks);
        return machines.master().map(master -> new Machines(master, OptionalInt.of(ranks)));
    }
}
