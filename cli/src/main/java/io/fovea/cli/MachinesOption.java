package io.fovea.cli;

import io.fovea.training.ComputationSettings;
import io.fovea.training.TrainingSettings;
import io.fovea.work.Machines;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which machines share in the work. */
final class MachinesOption {

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
    TrainingSettings usual(TrainingSettings defaults) {
        if (master.isEmpty()) return defaults;
        ComputationSettings computation = defaults.computation();
        return defaults.withComputation(new ComputationSettings(computation.engine(), computation.precision(), 1));
    }
}
