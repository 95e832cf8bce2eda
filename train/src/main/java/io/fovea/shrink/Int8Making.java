package io.fovea.shrink;

import io.fovea.bundle.Bundle;
import io.fovea.bundle.BundleWriter;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Measurement;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Preparation;
import io.fovea.dataset.Split;
import io.fovea.evaluation.EvaluationFiles;
import io.fovea.export.BundleComparison;
import io.fovea.export.BundleEvaluation;
import io.fovea.export.BundleImport;
import io.fovea.export.Measurements;
import io.fovea.export.ModelParts;
import io.fovea.network.Inference;
import io.fovea.network.Shape;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Replay;
import io.fovea.predict.Tensor;
import io.fovea.problem.Problem;
import io.fovea.progress.Telling;
import io.fovea.quantize.OutputDifference;
import io.fovea.quantize.Quantization;
import io.fovea.quantize.Quantizer;
import io.fovea.result.Int8Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** A model file in whole numbers of one in floats: calibrated, timed, judged on the untouched test part beside the one before, written. */
public final class Int8Making {

    /** A model that is not this much faster is not worth what rounding costs. */
    private static final double LEAST_SPEED_UP = 1.1;

    private final Path file;
    private final Bundle before;
    private final ModelParts parts;
    private final Dataset dataset;
    private final Int8Settings settings;
    private final Function<Preparation, String> again;

    /**
     * Looks at what there is.
     *
     * @param file    the model
     * @param dataset whose training part shows which values occur, and whose test part judges
     * @param again   names the command that prepares a dataset's pictures otherwise, for advice
     * @throws Problem if the model is in whole numbers already, does not describe its network, decides by neighbours or holds weights that are not finite;
     *     or the dataset does not fit it, or has too few pictures for training, or none for the test
     */
    public Int8Making(Path file, Dataset dataset, Int8Settings settings, Function<Preparation, String> again) {
        this.file = file;
        this.before = Bundle.open(file);
        this.parts = BundleImport.read(before, file.toString());
        this.dataset = dataset;
        this.settings = settings;
        this.again = again;
        if (dataset.count(Split.TEST) == 0) {
            throw new Problem(
                    "The dataset has no test part, on which accuracy before and after could be told.",
                    "dataset \"" + dataset.name() + "\"",
                    "import it with a test part, such as --test 20");
        }
        BundleEvaluation.check(before, dataset, Split.TEST, again);
        Quantizer.check(parts.network(), parts.weights(), dataset.count(Split.TRAINING));
    }

    /**
     * Makes it.
     *
     * @param name   of the new model
     * @param target where it goes; asked once it can be written
     * @param folder takes tables and pictures of the test
     * @throws Problem if it is hardly faster here, and is not kept all the same
     */
    public Int8Result run(String name, Supplier<Path> target, Path folder, Telling telling) {
        Manifest manifest = before.manifest();
        telling.stage("calibrating");
        Int8Draft drafted = Int8Draft.of(file, before, parts, dataset, settings, name, telling);
        TrainingPictures pictures = drafted.pictures();
        Quantization made = drafted.made();
        Bundle draft = drafted.bundle();
        Shape shape = parts.network().input();

        telling.stage("timing");
        Tensor picture = Tensor.floats(new int[] {1, shape.size(0), shape.size(1), shape.size(2)}, pictures.picture(0));
        Bundle floats = Int8Model.plain(before, parts);
        int processors = Runtime.getRuntime().availableProcessors();
        List<Int8Result.Speed> speeds = new ArrayList<>(List.of(Latency.of(floats, draft, picture, 1)));
        if (processors > 1) speeds.add(Latency.of(floats, draft, picture, processors));
        if (speeds.getFirst().gain() < LEAST_SPEED_UP && settings.slower() == Int8Settings.Slower.REFUSED)
            throw slow(speeds.getFirst(), made);

        int count = dataset.count(Split.TEST);
        OutputDifference difference = new OutputDifference(
                manifest.task(), Inference.of(parts.network()).output());
        BundleComparison judged = BundleComparison.of(
                before,
                draft,
                dataset,
                Split.TEST,
                again,
                difference::add,
                done -> telling.progressed("judging", done, count, "pictures"));
        EvaluationFiles.write(judged.second(), index -> dataset.picture(Split.TEST, index), folder);
        telling.stage("writing the model");
        List<Measurement> measurements = Measurements.of(judged.second(), Split.TEST);
        Bundle bundle = drafted.bundle(before, name, measurements, Measurements.answers(judged.second(), Split.TEST));
        Replay.of(bundle, PredictionOptions.DEFAULT.withThreads(1));
        Path written = target.get();
        BundleWriter.write(bundle, written);
        return new Int8Result(
                file,
                written,
                dataset.name(),
                pictures.count(),
                judged,
                difference.agreement(),
                difference.value(),
                new Int8Result.Bytes(Int8Model.bytes(file), Int8Model.bytes(written)),
                speeds,
                drafted.origin(),
                made.rules(),
                made.layers(),
                drafted.tolerance(),
                manifest.familiarity().isPresent());
    }

    private Problem slow(Int8Result.Speed speed, Quantization made) {
        String floats = made.floatLayers().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " %d of its %d layers had to stay in floats.",
                        made.floatLayers().size(),
                        made.layers());
        return new Problem(
                String.format(
                        Locale.ROOT,
                        "In whole numbers the model is not faster here: %.2f ms a picture by one thread, %.2f ms"
                                + " before, %.2f times as fast; at least %.1f times is asked.%s",
                        speed.after(),
                        speed.before(),
                        speed.gain(),
                        LEAST_SPEED_UP,
                        floats),
                file.toString(),
                "use the model as it is, or \"fovea shrink hybrid\" for one of kilobytes; --keep-slower writes it all"
                        + " the same, for another machine");
    }
}
