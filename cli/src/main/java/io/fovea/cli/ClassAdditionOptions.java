package io.fovea.cli;

import io.fovea.hybrid.NewClass;
import io.fovea.job.Job;
import io.fovea.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which classes are added to which model, as options. */
final class ClassAdditionOptions {

    @Option(
            names = "--add-class",
            paramLabel = "NAME FOLDER",
            arity = "2",
            hideParamSyntax = true,
            description =
                    "Teach the model of --model a further class from a folder of its pictures; may be given several"
                        + " times. Kernels stay; projection and references are fitted anew to all classes, the old"
                        + " ones from the dataset that the model was made from (found in the workspace, or named with"
                        + " --data).")
    private List<String> additions = List.of();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "With --add-class: a model file, or the name of a model in the workspace.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "FILE.fovea",
            description =
                    "With --add-class: where the model with the new class goes. Default: beside the model, with the"
                            + " name of the class.")
    private Optional<Path> target = Optional.empty();

    @Option(
            names = "--force",
            description =
                    "With --add-class: write the model even if old classes lose much by it, or new ones are poorly"
                            + " recognised.")
    private boolean force;

    /** Returns whether a class is to be added, or something only makes sense with that. */
    boolean areGiven() {
        return !additions.isEmpty() || model.isPresent() || target.isPresent() || force;
    }

    /**
     * Returns what is to be done.
     *
     * @param data the name of the dataset that the model was made from, if it was given
     * @throws Problem if a part is missing
     */
    Job.AddClass job(Optional<String> data, Optional<String> engineSize, long seed, int threads) {
        if (additions.isEmpty()) {
            throw new Problem(
                    "--model, --to and --force say how a model gets a class, but no class is given.",
                    "fovea shrink hybrid",
                    "add --add-class NAME FOLDER, or leave them out to make a new model");
        }
        String wanted = model.orElseThrow(() -> new Problem(
                "The model that gets the class is missing.",
                "--add-class " + String.join(" ", additions),
                "name it with --model FILE.fovea"));
        List<NewClass> classes = new ArrayList<>();
        for (int i = 0; i + 1 < additions.size(); i += 2)
            classes.add(
                    new NewClass(additions.get(i), Path.of(additions.get(i + 1)).toAbsolutePath()));
        return new Job.AddClass(
                Files.isRegularFile(Path.of(wanted))
                        ? Path.of(wanted).toAbsolutePath().normalize().toString()
                        : wanted,
                classes,
                target.map(Path::toAbsolutePath),
                data,
                engineSize,
                force,
                Optional.of(seed),
                Optional.of(threads));
    }
}
