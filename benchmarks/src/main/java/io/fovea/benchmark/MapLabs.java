package io.fovea.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fovea.dataset.Dataset;
import io.fovea.machine.Machine;
import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The labs whose networks answer with maps, as a user types them, and what is measured on what they leave.
 *
 * @param workspace that they write to
 * @param machine   as it was before the first of them
 * @param handedOn  options of the labs
 */
record MapLabs(Path workspace, Machine machine, List<String> handedOn, RecordOption recordOption) {

    private static final String WEIGHTS = "resnet18-imagenet";
    private static final double NOISE = 0.3;

    /** Streets from scratch and on a pretrained backbone. */
    void streets() throws IOException, InterruptedException {
        if (!Files.exists(workspace.resolve("weights").resolve(WEIGHTS))) {
            Path file = Repository.data("pretrained-imagenet")
                    .resolve("pretrained-imagenet/resnet18/resnet18.f16.safetensors");
            List<String> command = List.of("network", "import", WEIGHTS, file.toString(), "--network", "resnet18");
            FoveaCommand.run(inWorkspace(command));
        }
        segmentation("camvid");
    }

    /** Cells. */
    void cells() throws InterruptedException {
        segmentation("membrane");
    }

    private void segmentation(String set) throws InterruptedException {
        Path data = Repository.data(set).resolve(set);
        ObjectNode lab = run(List.of("lab", "segmentation", "--set", set, "--data", data.toString()));
        JsonNode models = lab.path("models");
        ArrayNode exported = lab.arrayNode();
        try (Dataset pictures = dataset("lab-" + set)) {
            for (JsonNode model : models) exported.add(exported(model, pictures));
        }
        List<String> row = new ArrayList<>(List.of(set, load()));
        row.addAll(scores(models.path(0)));
        row.addAll(scores(models.path(1)));
        row.add(String.format(Locale.ROOT, "%.0f s", lab.at("/seconds/total").asDouble()));
        row.add(differences(exported));
        recordOption.finish("maps", "maps-" + set, machine, Map.of("set", set, "options", handedOn), row, content -> {
            content.set("lab", withoutPlaces(lab));
            content.set("exported", exported);
        });
    }

    private static ObjectNode exported(JsonNode model, Dataset pictures) {
        MaskDifference found = MaskDifference.of(Path.of(model.path("bundle").asText()), pictures);
        return json(found).put("network", model.path("network").asText());
    }

    private static ObjectNode json(MaskDifference found) {
        return Result.object()
                .put("pictures", found.pictures())
                .put("pixels", found.pixels())
                .put("differingPixels", found.differing())
                .put("greatestProbabilityDifference", found.greatest());
    }

