package io.fovea.answer;

import io.fovea.answer.ManyPictures.Content;
import io.fovea.answer.ManyPictures.Told;
import io.fovea.codec.PictureDecoder;
import io.fovea.evaluation.Csv;
import io.fovea.file.AtomicFile;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.predict.Classifier;
import io.fovea.predict.Prediction;
import io.fovea.problem.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Asks classifiers about many pictures and writes a table of what they say, a line for each picture ({@link AnswerRow}). Memory does not grow with the
 * number of pictures: a batch is decoded, asked about and written before the next.
 */
public final class ManyAnswers {

    private static final int BATCH = 64;

    private final List<Asked> models;
    private final boolean prepared;
    private final AnswerColumns columns;

    /**
     * A classifier with the name that the table gives it.
     *
     * @param name of the column
     */
    public record Asked(String name, Classifier classifier) {

        List<String> classNames() {
            return classifier.manifest().task().names();
        }
    }

    /** Whether pictures are as the networks take them already. */
    public enum Pictures {
        /** As people have them: they are prepared. */
        AS_FOUND,
        /** As a dataset of the models' own preparation holds them. */
        PREPARED
    }

    /**
     * Nothing is asked yet.
     *
     * @param models with different names, at least one
     * @param top    how many of the most probable classes each tells of a picture, at least 1; of fewer classes all
     */
    public ManyAnswers(List<Asked> models, Pictures pictures, int top) {
        this.models = List.copyOf(models);
        this.prepared = pictures == Pictures.PREPARED;
        if (models.isEmpty()) throw new IllegalArgumentException("There is no model to ask");
        if (models.stream().map(Asked::name).distinct().count() != models.size())
            throw new IllegalArgumentException("Two models have the same name");
        if (top < 1) throw new IllegalArgumentException("top must be at least 1: " + top);
        this.columns = new AnswerColumns(models.stream()
                .map(model -> new AnswerColumns.Model(
                        model.name(), Math.min(top, model.classNames().size())))
                .toList());
    }

    /** Returns the names of all classes that the models know. */
    public static Set<String> classNames(List<Asked> models) {
        Set<String> names = new LinkedHashSet<>();
        models.forEach(model -> names.addAll(model.classNames()));
        return names;
    }

    /**
     * Asks about each picture and writes the table, complete or not at all.
     *
     * @param progress hears how many pictures are answered for
     * @throws Problem if the file cannot be written
     */
    public void write(ManyPictures pictures, Path file, LongConsumer progress) {
        AtomicFile.write(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            writer.write(Csv.text(columns.heads()));
            Table table = new Table(writer, progress);
            try {
                pictures.each(table::add);
                table.flush();
            } catch (UncheckedIOException full) {
                throw full.getCause();
            }
            writer.flush();
        });
    }

    /** Lines of a table, a batch at a time. */
    private final class Table {

        private final Writer writer;
        private final LongConsumer progress;
        private final List<Told> waiting = new ArrayList<>();
        private long written;

        Table(Writer writer, LongConsumer progress) {
            this.writer = writer;
            this.progress = progress;
        }

        void add(Told picture) {
            waiting.add(picture);
            if (waiting.size() == BATCH) flush();
        }

        void flush() {
            if (waiting.isEmpty()) return;
            try {
                for (AnswerRow row : rows(waiting, written)) writer.write(row.line(columns));
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
            written += waiting.size();
            waiting.clear();
            progress.accept(written);
        }
    }

    /** A picture in the colours that models see, or why it cannot be read. */
    private record Decoded(Map<ColorMode, Pixels> pixels, Optional<String> problem) {}

    private List<AnswerRow> rows(List<Told> batch, long first) {
        List<Decoded> decoded = batch.parallelStream().map(this::decoded).toList();
        List<List<AnswerRow.Said>> said = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) said.add(new ArrayList<>());
        List<Integer> readable = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) if (decoded.get(i).problem().isEmpty()) readable.add(i);
        for (int m = 0; m < models.size(); m++) {
            Asked model = models.get(m);
            int ranks = columns.models().get(m).ranks();
            ColorMode mode = model.classifier().manifest().preprocessing().colorMode();
            List<Pixels> pictures = readable.stream()
                    .map(i -> decoded.get(i).pixels().get(mode))
                    .toList();
            List<Prediction> answers = prepared
                    ? model.classifier().classifyPrepared(pictures)
                    : model.classifier().classifyBatch(pictures);
            for (int r = 0; r < answers.size(); r++) {
                List<AnswerRow.Ranked> ranking = answers.get(r).top(ranks).stream()
                        .map(each -> new AnswerRow.Ranked(each.name(), each.probability()))
                        .toList();
                said.get(readable.get(r)).add(new AnswerRow.Said(ranking));
            }
        }
        List<AnswerRow> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Told picture = batch.get(i);
            Optional<String> place = picture.content() instanceof Content.OnDisk(Path file)
                    ? Optional.of(file.toAbsolutePath().normalize().toString())
                    : Optional.empty();
            rows.add(new AnswerRow(
                    first + i,
                    picture.name(),
                    place,
                    picture.truth().map(this::named),
                    decoded.get(i).problem(),
                    said.get(i)));
        }
        return rows;
    }

    private Decoded decoded(Told picture) {
        Map<ColorMode, Pixels> pixels = new EnumMap<>(ColorMode.class);
        try {
            for (Asked model : models) {
                ColorMode mode = model.classifier().manifest().preprocessing().colorMode();
                if (pixels.containsKey(mode)) continue;
                switch (picture.content()) {
                    case Content.OnDisk(Path file) -> pixels.put(mode, PictureDecoder.decode(file, mode));
                    case Content.Prepared prepared ->
                        pixels.put(mode, prepared.pixels().get());
                    case Content.Missing(String reason) -> {
                        return new Decoded(pixels, Optional.of(reason));
                    }
                }
            }
            return new Decoded(pixels, Optional.empty());
        } catch (Problem broken) {
            return new Decoded(Map.of(), Optional.of(broken.parts().get("what")));
        }
    }

    /** A number stands for a class where no class is called so and all models number their classes alike. */
    private String named(String word) {
        List<String> names = models.getFirst().classNames();
        if (classNames(models).contains(word) || !word.matches("[0-9]{1,6}")) return word;
        int label = Integer.parseInt(word);
        boolean alike = models.stream().allMatch(model -> model.classNames().equals(names));
        return alike && label < names.size() ? names.get(label) : word;
    }
}
