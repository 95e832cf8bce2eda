package io.fovea.choice;

import io.fovea.dataset.Dataset;
import io.fovea.learning.Learning;
import io.fovea.network.Catalogue;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkYaml;
import io.fovea.network.Shape;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds the network that a user names: a file, or a name of the catalogue. */
public final class NetworkSource {

    private NetworkSource() {}

    public static boolean isFile(String network) {
        String lower = network.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || network.contains("/");
    }

    /**
     * Returns a file's network as it is, one of the catalogue made for a dataset's pictures and task.
     *
     * @throws Problem if the catalogue's answers otherwise than the dataset asks
     */
    public static Network find(String network, Shape input, Dataset dataset) {
        if (isFile(network)) return NetworkYaml.read(Path.of(network));
        int outputs = Learning.of(dataset.task()).outputs(dataset);
        // whether it can answer at all comes before whether these pictures fit it
        Network usual = Catalogue.network(network, Catalogue.entry(network).defaultInput(), outputs);
        List<Integer> shape =
                Arrays.stream(Inference.of(usual).output().sizes()).boxed().toList();
        dataset.task().misfit(shape).ifPresent(why -> {
            throw new Problem(
                    why,
                    "network \"" + network + "\", dataset \"" + dataset.name() + "\" for "
                            + dataset.task().word(),
                    "choose a network that ends with " + dataset.task().ending()
                            + "; \"fovea network list\" shows what each gives");
        });
        return Catalogue.network(network, input, outputs);
    }
}
