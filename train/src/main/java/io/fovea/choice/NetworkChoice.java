package io.fovea.choice;

import io.fovea.dataset.Dataset;
import io.fovea.export.PretrainedModel;
import io.fovea.pretrained.ClassMatching;
import io.fovea.pretrained.Pretrained;
import io.fovea.pretrained.WeightImport;
import io.fovea.problem.Problem;
import io.fovea.task.Proportion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The network that weights are taken for where nobody names it.
 *
 * @param chosen  the weights in that network
 * @param remarks how it was found, in sentences without a full stop
 */
public record NetworkChoice(WeightImport chosen, List<String> remarks) {

    private record Judged(WeightImport weights, Proportion accuracy) {}

    /**
     * Chooses among networks that fit alike: by pictures if there are any, else the first.
     *
     * @param fitting at least one name
     * @param fitted  the weights in a network
     * @param data    the folder of a dataset of the network's classes
     */
    public static NetworkChoice of(List<String> fitting, Function<String, WeightImport> fitted, Optional<Path> data) {
        String first = fitting.getFirst();
        if (fitting.size() == 1) {
            String unneeded = data.isEmpty() ? "" : "; no pictures were needed to tell";
            return new NetworkChoice(
                    fitted.apply(first),
                    List.of("names and shapes are those of the network \"" + first + "\"" + unneeded));
        }
        if (data.isEmpty()) {
            return new NetworkChoice(
                    fitted.apply(first),
                    List.of("the weights fit " + words(fitting)
                            + " alike, which differ in padding and in what is usual for"
                            + " mean and std; \"" + first + "\" was taken, unjudged: --data DATASET judges by pictures,"
                            + " --network says which"));
        }
        List<Judged> judged = new ArrayList<>();
        try (Dataset dataset = Dataset.open(data.get())) {
            for (String name : fitting) judged.add(judged(fitted.apply(name), dataset));
            Judged best = judged.getFirst();
            for (Judged each : judged)
                if (each.accuracy().hits() > best.accuracy().hits()) best = each;
            List<String> counts = judged.stream()
                    .map(each -> "\"" + each.weights().pretrained().network() + "\" is right on "
                            + each.accuracy().hits() + " of " + each.accuracy().count())
                    .toList();
            String remark = "the weights fit " + words(fitting) + " alike; judged by the pictures of " + dataset.name()
                    + ": " + String.join(", ", counts);
            return new NetworkChoice(best.weights(), List.of(remark));
        }
    }

    private static Judged judged(WeightImport weights, Dataset dataset) {
        Pretrained pretrained = weights.pretrained();
        if (pretrained.classNames().isEmpty()) {
            throw new Problem(
                    "Pictures judge weights only where class names are known.",
                    "dataset \"" + dataset.name() + "\"",
                    "give --classes FILE, one name a line in the order of the labels, or leave --data out");
        }
        int[] labels = ClassMatching.labels(dataset.classNames(), pretrained.classNames())
                .orElseThrow(() -> new Problem(
                        "The network does not know every class of the dataset by its name.",
                        "dataset \"" + dataset.name() + "\"",
                        "leave --data out, or name a dataset whose classes are named as the network's"));
        int threads = Runtime.getRuntime().availableProcessors();
        PretrainedModel model = new PretrainedModel(pretrained, pretrained.classNames());
        return new Judged(
                weights, model.judge(dataset, labels, threads).evaluation().accuracy());
    }

    private static String words(List<String> names) {
        return String.join(
                " and ", names.stream().map(name -> "\"" + name + "\"").toList());
    }
}
