package io.fovea.evaluation;

import io.fovea.codec.PngWriter;
import io.fovea.evaluation.KeptPanels.Panel;
import io.fovea.image.Pixels;
import io.fovea.problem.Problem;
import io.fovea.task.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Everything that is said about a reconstruction on one split. Immutable; threads may share it.
 *
 * <p>Formula: PSNR = 10 · log₁₀(1 / m), with m the mean squared difference of values 0 … 1 over a picture's pixels and channels. What came back is
 * cut off and rounded to 8 bits, as it is shown. Equal pictures count as {@value #EQUAL} dB.
 *
 * @param pictures every picture, in the order of the split
 * @param examples [3 rows of panels] some pictures as they were shown, as they came back, as they are
 * @param hardest  the pictures that came least near, the farthest first
 */
public record ReconstructionEvaluation(
        List<JudgedReconstruction> pictures, Pixels examples, List<RestoredPicture> hardest) implements Verdict {

    private static final double EQUAL = 100;
    private static final int EXAMPLES = 12;
    private static final int GAP = 2;

    /** Copies the lists. */
    public ReconstructionEvaluation {
        pictures = List.copyOf(pictures);
        hardest = List.copyOf(hardest);
    }

    /** Returns the ratio that belongs to a mean squared difference. */
    public static double decibel(double meanSquare) {
        return meanSquare <= 0 ? EQUAL : Math.min(EQUAL, -10 * Math.log10(meanSquare));
    }

    /** Judges pictures one after the other, and keeps a few of them. For one thread. */
    public static final class Builder {

        private static final Comparator<RestoredPicture> HARDEST_LAST = Comparator.comparingDouble(
                        (RestoredPicture each) -> -each.judged().after())
                .thenComparingInt(each -> -each.judged().position());

        private final int height;
        private final int width;
        private final int channels;
        private final int every;
        private final List<JudgedReconstruction> pictures = new ArrayList<>();
        private final List<byte[]> panels = new ArrayList<>(); // shown, back, clean; [H, W, C] each
        private final PriorityQueue<RestoredPicture> hardest = new PriorityQueue<>(HARDEST_LAST);

        /** @param count how many pictures will come */
        public Builder(int height, int width, int channels, int count) {
            this.height = height;
            this.width = width;
            this.channels = channels;
            this.every = Math.max(1, count / EXAMPLES);
        }

        /**
         * Judges the next picture.
         *
         * @param shown   [H, W, C] as the network saw it
         * @param clean   [H, W, C] as it is
         * @param outputs holds the network's [C, H, W] from {@code offset} on, 0 … 1
         * @throws Problem if an output is NaN or infinite, as after a run that diverged
         */
        public void add(byte[] shown, byte[] clean, float[] outputs, int offset, String source) {
            byte[] back = rounded(outputs, offset, source);
            JudgedReconstruction judged = new JudgedReconstruction(
                    pictures.size(), source, decibel(meanSquare(shown, clean)), decibel(meanSquare(back, clean)));
            if (pictures.size() % every == 0 && panels.size() < 3 * EXAMPLES) {
                panels.add(shown);
                panels.add(back);
                panels.add(clean);
            }
            pictures.add(judged);
            hardest.add(new RestoredPicture(judged, pixels(shown), pixels(back), pixels(clean)));
            if (hardest.size() > KeptPanels.MOST) hardest.poll();
        }

        private Pixels pixels(byte[] values) {
            return new Pixels(height, width, channels, values);
        }

        private byte[] rounded(float[] outputs, int offset, String source) {
            int area = height * width;
            byte[] back = new byte[area * channels];
            for (int c = 0; c < channels; c++) {
                for (int i = 0; i < area; i++) {
                    float value = outputs[offset + c * area + i];
                    if (!Float.isFinite(value)) {
                        throw new Problem(
                                "The network gives " + value + " for a pixel",
                                "picture " + source,
                                "the training has diverged: train again with a lower learning rate, or use an earlier"
                                        + " checkpoint");
                    }
                    back[i * channels + c] = (byte) Math.round(255 * Math.clamp(value, 0f, 1f));
                }
            }
            return back;
        }

        private static double meanSquare(byte[] one, byte[] other) {
            long sum = 0;
            for (int i = 0; i < one.length; i++) {
                int difference = (one[i] & 0xff) - (other[i] & 0xff);
                sum += difference * difference;
            }
            return sum / (255.0 * 255.0 * one.length);
        }

        /** Returns how many pictures were judged. */
        public int count() {
            return pictures.size();
        }

        /** Returns the evaluation of all pictures. */
        public ReconstructionEvaluation evaluation() {
            if (pictures.isEmpty()) throw new IllegalStateException("There is no picture to judge");
            return new ReconstructionEvaluation(
                    pictures,
                    sheet(),
                    hardest.stream().sorted(HARDEST_LAST.reversed()).toList());
        }

        /** Three rows: as shown, as it came back, as it is. */
        private Pixels sheet() {
            int columns = panels.size() / 3;
            int sheetHeight = 3 * (height + GAP) - GAP;
            int sheetWidth = columns * (width + GAP) - GAP;
            byte[] values = new byte[sheetHeight * sheetWidth * channels];
            Arrays.fill(values, (byte) 255);
            for (int p = 0; p < panels.size(); p++) {
                int top = p % 3 * (height + GAP);
                int left = p / 3 * (width + GAP);
                for (int y = 0; y < height; y++) {
                    System.arraycopy(
                            panels.get(p),
                            y * width * channels,
                            values,
                            ((top + y) * sheetWidth + left) * channels,
                            width * channels);
                }
            }
            return new Pixels(sheetHeight, sheetWidth, channels, values);
        }
    }

    /** Returns the mean over pictures of the ratio after the network, with its interval. */
    public Estimate after() {
        return Estimate.mean(
                pictures.stream().mapToDouble(JudgedReconstruction::after).toArray());
    }

    /** Returns the mean over pictures of the ratio as they were shown. */
    public Estimate before() {
        return Estimate.mean(
                pictures.stream().mapToDouble(JudgedReconstruction::before).toArray());
    }

    @Override
    public int count() {
        return pictures.size();
    }

    @Override
    public List<Measure> measures() {
        return List.of(measure("PSNR", after()), measure("PSNR as shown", before()));
    }

    private static Measure measure(String name, Estimate estimate) {
        return new Measure(name, estimate.value(), Optional.empty(), Measure.Unit.DECIBEL, Measure.Better.HIGHER)
                .within(estimate.low(), estimate.high());
    }

    @Override
    public String title() {
        return "PSNR";
    }

    @Override
    public String words() {
        Estimate after = after();
        Estimate before = before();
        return String.format(
                Locale.ROOT,
                "%.2f dB (95 %% interval %.2f to %.2f dB, %,d pictures), %+.2f dB against %.2f dB as shown",
                after.value(),
                after.low(),
                after.high(),
                after.count(),
                after.value() - before.value(),
                before.value());
    }

    @Override
    public Map<String, Object> figures() {
        Estimate after = after();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("psnr", after.value());
        figures.put("psnrInterval", List.of(after.low(), after.high()));
        figures.put("psnrAsShown", before().value());
        return figures;
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("pictures", count());
        details.putAll(figures());
        return details;
    }

    @Override
    public List<ReportPart> report() {
        return List.of();
    }

    @Override
    public void write(IntFunction<Pixels> drawnOn, Path folder) {
        Csv csv = new Csv();
        csv.line(Stream.of("position", "source", "psnrAsShown", "psnr"));
        for (JudgedReconstruction picture : pictures) {
            csv.line(Stream.of(
                    Integer.toString(picture.position()),
                    picture.source(),
                    Csv.number(picture.before()),
                    Csv.number(picture.after())));
        }
        EvaluationFiles.write(folder.resolve("predictions.csv"), csv.toString());
        EvaluationFiles.writeJson(folder.resolve("evaluation.json"), details());
        PngWriter.write(examples, folder.resolve("examples.png"));
        KeptPanels.clear(folder);
        for (RestoredPicture each : hardest) {
            int position = each.judged().position();
            KeptPanels.write(folder, position, Panel.PICTURE, each.shown());
            KeptPanels.write(folder, position, Panel.TRUTH, each.truth());
            KeptPanels.write(folder, position, Panel.ANSWER, each.answer());
        }
    }
}
