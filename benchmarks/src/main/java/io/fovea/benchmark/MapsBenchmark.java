package io.fovea.benchmark;

import io.fovea.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Networks that answer with maps: what the labs reach, how exact exported masks are. */
@Command(
        name = "maps",
        description = "Segmentation and denoising: the labs' figures, noise taken off beside non-local means, exported"
                + " masks against the training engine.")
final class MapsBenchmark implements Callable<Integer> {

    /** What can be measured alone. */
    enum Part {
        /** Streets, and their exported masks. */
        STREETS,
        /** Cells, and their exported masks. */
        CELLS,
        /** Digits and clothes with noise. */
        NOISE
    }

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Only these parts: streets, cells, noise (default: all).")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(
            names = "--size",
            defaultValue = "small",
            description = "Of the lab that takes noise off: small or full (default: ${DEFAULT-VALUE}).")
    private String size;

    @Option(names = "--seed", defaultValue = "1", description = "Of the labs (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--epochs", description = "Of the labs, to try them out (default: theirs).")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--workspace",
            description = "Keep datasets, runs and models there (default: a new one that is deleted).")
    private Optional<Path> kept = Optional.empty();

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        Path workspace = kept.isPresent() ? kept.get().toAbsolutePath() : Files.createTempDirectory("fovea-benchmark-");
        try {
            MapLabs labs = new MapLabs(workspace, machine, handedOn(), recordOption);
            if (only.contains(Part.STREETS)) labs.streets();
            if (only.contains(Part.CELLS)) labs.cells();
            if (only.contains(Part.NOISE)) labs.noise(size);
        } finally {
            if (kept.isEmpty()) Folder.delete(workspace);
        }
        return 0;
    }

    private List<String> handedOn() {
        List<String> options = new ArrayList<>(List.of("--seed", Long.toString(seed)));
        if (epochs.isPresent()) options.addAll(List.of("--epochs", Integer.toString(epochs.get())));
        return options;
    }
}
