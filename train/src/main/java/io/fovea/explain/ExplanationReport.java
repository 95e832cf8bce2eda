package io.fovea.explain;

import io.fovea.evaluation.ReportPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An explanation in words and tables for people. */
public final class ExplanationReport {

    /** Of a sum over many channels those that count most are told. */
    private static final int MOST_CHANNELS = 8;

    private ExplanationReport() {}

    /** Returns its parts in their order. */
    public static List<ReportPart> of(Explanation explanation) {
        List<ReportPart> parts = new ArrayList<>();
        line(parts, explanation.picture() + ": " + explanation.words());
        line(parts, "");
        parts.add(layers(explanation.layers()));
        explanation.gradCam().ifPresent(heat -> heat(parts, "Grad-CAM", heat));
        explanation.occlusion().ifPresent(heat -> heat(parts, "Occlusion", heat));
        explanation.arithmetic().ifPresent(arithmetic -> arithmetic(parts, arithmetic));
        return List.copyOf(parts);
    }

    /** Returns a sentence about layers of which not everything is drawn; empty if there are none. */
    public static Optional<String> undrawn(Explanation explanation) {
        List<Sheet> cut = explanation.layers().stream()
                .map(LayerActivation::sheet)
                .filter(sheet -> sheet.shown() < sheet.of())
                .toList();
        if (cut.isEmpty()) return Optional.empty();
        int shown = cut.stream().mapToInt(Sheet::shown).min().orElseThrow();
        int most = cut.stream().mapToInt(Sheet::of).max().orElseThrow();
        return Optional.of("Of " + cut.size() + (cut.size() == 1 ? " layer" : " layers") + " only the first " + shown
                + " maps or more are drawn, of up to " + most + "; --maps draws more.");
    }

    private static void line(List<ReportPart> parts, String words) {
        parts.add(new ReportPart.Line(words));
    }

    private static ReportPart layers(List<LayerActivation> layers) {
        List<List<String>> rows = new ArrayList<>();
        for (LayerActivation layer : layers) {
            Statistics statistics = layer.statistics();
            rows.add(List.of(
                    layer.layer(),
                    layer.kind(),
                    layer.shape().toString(),
                    number(statistics.mean()),
                    number(statistics.standardDeviation()),
                    number(statistics.minimum()),
                    number(statistics.maximum()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * statistics.zeroShare())));
        }
        return new ReportPart.Table(List.of("layer", "kind", "gives", "mean", "std", "min", "max", "zeros"), rows);
    }

    private static void heat(List<ReportPart> parts, String method, Heatmap heat) {
        int strongest = heat.strongest();
        String where = heat.windows()
                .map(windows -> "the square of " + windows.size() + " pixels at ("
                        + windows.lefts().get(strongest % heat.width()) + ", "
                        + windows.tops().get(strongest / heat.width()) + "), which takes "
                        + number(heat.values()[strongest]) + " of it")
                .orElseGet(() -> "column " + strongest % heat.width() + " of " + heat.width() + ", row "
                        + strongest / heat.width() + " of " + heat.height());
        line(parts, "");
        line(
                parts,
                method + " for \"" + heat.name() + "\" (" + heat.meaning() + " " + number(heat.score()) + ")"
                        + heat.layer().map(layer -> ", layer " + layer).orElse("") + ": most at " + where + ".");
    }

    private static void arithmetic(List<ReportPart> parts, ValueArithmetic arithmetic) {
        line(parts, "");
        switch (arithmetic) {
            case ConvolutionArithmetic convolution -> convolution(parts, convolution);
            case DenseArithmetic dense -> dense(parts, dense);
            case PoolingArithmetic pooling -> pooling(parts, pooling);
            case FormulaArithmetic formula -> formula(parts, formula);
        }
    }

    private static void convolution(List<ReportPart> parts, ConvolutionArithmetic arithmetic) {
        line(
                parts,
                place(arithmetic) + ", from " + arithmetic.reads() + " at column " + arithmetic.left() + ", row "
                        + arithmetic.top() + ":");
        List<ConvolutionArithmetic.Channel> channels = arithmetic.channels().stream()
                .sorted((a, b) -> Double.compare(Math.abs(b.sum()), Math.abs(a.sum())))
                .limit(MOST_CHANNELS)
                .toList();
        if (arithmetic.channels().size() == 1) parts.add(window(channels.getFirst()));
        List<List<String>> rows = new ArrayList<>();
        for (ConvolutionArithmetic.Channel channel : channels)
            rows.add(List.of("channel " + channel.channel(), "patch · kernel", number(channel.sum())));
        int rest = arithmetic.channels().size() - channels.size();
        if (rest > 0) {
            double told = channels.stream()
                    .mapToDouble(ConvolutionArithmetic.Channel::sum)
                    .sum();
            rows.add(List.of(
                    rest + " more channels", "patch · kernel", number(arithmetic.sum() - arithmetic.bias() - told)));
        }
        rows.add(List.of("bias", "", number(arithmetic.bias())));
        rows.add(List.of(arithmetic.layer(), "sum", number(arithmetic.sum())));
        steps(parts, rows, arithmetic.steps(), arithmetic.given());
    }

