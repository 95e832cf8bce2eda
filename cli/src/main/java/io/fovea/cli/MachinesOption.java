package io.fovea.cli;

import io.fovea.training.ComputationSettings;
import io.fovea.training.TrainingSettings;
import io.fovea.work.Machines;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which machines share in the work. */
final class MachinesOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--on",
            paramLabel = "MASTER",
            description = {
                "Share the work out among the machines of a cluster of Apache Spark: spark://HOST:7077, yarn,",
                "k8s://HOST:PORT; or on this machine local-cluster[2,1,2048] for two processes of one core and 2048"
                        + " MiB",
                "each, local[2] for two threads."
            })
    private Optional<String> master = Optional.empty();

    /** Returns how their scheduler calls them. */
    Optional<String> master() {
        return master;
    }

    Optional<Machines> machines() {
        return master.map(Machines::new);
    }

    /** Cores of this machine say nothing of others: where nobody chose, a process there computes with one thread. */
    TrainingSettings over(TrainingSettings settings) {
        boolean isChosen =
                Stream.of("--threads", "--settings").anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
        if (master.isEmpty() || isChosen) return settings;
        ComputationSettings computation = settings.computation();
        return settings.withComputation(new ComputationSettings(computation.engine(), computation.precision(), 1));
    }
}
