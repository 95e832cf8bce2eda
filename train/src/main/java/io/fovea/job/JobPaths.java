package io.fovea.job;

import io.fovea.choice.NetworkSource;
import io.fovea.collection.ReadyMade;
import io.fovea.hybrid.NewClass;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Where a job reads and writes outside the workspace, and how it becomes independent of the folder that it was written in. */
public final class JobPaths {

    private JobPaths() {}

    /** Returns every path that a job names: what it reads, and where it writes something else than the workspace's own. */
    public static List<Path> of(Job job) {
        return switch (job) {
            case Job.Import wanted ->
                wanted.sources().stream()
                        .filter(source -> !ReadyMade.isNamed(source))
                        .map(source -> Source.parse(source).path())
                        .toList();
            case Job.ImportWeights wanted ->
                Stream.concat(
                                wanted
                                        .source()
                                        .filter(source -> !Job.ImportWeights.isAddress(source))
                                        .map(Path::of)
                                        .stream(),
                                wanted.classes().stream())
                        .toList();
            case Job.Train wanted ->
                wanted.network().filter(NetworkSource::isFile).map(Path::of).stream()
                        .toList();
            case Job.Folds wanted -> of(wanted.training());
            case Job.LearningRate wanted -> of(wanted.training());
            case Job.Tune wanted -> of(wanted.training());
            case Job.Hybrid _ -> List.of();
            case Job.AddClass wanted ->
                Stream.of(
                                file(wanted.model()),
                                wanted.classes().stream().map(NewClass::folder),
                                wanted.target().stream())
                        .flatMap(paths -> paths)
                        .toList();
            case Job.Evaluate wanted ->
                Stream.concat(file(wanted.model()), wanted.output().stream()).toList();
            case Job.Classify wanted ->
                Stream.concat(wanted.models().stream().flatMap(JobPaths::file), wanted.pictures().stream())
                        .toList();
            case Job.Export wanted -> wanted.classes().stream().toList();
            case Job.ExportCheckpoint _ -> List.of();
            case Job.Adopt wanted ->
                Stream.concat(Stream.of(wanted.path()), wanted.settings().labels().stream())
                        .toList();
            case Job.Int8 wanted -> file(wanted.model()).toList();
            case Job.Ladder wanted -> file(wanted.model()).toList();
            case Job.ExportModel wanted ->
                Stream.concat(file(wanted.model()), wanted.to().stream()).toList();
            case Job.Recipe wanted ->
                wanted.jobs().stream().flatMap(each -> of(each).stream()).toList();
        };
    }

    private static Stream<Path> file(String model) {
        return model.endsWith(".fovea") ? Stream.of(Path.of(model)) : Stream.empty();
    }

    /** Returns the job with every path absolute. */
    public static Job absolute(Job job, Path folder) {
        return placed(job, path -> folder.resolve(path).normalize());
    }

    /** Returns the job with every path in one folder as a path in another, as a copy of the folder has it. */
    public static Job moved(Job job, Path from, Path to) {
        return placed(job, path -> path.startsWith(from) ? to.resolve(from.relativize(path)) : path);
    }

    private static Job placed(Job job, UnaryOperator<Path> place) {
        return switch (job) {
            case Job.Import wanted ->
                new Job.Import(
                        wanted.name(),
                        wanted.sources().stream()
                                .map(source -> placed(source, place))
                                .toList(),
                        wanted.settings(),
                        wanted.replace());
            case Job.ImportWeights wanted -> wanted.placed(place);
            case Job.Train wanted -> placed(wanted, place);
            case Job.Folds wanted -> new Job.Folds(wanted.folds(), placed(wanted.training(), place));
            case Job.LearningRate wanted -> new Job.LearningRate(placed(wanted.training(), place));
            case Job.Tune wanted ->
                new Job.Tune(placed(wanted.training(), place), wanted.tried(), wanted.random(), wanted.halving());
            case Job.Hybrid wanted -> wanted;
            case Job.AddClass wanted ->
                new Job.AddClass(
                        model(wanted.model(), place),
                        wanted.classes().stream()
                                .map(each -> new NewClass(each.name(), place.apply(each.folder())))
                                .toList(),
                        wanted.target().map(place),
                        wanted.data(),
                        wanted.engineSize(),
                        wanted.force(),
                        wanted.seed(),
                        wanted.threads());
            case Job.Evaluate wanted ->
                new Job.Evaluate(
                        model(wanted.model(), place),
                        wanted.data(),
                        wanted.split(),
                        wanted.output().map(place));
            case Job.Classify wanted ->
                new Job.Classify(
                        wanted.models().stream().map(each -> model(each, place)).toList(),
                        wanted.pictures().stream().map(place).toList(),
                        wanted.data(),
                        wanted.split(),
                        wanted.top());
            case Job.ExportCheckpoint wanted -> wanted;
            case Job.Adopt wanted ->
                new Job.Adopt(
                        wanted.name(),
                        wanted.from(),
                        place.apply(wanted.path()),
                        wanted.settings().withLabels(wanted.settings().labels().map(place)),
                        wanted.replace());
            case Job.Int8 wanted -> wanted.of(model(wanted.model(), place));
            case Job.Ladder wanted -> wanted.of(model(wanted.model(), place));
            case Job.ExportModel wanted ->
                new Job.ExportModel(
                        model(wanted.model(), place),
                        wanted.format(),
                        wanted.to().map(place),
                        wanted.replace(),
                        wanted.int8(),
                        wanted.calibrate());
            case Job.Export wanted ->
                new Job.Export(
                        wanted.weights(),
                        wanted.name(),
                        wanted.data(),
                        wanted.classes().map(place),
                        wanted.safetensors());
            case Job.Recipe wanted ->
                new Job.Recipe(
                        wanted.name(),
                        wanted.jobs().stream().map(each -> placed(each, place)).toList());
        };
    }

    private static String model(String model, UnaryOperator<Path> place) {
        return model.endsWith(".fovea") ? place.apply(Path.of(model)).toString() : model;
    }

    private static Job.Train placed(Job.Train job, UnaryOperator<Path> place) {
        Optional<String> network = job.network()
                .map(name ->
                        NetworkSource.isFile(name) ? place.apply(Path.of(name)).toString() : name);
        return new Job.Train(
                job.data().contains("/") ? place.apply(Path.of(job.data())).toString() : job.data(),
                network,
                job.name(),
                job.task(),
                job.pretrained(),
                job.transfer(),
                job.head(),
                job.copies(),
                job.newHead(),
                job.settings(),
                job.outputs(),
                job.weights(),
                job.from());
    }

    /** The role before a path stays. */
    private static String placed(String source, UnaryOperator<Path> place) {
        if (ReadyMade.isNamed(source)) return source;
        Source parsed = Source.parse(source);
        String role = parsed.role() == SourceRole.DETECTED ? "" : source.substring(0, source.indexOf('=') + 1);
        return role + place.apply(parsed.path());
    }
}
