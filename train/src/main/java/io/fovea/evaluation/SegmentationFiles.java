package io.fovea.evaluation;

import io.fovea.codec.PngWriter;
import io.fovea.evaluation.KeptPanels.Panel;
import io.fovea.image.Palette;
import io.fovea.image.Pixels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A segmentation's evaluation as JSON, CSV and pictures. */
final class SegmentationFiles {

    /** Pixels between two panels of a sheet. */
    private static final int GAP = 4;

    /** On the sheet; more would not be looked at on one page. */
    private static final int ROWS = 8;

    private SegmentationFiles() {}

    static void write(SegmentationEvaluation evaluation, IntFunction<Pixels> pictures, Path folder) {
        EvaluationFiles.write(
                folder.resolve("confusion.csv"), confusion(evaluation).toString());
        EvaluationFiles.write(
                folder.resolve("per-class.csv"), perClass(evaluation).toString());
        EvaluationFiles.write(
                folder.resolve("predictions.csv"), predictions(evaluation).toString());
        EvaluationFiles.writeJson(folder.resolve("evaluation.json"), SegmentationReport.details(evaluation));
        KeptPanels.clear(folder);
        if (evaluation.drawn().isEmpty()) return;
        List<DrawnMask> worst = evaluation.drawn().stream().limit(ROWS).toList();
        PngWriter.write(sheet(worst, pictures), folder.resolve("worst.png"));
        for (DrawnMask mask : evaluation.drawn()) keep(mask, pictures, folder);
    }

    private static void keep(DrawnMask mask, IntFunction<Pixels> pictures, Path folder) {
        int position = mask.picture().position();
        Pixels picture = pictures.apply(position);
        KeptPanels.write(folder, position, Panel.PICTURE, panel(picture, new byte[0]));
        KeptPanels.write(folder, position, Panel.TRUTH, panel(picture, mask.truth()));
        KeptPanels.write(folder, position, Panel.ANSWER, panel(picture, mask.predicted()));
    }

    private static Pixels panel(Pixels picture, byte[] mask) {
        Pixels panel =
                new Pixels(picture.height(), picture.width(), 3, new byte[picture.height() * picture.width() * 3]);
        draw(panel, picture, mask, 0, 0);
        return panel;
    }

    private static Csv confusion(SegmentationEvaluation evaluation) {
        List<String> names = evaluation.classNames();
        Csv csv = new Csv();
        csv.line(Stream.concat(Stream.of("true \\ predicted"), names.stream()));
        for (int label = 0; label < names.size(); label++) {
            Stream<String> counts = LongStream.of(evaluation.confusion()[label]).mapToObj(Long::toString);
            csv.line(Stream.concat(Stream.of(names.get(label)), counts));
        }
        return csv;
    }

    private static Csv perClass(SegmentationEvaluation evaluation) {
        PixelCounts counts = evaluation.counts();
        Csv csv = new Csv();
        csv.line(Stream.of("label", "name", "pixels", "predictedPixels", "hits", "intersectionOverUnion"));
        for (int k = 0; k < evaluation.classNames().size(); k++) {
            double score = counts.intersectionOverUnion(k);
            csv.line(Stream.of(
                    Integer.toString(k),
                    evaluation.classNames().get(k),
                    Long.toString(counts.truth()[k]),
                    Long.toString(counts.predicted()[k]),
                    Long.toString(counts.hits()[k]),
                    Double.isNaN(score) ? "" : Csv.number(score)));
        }
        return csv;
    }

    private static Csv predictions(SegmentationEvaluation evaluation) {
        Csv csv = new Csv();
        csv.line(Stream.concat(
                Stream.of("position", "source", "meanIntersectionOverUnion", "pixelAccuracy"),
                evaluation.classNames().stream().map(name -> "intersectionOverUnion " + name)));
        for (JudgedMask picture : evaluation.pictures()) {
            boolean labelled = !Double.isNaN(picture.accuracy());
            csv.line(Stream.concat(
                    Stream.of(
                            Integer.toString(picture.position()),
                            picture.source(),
                            labelled ? Csv.number(picture.intersectionOverUnion()) : "",
                            labelled ? Csv.number(picture.accuracy()) : ""),
                    picture.perClass().stream().map(score -> Double.isNaN(score) ? "" : Csv.number(score))));
        }
        return csv;
    }

    /** A row for each picture: the picture, the truth over it, the prediction over it. */
    private static Pixels sheet(List<DrawnMask> drawn, IntFunction<Pixels> pictures) {
        Pixels first = pictures.apply(drawn.getFirst().picture().position());
        int height = first.height();
        int width = first.width();
        int sheetHeight = drawn.size() * (height + GAP) - GAP;
        int sheetWidth = 3 * (width + GAP) - GAP;
        byte[] values = new byte[sheetHeight * sheetWidth * 3];
        Arrays.fill(values, (byte) 255);
        Pixels sheet = new Pixels(sheetHeight, sheetWidth, 3, values);
        for (int row = 0; row < drawn.size(); row++) {
            DrawnMask mask = drawn.get(row);
            Pixels picture = pictures.apply(mask.picture().position());
            int top = row * (height + GAP);
            draw(sheet, picture, new byte[0], top, 0);
            draw(sheet, picture, mask.truth(), top, width + GAP);
            draw(sheet, picture, mask.predicted(), top, 2 * (width + GAP));
        }
        return sheet;
    }

    /** Draws a picture, half of it the colours of a mask if there is one; what has no class stays as it is. */
    private static void draw(Pixels sheet, Pixels picture, byte[] mask, int top, int left) {
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int at = y * picture.width() + x;
                int label = mask.length == 0 ? 255 : mask[at] & 0xff;
                for (int c = 0; c < 3; c++) {
                    int value = picture.values()[at * picture.channels() + Math.min(c, picture.channels() - 1)] & 0xff;
                    if (label != 255) value = (value + Palette.color(label, c)) / 2;
                    sheet.values()[((top + y) * sheet.width() + left + x) * 3 + c] = (byte) value;
                }
            }
        }
    }
}
