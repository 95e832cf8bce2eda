package io.fovea.serve;

import io.fovea.batching.Rejection;
import io.fovea.bundle.Manifest;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.predict.Answer;
import io.fovea.predict.Classifier;
import io.fovea.predict.Decoder;
import io.fovea.predict.Mask;
import io.fovea.predict.Neighbourhood;
import io.fovea.predict.PlacedPicture;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelCall;
import io.fovea.repository.ModelFailure;
import io.fovea.repository.ModelRepository;
import io.fovea.traffic.Asked;
import io.fovea.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pictures as they are, answered in words of the model's task: {@code curl -T cat.jpg …/predictions/pets}. */
final class PredictionRoutes {

    private static final Set<String> SETTINGS = Set.of("top", "form", "neighbours");

    /** What an answer looks like. */
    private enum Form {
        /** JSON. */
        ANSWER,
        /** JSON with the class of every pixel. */
        LABELS,
        /** The mask, or the picture that the model made, as PNG. */
        PICTURE,
        /** The mask over the picture, as PNG. */
        OVERLAY
    }

    private final Traffic traffic;
    private final ModelRepository models;
    private final Duration deadline;

    PredictionRoutes(Traffic traffic, Duration deadline) {
        this.traffic = traffic;
        this.models = traffic.models();
        this.deadline = deadline;
    }

    /** What is wanted of an answer. */
    private record Wanted(int top, Form form, boolean neighbours) {}

    void answer(Exchange exchange) {
        List<String> path = exchange.path();
        if (path.size() < 2) throw Addresses.unknown(exchange);
        Addresses.Target target = Addresses.Target.of(path.subList(1, path.size()));
        if (target.rest().size() > 1) throw Addresses.unknown(exchange);
        switch (exchange.method()) {
            case "GET" -> {
                exchange.query(Set.of());
                if (!target.rest().isEmpty()) throw Addresses.unknown(exchange);
                exchange.json(described(models.model(target.name(), target.version())));
            }
            case "POST", "PUT" -> predict(exchange, target);
            default -> throw Addresses.unknown(exchange);
        }
    }

    private static Map<String, Object> described(LoadedModel model) {
        Manifest manifest = model.manifest();
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("model", model.name());
        words.put("version", model.version());
        words.put("task", manifest.task().word());
        words.put("names", manifest.task().names());
        words.put("height", manifest.preprocessing().height());
        words.put("width", manifest.preprocessing().width());
        words.put("channels", manifest.preprocessing().channels());
        words.put("goldenPictures", manifest.golden().size());
        words.put("foveaVersion", manifest.provenance().foveaVersion());
        words.put("created", manifest.provenance().created().toString());
        return words;
    }

    private void predict(Exchange exchange, Addresses.Target target) {
        Wanted wanted = wanted(exchange);
        LoadedModel model = models.model(target.name(), target.version());
        check(model, wanted);
        Pictures pictures = Pictures.of(
                exchange,
                target.rest().isEmpty() ? "the picture" : target.rest().getFirst());
        boolean asPicture = wanted.form() == Form.PICTURE || wanted.form() == Form.OVERLAY;
        if (asPicture && pictures.all().size() > 1)
            throw new Problem(
                    "One picture answers for one picture, and here are "
                            + pictures.all().size() + ".",
                    "the body",
                    "send them one by one");
        long until = System.nanoTime() + deadline.toNanos();
        Asked whom = new Asked(target.name(), target.version(), exchange.key());
        try (ModelCall call =
                traffic.call(whom, other -> fits(other, wanted), pictures.all().size(), exchange, until)) {
            exchange.answeredBy(call.model());
            if (asPicture) picture(exchange, call, wanted, pictures.all().getFirst());
            else if (pictures.isForm()) exchange.json(several(call, wanted, pictures.all()));
            else exchange.json(one(call, wanted, pictures.all().getFirst()));
        }
    }

    private static Wanted wanted(Exchange exchange) {
        Map<String, String> query = exchange.query(SETTINGS);
        boolean wantsPng = exchange.header("Accept")
                .filter(accept -> accept.startsWith("image/png"))
                .isPresent();
        return new Wanted(
                top(query.getOrDefault("top", "5")),
                query.containsKey("form") ? form(query.get("form")) : wantsPng ? Form.PICTURE : Form.ANSWER,
                truth(query.getOrDefault("neighbours", "false")));
    }

    private static int top(String word) {
        try {
            int top = Integer.parseInt(word);
            if (top >= 1) return top;
        } catch (NumberFormatException otherwise) {
            // said below
        }
        throw new Problem("top is a whole number from 1, not \"" + word + "\".", "top", "write such as top=5");
    }

