package io.fovea.cli;

import io.fovea.choice.TrainSituations;
import io.fovea.work.Machines;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many processes of a cluster train one network together. */
final class RanksOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--ranks",
            paramLabel = "N",
            description = "With --on: so many processes train the network together, each with its part of every batch."
                    + " Default: as many as there is room for.")
    private Integer ranks;

    /** Returns the machines with the ranks on them. */
    Optional<Machines> on(MachinesOption machines) {
        if (ranks == null) return machines.machines();
        if (machines.master().isEmpty()) IdleOption.refuse(TrainSituations.ALONE, spec);
        if (ranks < 1) throw new ParameterException(spec.commandLine(), "--ranks must be at least 1: " + ranks);
        return machines.master().map(master -> new Machines(master, OptionalInt.of(ranks)));
    }
}
