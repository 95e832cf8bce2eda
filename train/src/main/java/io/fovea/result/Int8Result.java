package io.fovea.result;

import io.fovea.bundle.Int8Origin;
import io.fovea.evaluation.PairedComparison;
import io.fovea.evaluation.ReportPart;
import io.fovea.evaluation.Verdict;
import io.fovea.export.BundleComparison;
import io.fovea.task.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model in whole numbers beside the one that it was made of.
 *
 * @param original   the model file before
 * @param model      the model file in whole numbers
 * @param data       the dataset
 * @param pictures   of its training part, that showed which values occur
 * @param judged     both on its test part
 * @param agreement  how often both answer with the same class; 1 where answers are no classes
 * @param difference of their answers, as {@link io.fovea.quantize.OutputDifference} has it
 * @param bytes      of the files
 * @param speeds     medians, one thread first
 * @param origin     what stands in the model file
 * @param rules      by which rule each range was found
 * @param layers     how many layers have weights
 * @param tolerance  of its golden pictures
 * @param forgets    whether the model before told unfamiliar pictures, which this one does not
 */
public record Int8Result(
        Path original,
        Path model,
        String data,
        int pictures,
        BundleComparison judged,
        double agreement,
        double difference,
        Bytes bytes,
        List<Speed> speeds,
        Int8Origin origin,
        Map<String, String> rules,
        int layers,
        double tolerance,
        boolean forgets)
        implements JobResult {

    /** Sizes of both files in bytes. */
    public record Bytes(long before, long after) {}

    /**
     * How long a prepared picture takes.
     *
     * @param threads that compute it
     * @param before  milliseconds by the model in floats
     * @param after   milliseconds by that in whole numbers
     */
    public record Speed(int threads, double before, double after) {

        /** Returns how many times as fast the model in whole numbers is. */
        public double gain() {
            return before / after;
        }
    }

    /** Copies. */
    public Int8Result {
        speeds = List.copyOf(speeds);
        rules = new LinkedHashMap<>(rules);
    }

    /** Returns what a person should know. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!origin.floatLayers().isEmpty())
            remarks.add(origin.floatLayers().size() + " of " + layers + " layers stayed in floats, as they cost most: "
                    + String.join(", ", origin.floatLayers()));
        if (origin.weightBits() == 8)
            remarks.add(
                    "its weights have 8 bits: processors without VNNI or ARM's dot products would cut sums off; leave"
                            + " --processor out for a file that goes anywhere");
        if (forgets) remarks.add("the model before told pictures unlike those that it learned from; this one does not");
        return remarks;
    }

    List<ReportPart> report() {
        Verdict before = judged.first();
        Verdict after = judged.second();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < before.measures().size(); i++) {
            Measure first = before.measures().get(i);
            Measure second = after.measures().get(i);
            rows.add(List.of(
                    first.name(),
                    MeasureWords.withInterval(first),
                    MeasureWords.withInterval(second),
                    change(i, first, second)));
        }
        rows.add(List.of(
                "size",
                megabytes(bytes.before()),
                megabytes(bytes.after()),
                String.format(Locale.ROOT, "/ %.2f", (double) bytes.before() / bytes.after())));
        for (Speed speed : speeds)
            rows.add(List.of(
                    "a picture, " + (speed.threads() == 1 ? "one thread" : speed.threads() + " threads"),
                    String.format(Locale.ROOT, "%.2f ms", speed.before()),
                    String.format(Locale.ROOT, "%.2f ms", speed.after()),
                    String.format(Locale.ROOT, "%.2f times as fast", speed.gain())));
        List<ReportPart> parts = new ArrayList<>();
        parts.add(new ReportPart.Table(List.of("", "before", "int8", "difference"), rows));
        parts.add(new ReportPart.Line(""));
        parts.add(new ReportPart.Line(answers()));
        remarks().forEach(remark -> parts.add(new ReportPart.Line("Note      " + remark + ".")));
        parts.add(new ReportPart.Line("Model     " + model));
        return parts;
    }

    /** Only the first measure, such as accuracy, is compared picture by picture. */
    private String change(int index, Measure first, Measure second) {
        String change = MeasureWords.difference(second, first.value());
        if (index > 0 || judged.paired().isEmpty()) return change;
        Measure.Interval interval = judged.paired().get().interval();
        return String.format(Locale.ROOT, "%s (%+.2f to %+.2f)", change, 100 * interval.low(), 100 * interval.high());
    }

    private String answers() {
        if (judged.paired().isEmpty())
            return String.format(Locale.ROOT, "Answers   differ by a mean of %.5f", difference);
        PairedComparison paired = judged.paired().get();
        return String.format(
                Locale.ROOT,
                "Answers   the same class for %.2f %% of %,d test pictures; mean divergence %.5f nats; right before"
                        + " only %,d, now only %,d",
                100 * agreement,
                judged.first().count(),
                difference,
                paired.onlyFirst(),
                paired.onlySecond());
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("original", original.toString());
        json.put("bundle", model.toString());
        json.put("data", data);
        json.put("precision", "int8");
        json.put("calibrationPictures", pictures);
        json.put("testPictures", judged.first().count());
        json.put("before", judged.first().measures());
        json.put("after", judged.second().measures());
        judged.paired().ifPresent(paired -> {
            json.put("difference", paired.gain());
            json.put(
                    "differenceInterval",
                    List.of(paired.interval().low(), paired.interval().high()));
            json.put("rightBeforeOnly", paired.onlyFirst());
            json.put("rightNowOnly", paired.onlySecond());
            json.put("agreement", agreement);
        });
        json.put("meanDifference", difference);
        json.put("bytesBefore", bytes.before());
        json.put("bytes", bytes.after());
        List<Map<String, Object>> latencies = new ArrayList<>();
        for (Speed speed : speeds) {
            Map<String, Object> latency = new LinkedHashMap<>();
            latency.put("threads", speed.threads());
            latency.put("millisBefore", speed.before());
            latency.put("millis", speed.after());
            latency.put("speedUp", speed.gain());
            latencies.add(latency);
        }
        json.put("latencies", latencies);
        json.put("weightBits", origin.weightBits());
        json.put("floatLayers", origin.floatLayers());
        json.put("layers", layers);
        json.put("ranges", rules);
        json.put("tolerance", tolerance);
        json.put("processor", origin.processor());
        json.put("remarks", remarks());
        return json;
    }
}