    private static Form form(String word) {
        List<String> known = Arrays.stream(Form.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        int at = known.indexOf(word);
        if (at >= 0) return Form.values()[at];
        throw new Problem("There is no form \"" + word + "\".", "form", Nearest.suggestion(word, known));
    }

    private static boolean truth(String word) {
        return switch (word) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new Problem("Expected true or false, not \"" + word + "\".", "neighbours", "write true");
        };
    }

    /** Refuses what the model cannot give before anything is read. */
    private static void check(LoadedModel model, Wanted wanted) {
        String words = "A model for " + model.manifest().task().word();
        if (!hasForm(model, wanted.form()))
            throw new Problem(
                    words + " does not answer in the form \""
                            + wanted.form().name().toLowerCase(Locale.ROOT) + "\".",
                    "model \"" + model.name() + "\"",
                    "leave the form out, and it answers as JSON");
        if (fits(model, wanted)) return;
        throw new Problem(
                "The model does not decide by neighbours, so it has none to show.",
                "model \"" + model.name() + "\"",
                "leave neighbours out, or ask a model that \"fovea shrink hybrid\" makes");
    }

    private static boolean fits(LoadedModel model, Wanted wanted) {
        boolean showsNeighbours = model.decoder() instanceof Classifier classifier && classifier.showsNeighbours();
        return hasForm(model, wanted.form()) && (showsNeighbours || !wanted.neighbours());
    }

    private static boolean hasForm(LoadedModel model, Form form) {
        Set<Decoder.Drawing> drawings = model.decoder().drawings();
        return switch (form) {
            case ANSWER -> true;
            case PICTURE -> drawings.contains(Decoder.Drawing.ANSWER);
            case LABELS, OVERLAY -> drawings.contains(Decoder.Drawing.OVERLAY);
        };
    }

    private static void picture(Exchange exchange, ModelCall call, Wanted wanted, Pictures.Picture picture) {
        Answer answer = call.answers(List.of(call.place(picture.bytes(), picture.name())))
                .getFirst();
        byte[] png = wanted.form() == Form.PICTURE
                ? answer.png().orElseThrow()
                : PngWriter.bytes(
                        answer.overlay(PictureDecoder.decode(picture.bytes(), picture.name(), ColorMode.COLOR))
                                .orElseThrow());
        exchange.reply(200, "image/png", png);
    }

    private static Map<String, Object> one(ModelCall call, Wanted wanted, Pictures.Picture picture) {
        Map<String, Object> json = head(call);
        json.putAll(answered(call, wanted, List.of(call.place(picture.bytes(), picture.name())))
                .getFirst());
        return json;
    }

    private static Map<String, Object> head(ModelCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", call.model().name());
        json.put("version", call.model().version());
        return json;
    }

    /** A picture that cannot be read is a line of its own; the others are answered for. */
    private static Map<String, Object> several(ModelCall call, Wanted wanted, List<Pictures.Picture> pictures) {
        List<PlacedPicture> placed = new ArrayList<>();
        List<Optional<Problem>> problems = new ArrayList<>();
        for (Pictures.Picture each : pictures) {
            try {
                placed.add(call.place(each.bytes(), each.name()));
                problems.add(Optional.empty());
            } catch (Problem problem) {
                problems.add(Optional.of(problem));
            }
        }
        List<Map<String, Object>> answers = placed.isEmpty() ? List.of() : answered(call, wanted, placed);
        List<Map<String, Object>> lines = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < pictures.size(); i++) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("picture", pictures.get(i).name());
            if (problems.get(i).isPresent())
                line.put("problem", problems.get(i).get().parts());
            else line.putAll(answers.get(next++));
            lines.add(line);
        }
        Map<String, Object> json = head(call);
        json.put("predictions", lines);
        return json;
    }

    /**
     * Returns the answers as fields of JSON.
     *
     * @throws Rejection if they do not come in time
     * @throws ModelFailure if the model gives none
     */
    private static List<Map<String, Object>> answered(ModelCall call, Wanted wanted, List<PlacedPicture> pictures) {
        List<Map<String, Object>> answers = new ArrayList<>();
        if (wanted.neighbours()) {
            for (Neighbourhood each : call.neighbours(pictures)) {
                Map<String, Object> json = new LinkedHashMap<>(each.prediction().json(wanted.top()));
                json.put("neighbours", each.neighbours());
                answers.add(json);
            }
            return answers;
        }
        for (Answer each : call.answers(pictures)) {
            Map<String, Object> json = new LinkedHashMap<>(each.json(wanted.top()));
            if (wanted.form() == Form.LABELS && each instanceof Mask mask) json.put("labels", rows(mask));
            answers.add(json);
        }
        return answers;
    }

    private static int[][] rows(Mask mask) {
        int[][] rows = new int[mask.height()][mask.width()];
        for (int y = 0; y < mask.height(); y++) for (int x = 0; x < mask.width(); x++) rows[y][x] = mask.label(y, x);
        return rows;
    }
}
