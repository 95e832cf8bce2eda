package io.fovea.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Familiarity;
import io.fovea.machine.Machine;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Regression;
import io.fovea.predict.Regressor;
import io.fovea.predict.Unfamiliarity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Models are shown sets that have no class in common with what they learned: how many pictures they call unlike it. */
@Command(
        name = "unknown",
        description =
                "Thirteen models and sets that they know nothing of: how many pictures are told, and false alarms.")
final class UnknownBenchmark implements Callable<Integer> {

    @Option(
            names = "--pictures",
            defaultValue = "200",
            description = "Of each set, at most (default: ${DEFAULT-VALUE}).")
    private int pictures;

    @Option(names = "--models", split = ",", description = "Only these (default: all).")
    private List<String> only = List.of();

    @Option(
            names = "--workspace",
            description = "Keep datasets and models there, and make only those that are missing (default: a new one).")
    private Optional<Path> kept = Optional.empty();

    @Mixin
    private RecordOption recordOption;

    /** What a model said of the sets. */
    private record Told(
            UnknownModel model, Familiarity familiarity, long networkBytes, Map<UnknownSet, Double> shares) {

        double mean(boolean made) {
            return shares.entrySet().stream()
                    .filter(share -> UnknownSet.MADE.contains(share.getKey()) == made)
                    .mapToDouble(Map.Entry::getValue)
                    .average()
                    .orElse(Double.NaN);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.current();
        FoveaCommand.build();
        Path workspace = kept.isPresent() ? kept.get().toAbsolutePath() : Files.createTempDirectory("fovea-benchmark-");
        Path scratch = Files.createTempDirectory("fovea-benchmark-");
        try {
            UnknownData data = new UnknownData(workspace);
            Map<UnknownSet, List<Path>> sets = new EnumMap<>(UnknownSet.class);
            List<Told> all = new ArrayList<>();
            for (UnknownModel model : UnknownModel.all()) {
                if (!only.isEmpty() && !only.contains(model.name())) continue;
                data.provide(model);
                for (UnknownSet set : sets(model)) {
                    if (!sets.containsKey(set)) sets.put(set, set.pictures(pictures, scratch));
                }
                Told told = told(model, file(workspace, model), sets);
                all.add(told);
                System.err.println(model.name() + ": " + words(told));
            }
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("pictures", pictures);
            settings.put("models", all.stream().map(told -> told.model().name()).toList());
            recordOption.finish("unknown", machine, settings, row(all), content -> describe(content, all));
            return all.isEmpty() ? 1 : 0;
        } finally {
            Folder.delete(scratch);
            if (kept.isEmpty()) Folder.delete(workspace);
        }
    }

    private static List<UnknownSet> sets(UnknownModel model) {
        return Stream.concat(model.unlike().stream(), UnknownSet.MADE.stream()).toList();
    }

    private static Path file(Path workspace, UnknownModel model) throws IOException {
        try (Stream<Path> files = Files.walk(workspace.resolve("models").resolve(model.name()))) {
            return files.filter(file -> file.toString().endsWith(".fovea"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static Told told(UnknownModel model, Path file, Map<UnknownSet, List<Path>> sets) {
        Bundle bundle = Bundle.open(file);
        Map<UnknownSet, Double> shares = new EnumMap<>(UnknownSet.class);
        for (UnknownSet set : sets(model)) {
            List<Optional<Unfamiliarity>> answers = answers(bundle, sets.get(set));
            long unlike = answers.stream()
                    .filter(answer -> !answer.orElseThrow().familiar())
                    .count();
            shares.put(set, (double) unlike / answers.size());
        }
        Familiarity familiarity = bundle.manifest().familiarity().orElseThrow();
        return new Told(model, familiarity, bundle.onnx().length, shares);
    }

    private static List<Optional<Unfamiliarity>> answers(Bundle bundle, List<Path> pictures) {
        PredictionOptions options =
                PredictionOptions.DEFAULT.withThreads(Runtime.getRuntime().availableProcessors());
        if (bundle.manifest().task() instanceof io.fovea.task.Regression) {
            try (Regressor regressor = Regressor.of(bundle, options)) {
                return regressor.predictAll(pictures).stream()
                        .map(Regression::unfamiliarity)
                        .toList();
            }
        }
        try (Classifier classifier = Classifier.of(bundle, options)) {
            return classifier.classifyAll(pictures).stream()
                    .map(Prediction::unfamiliarity)
                    .toList();
        }
    }

    private static String words(Told told) {
        StringBuilder words = new StringBuilder();
        told.shares().forEach((set, share) -> words.append(set.word())
                .append(' ')
                .append(percent(share))
                .append(", "));
        return words + "false alarms "
                + percent(told.familiarity().falseAlarms().measure().value());
    }

    private static List<String> row(List<Told> all) {
        List<Map.Entry<String, Double>> pairs = new ArrayList<>();
        for (Told told : all) {
            told.shares().forEach((set, share) -> {
                if (!UnknownSet.MADE.contains(set))
                    pairs.add(Map.entry(told.model().name() + " and " + set.word(), share));
            });
        }
        double mean = pairs.stream().mapToDouble(Map.Entry::getValue).average().orElse(Double.NaN);
        String worst = pairs.stream()
                .min(Map.Entry.comparingByValue())
                .map(pair -> percent(pair.getValue()) + ", " + pair.getKey())
                .orElse("–");
        double made =
                all.stream().mapToDouble(told -> told.mean(true)).average().orElse(Double.NaN);
        double alarms = all.stream()
                .mapToDouble(told -> told.familiarity().falseAlarms().measure().value())
                .average()
                .orElse(Double.NaN);
        return List.of(
                Integer.toString(all.size()),
                Integer.toString(pairs.size()),
                "**" + percent(mean) + "**",
                worst,
                percent(made),
                percent(alarms));
    }

    private static void describe(ObjectNode content, List<Told> all) {
        ArrayNode models = content.putArray("models");
        for (Told told : all) {
            ObjectNode node = models.addObject();
            node.put("name", told.model().name());
            node.put("command", "fovea " + String.join(" ", told.model().command()));
            node.put("measureChosenOnIt", told.model().choice() == UnknownModel.Choice.CHOSEN_ON);
            node.put("networkBytes", told.networkBytes());
            node.put("heldOut", told.familiarity().heldOut());
            node.put("thresholdBy", told.familiarity().choice().name().toLowerCase(Locale.ROOT));
            node.put("falseAlarms", told.familiarity().falseAlarms().measure().value());
            node.put("testPictures", told.familiarity().falseAlarms().count());
            ObjectNode unlike = node.putObject("calledUnlike");
            told.shares().forEach((set, share) -> unlike.put(set.word(), share));
            node.put("meanOfSets", told.mean(false));
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
