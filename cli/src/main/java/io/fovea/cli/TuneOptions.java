package io.fovea.cli;

import io.fovea.choice.OptimizerName;
import io.fovea.choice.ScheduleName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What is tried: a value, several with commas between, or LOW..HIGH for random search. */
final class TuneOptions {

    @Option(
            names = "--optimizer",
            paramLabel = "LIST",
            split = ",",
            description = "Such as momentum,adam; each with its usual rate unless rates are given.")
    private List<OptimizerName> optimizers = List.of();

    @Option(
            names = "--learning-rate",
            paramLabel = "LIST",
            description = "Such as 0.1,0.01,0.001 or, at random, 0.0001..0.1.")
    private String learningRates;

    @Option(names = "--batch-size", paramLabel = "LIST", split = ",", description = "Such as 32,64.")
    private List<Integer> batchSizes = List.of();

    @Option(names = "--schedule", paramLabel = "LIST", split = ",", description = "Such as cosine,one_cycle.")
    private List<ScheduleName> schedules = List.of();

    @Option(names = "--l2", paramLabel = "LIST", description = "Such as 0,0.0005 or, at random, 0.00001..0.01.")
    private String l2;

    @Option(names = "--label-smoothing", paramLabel = "LIST", description = "Such as 0,0.1.")
    private String smoothings;

    /** Returns what is tried, by the names of settings; an {@link IllegalArgumentException} tells of nothing. */
    Map<String, Object> tried() {
        Map<String, Object> tried = new LinkedHashMap<>();
        put("optimizer", optimizers, tried);
        if (learningRates != null) tried.put("learning_rate", learningRates);
        put("batch_size", batchSizes, tried);
        put("schedule", schedules, tried);
        if (l2 != null) tried.put("l2", l2);
        if (smoothings != null) tried.put("label_smoothing", smoothings);
        if (tried.isEmpty())
            throw new IllegalArgumentException("nothing to try: give --learning-rate LIST or the like");
        return tried;
    }

    private static void put(String name, List<?> values, Map<String, Object> tried) {
        if (values.isEmpty()) return;
        tried.put(
                name,
                values.stream()
                        .map(value -> value.toString().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(",")));
    }
}