    /** Returns a model's score with its interval and its seconds, or dashes where none was trained. */
    static List<String> scores(JsonNode model) {
        if (model.isMissingNode()) return List.of("–", "–");
        JsonNode ends = model.path("testMeanIntersectionOverUnionInterval");
        String interval = ends.isMissingNode()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (%.2f to %.2f)",
                        100 * ends.path(0).asDouble(),
                        100 * ends.path(1).asDouble());
        double score = 100 * model.path("testMeanIntersectionOverUnion").asDouble();
        double seconds = model.at("/seconds/training").asDouble()
                + model.at("/seconds/evaluation").asDouble();
        return List.of(
                String.format(Locale.ROOT, "**%.2f %%**%s", score, interval),
                String.format(Locale.ROOT, "%.0f s", seconds));
    }

    /** Returns the share of pixels whose class differs in the model files and the greatest difference of a probability. */
    static String differences(JsonNode exported) {
        long pixels = 0;
        long differing = 0;
        double greatest = 0;
        for (JsonNode model : exported) {
            pixels += model.path("pixels").asLong();
            differing += model.path("differingPixels").asLong();
            greatest = Math.max(
                    greatest, model.path("greatestProbabilityDifference").asDouble());
        }
        return String.format(Locale.ROOT, "%d of %,d; %.1e", differing, pixels, greatest);
    }

    /**
     * Digits and clothes with noise, and OpenCV's non-local means on the same pictures.
     *
     * @param size of the lab
     */
    void noise(String size) throws InterruptedException {
        Path data = Repository.data("mnist");
        ObjectNode lab = run(List.of("lab", "denoise", "--size", size, "--data", data.toString()));
        for (JsonNode model : lab.path("models")) {
            String name = model.path("data").asText();
            NonLocalMeans.Judged means;
            try (Dataset pictures = dataset(name)) {
                means = NonLocalMeans.judge(pictures, NOISE);
            }
            String set = name.substring(0, name.indexOf("-" + size));
            List<String> row =
                    new ArrayList<>(List.of(set, size, model.path("network").asText(), load()));
            row.addAll(noise(model, means));
            String file = "maps-noise-" + set + "-" + size + "-"
                    + model.path("network").asText();
            Map<String, Object> settings = Map.of("set", set, "size", size, "noise", NOISE, "options", handedOn);
            recordOption.finish("maps-noise", file, machine, settings, row, content -> {
                content.set("model", withoutPlaces((ObjectNode) model));
                content.set(
                        "nonLocalMeans",
                        Result.object()
                                .put("h", means.h())
                                .put("hChosenOnTrainingPictures", means.chosenOn())
                                .put("psnrAsShown", means.before())
                                .put("psnr", means.after()));
                content.put("secondsOfTheLab", lab.at("/seconds/total").asDouble());
            });
        }
    }

    /** Returns decibels as shown, by non-local means, by the network, what it gains on both, and its seconds. */
    static List<String> noise(JsonNode model, NonLocalMeans.Judged means) {
        double shown = model.path("testPsnrAsShown").asDouble();
        double after = model.path("testPsnr").asDouble();
        double seconds = model.at("/seconds/training").asDouble()
                + model.at("/seconds/evaluation").asDouble();
        return List.of(
                String.format(Locale.ROOT, "%.2f dB", shown),
                String.format(Locale.ROOT, "%.2f dB (h %.0f)", means.after(), means.h()),
                String.format(Locale.ROOT, "%.2f dB", after),
                String.format(Locale.ROOT, "**%+.2f dB**", after - shown),
                String.format(Locale.ROOT, "**%+.2f dB**", after - means.after()),
                String.format(Locale.ROOT, "%.0f s", seconds));
    }

    /** Runs a lab in the workspace; its last word is JSON. */
    private ObjectNode run(List<String> lab) throws InterruptedException {
        List<String> command = new ArrayList<>(lab);
        command.addAll(handedOn);
        command.add("--json");
        Side side = new Side(lab.get(1), "fovea", FoveaCommand.of(inWorkspace(command)), Map.of());
        System.err.println("./fovea " + String.join(" ", lab) + " ...");
        return switch (Program.run(side)) {
            case Outcome.Measured measured -> measured.figures();
            case Outcome.Failed failed ->
                throw new Problem(
                        "The lab has failed: " + failed.reason(),
                        "./fovea " + String.join(" ", lab),
                        "run it alone and see its words");
        };
    }

    private List<String> inWorkspace(List<String> command) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--workspace", workspace.toString()));
        return all;
    }

    private Dataset dataset(String name) {
        return Dataset.open(workspace.resolve("datasets").resolve(name));
    }

    private String load() {
        return String.format(Locale.ROOT, "%.1f", machine.load());
    }

    /** Returns figures without files of this machine that are gone by now. */
    private static ObjectNode withoutPlaces(ObjectNode figures) {
        ObjectNode kept = figures.deepCopy();
        for (String place : List.of("bundle", "sheet", "codes", "run")) {
            kept.findParents(place).forEach(each -> ((ObjectNode) each).remove(place));
        }
        return kept;
    }
}
