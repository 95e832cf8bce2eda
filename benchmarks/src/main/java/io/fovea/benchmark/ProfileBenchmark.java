package io.fovea.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.machine.Machine;
import io.fovea.network.Catalogue;
import io.fovea.network.CatalogueEntry;
import io.fovea.network.Network;
import io.fovea.profile.DeviceProfile;
import io.fovea.profile.LatencyEstimate;
import io.fovea.profile.NetworkClock;
import io.fovea.profile.NumberForm;
import io.fovea.profile.ProfileMeasurement;
import io.fovea.timing.Durations;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A profile of this machine, and what it says of whole networks beside what they take here. */
@Command(name = "profile", description = "Estimates of a machine's profile beside networks that are measured.")
final class ProfileBenchmark implements Callable<Integer> {

    private static final long LONG_ENOUGH = 400_000_000;
    private static final int LEAST_RUNS = 5;

    @Option(
            names = "--networks",
            split = ",",
            description = "Of the catalogue (default: ${DEFAULT-VALUE}).",
            defaultValue = "lenet,cifar-cnn,resnet20,squeezenet1_1,mobilenet_v2,googlenet,resnet18,resnet34,alexnet")
    private List<String> networks;

    @Option(names = "--profile", description = "A profile that was measured here before; else one is measured first.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--keep", description = "Write the profile there.")
    private Optional<Path> keep = Optional.empty();

    @Option(names = "--forms", split = ",", description = "float32, int8.", defaultValue = "FLOAT32,INT8")
    private List<NumberForm> forms;

    @Mixin
    private RecordOption recordOption;

    @Override
    public Integer call() {
        Machine machine = Machine.current();
        long start = System.nanoTime();
        DeviceProfile profile = file.map(DeviceProfile::read)
                .orElseGet(() -> ProfileMeasurement.of("benchmark", LocalDate.now(), (_, _) -> {}));
        double seconds = (System.nanoTime() - start) / 1e9;
        keep.ifPresent(profile::write);
        ArrayNode found = new ObjectMapper().createArrayNode();
        List<String> rows = new ArrayList<>();
        for (NumberForm form : forms) {
            Map<String, byte[]> files = new HashMap<>();
            for (int threads : profile.threads()) {
                List<Double> errors = new ArrayList<>();
                for (String name : networks) {
                    CatalogueEntry entry = Catalogue.entry(name);
                    Network network = entry.network();
                    LatencyEstimate estimate = LatencyEstimate.of(network, profile, form, threads);
                    double measured = measured(
                            network,
                            files.computeIfAbsent(name, _ -> ProfileMeasurement.onnx(network.forPrediction(), form)),
                            threads);
                    double error = estimate.millis() / measured - 1;
                    errors.add(Math.abs(error));
                    found.addObject()
                            .put("network", name)
                            .put("numbers", form.word())
                            .put("threads", threads)
                            .put("estimatedMillis", estimate.millis())
                            .put("measuredMillis", measured)
                            .put("error", error)
                            .put("beyond", estimate.beyond());
                    System.out.printf(
                            Locale.ROOT,
                            "%-16s %s %d  estimated %.3f ms  measured %.3f ms  %+.0f %%  beyond %.0f %%%n",
                            name,
                            form.word(),
                            threads,
                            estimate.millis(),
                            measured,
                            100 * error,
                            100 * estimate.beyond());
                }
                double most =
                        errors.stream().mapToDouble(Double::doubleValue).max().orElse(0);
                rows.add(String.format(Locale.ROOT, "%.0f %% (at most %.0f %%)", 100 * Median.of(errors), 100 * most));
            }
        }
        recordOption.finish(
                "profile",
                machine,
                Map.of("networks", String.join(",", networks), "forms", forms.toString()),
                rows,
                (ObjectNode content) -> content.put("profileSeconds", seconds)
                        .put("profileLoad", profile.load())
                        .set("measured", found));
        return 0;
    }

    private static double measured(Network network, byte[] onnx, int threads) {
        try (NetworkClock clock = new NetworkClock(onnx, network.input(), "logits", threads)) {
            for (int i = 0; i < LEAST_RUNS; i++) clock.nanos();
            Durations durations = new Durations();
            long start = System.nanoTime();
            while (durations.count() < LEAST_RUNS || System.nanoTime() - start < LONG_ENOUGH)
                durations.add(clock.nanos());
            return durations.medianMillis();
        }
    }
}
