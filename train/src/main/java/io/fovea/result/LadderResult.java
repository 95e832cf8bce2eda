package io.fovea.result;

import io.fovea.evaluation.ReportPart;
import io.fovea.task.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A model and what can be made of it that is smaller or faster, on the same test pictures and timed in turns.
 *
 * @param data     the dataset
 * @param pictures of its test part
 * @param steps    the models that could be made, the original first
 * @param missing  those that could not, each with its reason
 * @param epochs   that models learned on for
 * @param seed     of every random choice
 * @param remarks  what a person should know of all of them
 * @param folder   of table and chart
 */
public record LadderResult(
        String data,
        int pictures,
        List<Step> steps,
        List<Missing> missing,
        int epochs,
        long seed,
        List<String> remarks,
        Path folder)
        implements JobResult {

    /**
     * A model with its time.
     *
     * @param millis the median for a prepared picture by one thread on this machine
     */
    public record Step(Rung rung, double millis) {}

    /** A model that could not be made, and why. */
    public record Missing(String name, String reason) {}

    /** Copies, and checks that there is an original. */
    public LadderResult {
        steps = List.copyOf(steps);
        missing = List.copyOf(missing);
        remarks = List.copyOf(remarks);
        if (steps.isEmpty() || steps.getFirst().rung().form() != Rung.Form.ORIGINAL)
            throw new IllegalArgumentException("A ladder begins with the original");
    }

    /**
     * Returns the model that leaves nothing to say for another: at least as good, as small and as fast, and in one of these better. The best of them, if there are
     * several; empty if there is none. Figures count as they were measured, without their intervals.
     */
    public Optional<Step> dominating(Step step) {
        return steps.stream()
                .filter(other -> dominates(other, step))
                .max(Comparator.comparingDouble(other -> goodness(other.rung().measure())));
    }

    private static boolean dominates(Step other, Step step) {
        double better = goodness(other.rung().measure()) - goodness(step.rung().measure());
        long smaller = step.rung().bytes() - other.rung().bytes();
        double faster = step.millis() - other.millis();
        return better >= 0 && smaller >= 0 && faster >= 0 && (better > 0 || smaller > 0 || faster > 0);
    }

    private static double goodness(Measure measure) {
        return measure.better() == Measure.Better.HIGHER ? measure.value() : -measure.value();
    }

    Step original() {
        return steps.getFirst();
    }

    List<ReportPart> report() {
        List<List<String>> rows = new ArrayList<>();
        for (Step step : steps) {
            Rung rung = step.rung();
            rows.add(List.of(
                    rung.name(),
                    MeasureWords.withInterval(rung.measure()),
                    difference(rung),
                    size(rung.bytes()),
                    count(rung.parameters()),
                    count(rung.macs()),
                    String.format(Locale.ROOT, "%.3f ms", step.millis()),
                    dominating(step).map(other -> other.rung().name()).orElse("")));
        }
        List<ReportPart> parts = new ArrayList<>();
        String measure = original().rung().measure().name();
        parts.add(new ReportPart.Table(
                List.of("", measure, "difference", "file", "parameters", "MACs", "a picture", "dominated by"), rows));
        parts.add(new ReportPart.Line(""));
        for (Missing each : missing) parts.add(new ReportPart.Line("Not made  " + each.name() + ": " + each.reason()));
        for (Step step : steps) {
            for (String remark : step.rung().remarks())
                parts.add(new ReportPart.Line("Note      " + step.rung().name() + ": " + remark + "."));
        }
        remarks.forEach(remark -> parts.add(new ReportPart.Line("Note      " + remark + ".")));
        for (Step step : steps.subList(1, steps.size()))
            parts.add(new ReportPart.Line("Model     " + step.rung().model()));
        parts.add(new ReportPart.Line("Table     " + folder.resolve(TABLE)));
        parts.add(new ReportPart.Line("Chart     " + folder.resolve(LadderChart.NAME + ".png")));
        return parts;
    }

    private String difference(Rung rung) {
        if (rung.form() == Rung.Form.ORIGINAL) return "";
        String change = MeasureWords.difference(
                rung.measure(), original().rung().measure().value());
        return rung.difference()
                .map(found -> String.format(
                        Locale.ROOT, "%s (%+.2f to %+.2f)", change, 100 * found.low(), 100 * found.high()))
                .orElse(change);
    }

    static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }

    private static String count(long number) {
        if (number < 10_000) return String.format(Locale.ROOT, "%,d", number);
        if (number < 1_000_000) return String.format(Locale.ROOT, "%.1f k", number / 1e3);
        if (number < 1_000_000_000) return String.format(Locale.ROOT, "%.2f M", number / 1e6);
        return String.format(Locale.ROOT, "%.2f G", number / 1e9);
    }

    /** The table in the job's folder. */
    public static final String TABLE = "ladder.csv";

    /** Returns the table as a file: a line for each model, and for each that could not be made. */
    public String csv() {
        String measure = original().rung().measure().column();
        StringBuilder csv = new StringBuilder("rung,model," + measure + "," + measure + "_low," + measure + "_high,"
                + "difference,difference_low,difference_high,bytes,network_bytes,parameters,macs,milliseconds,"
                + "dominated_by,reason\n");
        for (Step step : steps) {
            Rung rung = step.rung();
            List<Object> cells = new ArrayList<>(
                    List.of(rung.name(), rung.model(), rung.measure().value()));
            cells.add(
                    rung.measure().interval().<Object>map(Measure.Interval::low).orElse(""));
            cells.add(rung.measure()
                    .interval()
                    .<Object>map(Measure.Interval::high)
                    .orElse(""));
            cells.add(
                    rung.form() == Rung.Form.ORIGINAL
                            ? ""
                            : rung.measure().value()
                                    - original().rung().measure().value());
            cells.add(rung.difference().<Object>map(Rung.Difference::low).orElse(""));
            cells.add(rung.difference().<Object>map(Rung.Difference::high).orElse(""));
            cells.addAll(List.of(rung.bytes(), rung.networkBytes(), rung.parameters(), rung.macs(), step.millis()));
            cells.add(dominating(step).map(other -> other.rung().name()).orElse(""));
            cells.add("");
            line(csv, cells);
        }
        for (Missing each : missing) {
            List<Object> cells = new ArrayList<>(List.of(each.name()));
            for (int i = 0; i < 13; i++) cells.add("");
            cells.add(each.reason());
            line(csv, cells);
        }
        return csv.toString();
    }

    private static void line(StringBuilder csv, List<Object> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String text = String.valueOf(cells.get(i));
            boolean quoted = text.contains(",") || text.contains("\"") || text.contains("\n");
            csv.append(i == 0 ? "" : ",").append(quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
        }
        csv.append("\n");
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("original", original().rung().model().toString());
        json.put("data", data);
        json.put("testPictures", pictures);
        json.put("epochs", epochs);
        json.put("seed", seed);
        List<Map<String, Object>> rungs = new ArrayList<>();
        for (Step step : steps) {
            Map<String, Object> rung = step.rung().json();
            rung.put("millis", step.millis());
            dominating(step)
                    .ifPresent(other -> rung.put("dominatedBy", other.rung().word()));
            rungs.add(rung);
        }
        json.put("rungs", rungs);
        json.put("missing", missing);
        json.put("table", folder.resolve(TABLE).toString());
        json.put("chart", folder.resolve(LadderChart.NAME + ".svg").toString());
        json.put("remarks", remarks);
        return json;
    }
}