    private static void dense(List<ReportPart> parts, DenseArithmetic arithmetic) {
        line(parts, place(arithmetic) + ", from " + arithmetic.features() + " features of " + arithmetic.reads() + ":");
        List<List<String>> rows = new ArrayList<>();
        double told = 0;
        for (DenseArithmetic.Term term :
                arithmetic.terms().stream().limit(MOST_CHANNELS).toList()) {
            rows.add(List.of(
                    "feature " + term.feature(),
                    number(term.value()) + " · " + number(term.weight()),
                    number(term.product())));
            told += term.product();
        }
        int rest = arithmetic.features() - rows.size();
        if (rest > 0)
            rows.add(List.of(
                    rest + " more features", "value · weight", number(arithmetic.sum() - arithmetic.bias() - told)));
        rows.add(List.of("bias", "", number(arithmetic.bias())));
        rows.add(List.of(arithmetic.layer(), "sum", number(arithmetic.sum())));
        steps(parts, rows, arithmetic.steps(), arithmetic.given());
    }

    private static void pooling(List<ReportPart> parts, PoolingArithmetic arithmetic) {
        int rows = arithmetic.window().length;
        int columns = arithmetic.window()[0].length;
        String what = arithmetic.divisor() == 0
                ? "the largest value, at column " + (arithmetic.left() + arithmetic.column()) + ", row "
                        + (arithmetic.top() + arithmetic.row())
                : "the mean, a sum divided by " + arithmetic.divisor();
        line(
                parts,
                place(arithmetic) + ", from " + rows + "x" + columns + " values of " + arithmetic.reads()
                        + " at column " + arithmetic.left() + ", row " + arithmetic.top() + ": " + what + ", "
                        + number(arithmetic.result()) + ".");
        line(parts, "The network gives " + number(arithmetic.given()) + " there.");
    }

    private static void formula(List<ReportPart> parts, FormulaArithmetic arithmetic) {
        line(parts, place(arithmetic) + ":");
        List<List<String>> rows = new ArrayList<>();
        for (FormulaArithmetic.Term term : arithmetic.terms())
            rows.add(List.of(
                    term.layer(),
                    "channel " + term.channel() + ", column " + term.x() + ", row " + term.y(),
                    number(term.value())));
        rows.add(List.of(arithmetic.layer(), arithmetic.formula(), number(arithmetic.result())));
        steps(parts, rows, List.of(), arithmetic.given());
    }

    private static void steps(
            List<ReportPart> parts, List<List<String>> rows, List<ArithmeticStep> steps, double given) {
        for (ArithmeticStep step : steps) rows.add(List.of(step.layer(), step.formula(), number(step.result())));
        parts.add(new ReportPart.Table(List.of("what", "how", "value"), rows));
        double last = steps.isEmpty() ? given : steps.getLast().given();
        line(parts, "The network gives " + number(last) + " there.");
    }

    private static String place(ValueArithmetic arithmetic) {
        return "Value of " + arithmetic.layer() + ", channel " + arithmetic.channel() + ", column " + arithmetic.x()
                + ", row " + arithmetic.y();
    }

    /** A kernel of one channel is shown value by value. */
    private static ReportPart window(ConvolutionArithmetic.Channel channel) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < channel.patch().length; row++) {
            List<String> products = new ArrayList<>();
            for (int column = 0; column < channel.patch()[row].length; column++)
                products.add(String.format(
                        Locale.ROOT, "%.3f·%.3f", channel.patch()[row][column], channel.kernel()[row][column]));
            rows.add(List.of("row " + row, String.join("  ", products)));
        }
        return new ReportPart.Table(List.of("patch", "value · weight"), rows);
    }

    private static String number(double value) {
        double size = Math.abs(value);
        String words = size != 0 && (size < 1e-3 || size >= 1e5)
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, "%.4f", value);
        return words;
    }
}
