package io.fovea.job;

import io.fovea.choice.NetworkSource;
import io.fovea.collection.ReadyMade;
import io.fovea.hybrid.NewClass;
import io.fovea.source.Source;
import io.fovea.source.SourceRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        return switch (job) {
            case Job.Import wanted ->
                new Job.Import(
                        wanted.name(),
                        wanted.sources().stream()
                                .map(source -> absolute(source, folder))
                                .toList(),
                        wanted.settings(),
                        wanted.replace());
            case Job.ImportWeights wanted -> wanted.absolute(folder);
            case Job.Train wanted -> absolute(wanted, folder);
            case Job.Folds wanted -> new Job.Folds(wanted.folds(), absolute(wanted.training(), folder));
            case Job.LearningRate wanted -> new Job.LearningRate(absolute(wanted.training(), folder));
            case Job.Tune wanted ->
                new Job.Tune(absolute(wanted.training(), folder), wanted.tried(), wanted.random(), wanted.halving());
            case Job.Hybrid wanted -> wanted;
            case Job.AddClass wanted ->
                new Job.AddClass(
                        model(wanted.model(), folder),
                        wanted.classes().stream()
                                .map(each -> new NewClass(
                                        each.name(),
                                        folder.resolve(each.folder()).normalize()))
                                .toList(),
                        wanted.target().map(folder::resolve).map(Path::normalize),
                        wanted.data(),
                        wanted.engineSize(),
                        wanted.force(),
                        wanted.seed(),
                        wanted.threads());
            case Job.Evaluate wanted ->
                new Job.Evaluate(
                        model(wanted.model(), folder),
                        wanted.data(),
                        wanted.split(),
                        wanted.output().map(folder::resolve).map(Path::normalize));
            case Job.Classify wanted ->
                new Job.Classify(
                        wanted.models().stream()
                                .map(each -> model(each, folder))
                                .toList(),
                        wanted.pictures().stream()
                                .map(folder::resolve)
                                .map(Path::normalize)
                                .toList(),
                        wanted.data(),
                        wanted.split(),
                        wanted.top());
            case Job.ExportCheckpoint wanted -> wanted;
            case Job.Adopt wanted ->
                new Job.Adopt(
                        wanted.name(),
                        wanted.from(),
                        folder.resolve(wanted.path()).normalize(),
                        wanted.settings()
                                .withLabels(wanted.settings()
                                        .labels()
                                        .map(folder::resolve)
                                        .map(Path::normalize)),
                        wanted.replace());
            case Job.Int8 wanted -> wanted.of(model(wanted.model(), folder));
            case Job.Ladder wanted -> wanted.of(model(wanted.model(), folder));
            case Job.ExportModel wanted ->
                new Job.ExportModel(
                        model(wanted.model(), folder),
                        wanted.format(),
                        wanted.to().map(folder::resolve).map(Path::normalize),
                        wanted.replace(),
                        wanted.int8(),
                        wanted.calibrate());
            case Job.Export wanted ->
                new Job.Export(
                        wanted.weights(),
                        wanted.name(),
                        wanted.data(),
                        wanted.classes().map(folder::resolve).map(Path::normalize),
                        wanted.safetensors());
            case Job.Recipe wanted ->
                new Job.Recipe(
                        wanted.name(),
                        wanted.jobs().stream()
                                .map(each -> absolute(each, folder))
                                .toList());
        };
    }

    private static String model(String model, Path folder) {
        return model.endsWith(".fovea") ? folder.resolve(model).normalize().toString() : model;
    }

    private static Job.Train absolute(Job.Train job, Path folder) {
        Optional<String> network = job.network()
                .map(name -> NetworkSource.isFile(name)
                        ? folder.resolve(name).normalize().toString()
                        : name);
        return new Job.Train(
                job.data(),
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
    private static String absolute(String source, Path folder) {
        if (ReadyMade.isNamed(source)) return source;
        Source parsed = Source.parse(source);
        String role = parsed.role() == SourceRole.DETECTED ? "" : source.substring(0, source.indexOf('=') + 1);
        return role + folder.resolve(parsed.path()).normalize();
    }
}
