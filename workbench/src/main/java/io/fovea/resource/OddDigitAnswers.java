package io.fovea.resource;

import io.fovea.codec.PngWriter;
import io.fovea.collection.OddDigits;
import io.fovea.collection.OddDigits.OddDigit;
import io.fovea.image.Pixels;
import io.fovea.image.Resize;
import io.fovea.image.ResizeMode;
import io.fovea.problem.Problem;
import io.fovea.task.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The course's odd digits, and what models say of them; drawn when they are first asked for. Threads may share it. */
public final class OddDigitAnswers {

    /** Height and width of a picture on the sheet. */
    static final int SIDE = 64;

    private static final class Drawn {
        static final List<OddDigit> LIST = OddDigits.list();
        static final List<byte[]> FILES =
                LIST.stream().map(odd -> PngWriter.bytes(odd.picture())).toList();
        static final byte[] SHEET = PngWriter.bytes(sheet(LIST));
    }

    /** Returns the list: every picture's name, digit and style. */
    public Map<String, Object> list() {
        return Map.of(
                "columns",
                OddDigits.PER_DIGIT,
                "side",
                SIDE,
                "digits",
                Drawn.LIST.stream()
                        .map(odd -> Map.of("name", odd.name(), "digit", odd.digit(), "style", odd.style()))
                        .toList());
    }

    /** Returns all pictures as one PNG, a row for each digit, each {@value #SIDE} by {@value #SIDE}. */
    public byte[] sheet() {
        return Drawn.SHEET;
    }

    private static Pixels sheet(List<OddDigit> list) {
        int columns = OddDigits.PER_DIGIT;
        int stride = columns * SIDE * 3;
        byte[] values = new byte[list.size() / columns * SIDE * stride];
        for (int i = 0; i < list.size(); i++) {
            byte[] small = Resize.to(list.get(i).picture(), SIDE, SIDE, ResizeMode.SQUASH)
                    .values();
            int corner = i / columns * SIDE * stride + i % columns * SIDE * 3;
            for (int y = 0; y < SIDE; y++) System.arraycopy(small, y * SIDE * 3, values, corner + y * stride, SIDE * 3);
        }
        return new Pixels(list.size() / columns * SIDE, columns * SIDE, 3, values);
    }

    /**
     * Returns one picture as PNG, in its own size.
     *
     * @throws Problem if there is none of this name
     */
    public byte[] picture(String name) {
        List<String> names = Drawn.LIST.stream().map(OddDigit::name).toList();
        int index = names.indexOf(name);
        if (index < 0)
            throw new Problem("There is no odd digit \"" + name + "\".", "odd digits", "see /api/course/odd-digits");
        return Drawn.FILES.get(index);
    }

    /**
     * Returns what a model says of all pictures, in their order, and how many it has right.
     *
     * @param ask tells what the model says of a picture's file, as {@code /api/models/{name}/predict} does
     * @throws Problem if the model does not answer with classes
     */
    public Map<String, Object> answers(String model, Function<byte[], Map<String, Object>> ask) {
        List<Map<String, Object>> answers = new ArrayList<>();
        int right = 0;
        for (int i = 0; i < Drawn.LIST.size(); i++) {
            Map<?, ?> best = best(model, ask.apply(Drawn.FILES.get(i)));
            boolean isRight =
                    best.get("name").equals(Integer.toString(Drawn.LIST.get(i).digit()));
            if (isRight) right++;
            answers.add(Map.of("said", best.get("name"), "probability", best.get("probability"), "right", isRight));
        }
        Proportion accuracy = new Proportion(right, Drawn.LIST.size());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model);
        json.put("right", right);
        json.put("count", Drawn.LIST.size());
        json.put("accuracy", accuracy.value());
        json.put("low", accuracy.low());
        json.put("high", accuracy.high());
        json.put("answers", answers);
        return json;
    }

    private static Map<?, ?> best(String model, Map<String, Object> said) {
        if (said.get("answer") instanceof Map<?, ?> answer
                && answer.get("top") instanceof List<?> top
                && top.getFirst() instanceof Map<?, ?> best) return best;
        throw new Problem("The model does not tell classes apart.", "model \"" + model + "\"", "choose one that does");
    }
}
