package io.fovea.deletion;

import io.fovea.job.Job;
import io.fovea.workspace.Shelf;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a job works on: what may not go, or become something else, while it does. */
public final class JobNeeds {

    private JobNeeds() {}

    /** Returns the things of the workspace that a job reads. */
    public static List<Deletion.Name> of(Job job) {
        return names(job).toList();
    }

    private static Stream<Deletion.Name> names(Job job) {
        return switch (job) {
            case Job.Import _ -> Stream.empty();
            case Job.Adopt _ -> Stream.empty();
            case Job.ImportWeights wanted -> data(wanted.data());
            case Job.Train wanted -> Stream.concat(data(Optional.of(wanted.data())), begun(wanted));
            case Job.Folds wanted -> names(wanted.training());
            case Job.LearningRate wanted -> names(wanted.training());
            case Job.Tune wanted -> names(wanted.training());
            case Job.Hybrid wanted -> data(Optional.of(wanted.data()));
            case Job.AddClass wanted -> Stream.concat(model(wanted.model()), data(wanted.data()));
            case Job.Evaluate wanted -> Stream.concat(model(wanted.model()), data(Optional.of(wanted.data())));
            case Job.Classify wanted ->
                Stream.concat(wanted.models().stream().flatMap(JobNeeds::model), data(wanted.data()));
            case Job.Export wanted -> data(wanted.data());
            case Job.Int8 wanted -> Stream.concat(model(wanted.model()), data(Optional.of(wanted.data())));
            case Job.Ladder wanted -> Stream.concat(model(wanted.model()), data(Optional.of(wanted.data())));
            case Job.ExportCheckpoint wanted -> named(Shelf.RUNS, wanted.run());
            case Job.ExportModel wanted ->
                Stream.concat(model(wanted.model().replaceFirst("/[0-9]+$", "")), data(wanted.calibrate()));
            case Job.Recipe wanted -> wanted.jobs().stream().flatMap(JobNeeds::names);
        };
    }

    private static Stream<Deletion.Name> data(Optional<String> name) {
        return name.stream().flatMap(each -> named(Shelf.DATASETS, each));
    }

    /** The run whose checkpoint a training begins with. */
    private static Stream<Deletion.Name> begun(Job.Train training) {
        return training.from().stream().flatMap(from -> named(Shelf.RUNS, from.replaceFirst("/.*", "")));
    }

    private static Stream<Deletion.Name> model(String name) {
        return name.endsWith(".fovea") ? Stream.empty() : named(Shelf.MODELS, name);
    }

    /** A job may say what is no name at all; then it needs nothing that is there. */
    private static Stream<Deletion.Name> named(Shelf shelf, String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
                ? Stream.of(new Deletion.Name(shelf, name))
                : Stream.empty();
    }
}
