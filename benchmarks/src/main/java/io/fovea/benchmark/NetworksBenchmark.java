package io.fovea.benchmark;

import io.fovea.benchmark.NetworkSpeeds.Subject;
import io.fovea.machine.Machine;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast networks larger than a LeNet are trained. */
@Command(
        name = "networks",
        description =
                "Training of U-Nets, of ResNet-20 on CIFAR-10 and of ResNet-18 at 224, whole steps, beside PyTorch.")
final class NetworksBenchmark implements Callable<Integer> {

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WHAT",
            description = "Only these: streets, cells, objects, photographs (default: all).")
    private Set<Subject> only = EnumSet.allOf(Subject.class);

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "How often each side trains (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--steps",
            defaultValue = "60",
            description = "Timed steps of each training (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--python",
            defaultValue = "/usr/bin/python3",
            description = "A Python that has PyTorch (default: ${DEFAULT-VALUE}).")
    private String python;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        new NetworkSpeeds(only, rounds, steps, python).measure(Machine.current(), recordOption);
        return 0;
    }
}
