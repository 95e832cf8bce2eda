package io.fovea.cli;

import io.fovea.hybrid.ClassAddition;
import io.fovea.hybrid.ClassAddition.OnPoorOutcome;
import io.fovea.hybrid.NewClass;
import io.fovea.job.Build;
import io.fovea.job.ModelDataset;
import io.fovea.job.ModelFile;
import io.fovea.problem.Problem;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
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
     * @throws Problem if a part is missing, there is no such model or dataset, or the default target is taken
     */
    ClassAddition addition(Workspace workspace, Optional<String> data, OptionalLong engineBytes, long seed) {
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
        Path file = ModelFile.find(wanted, workspace);
        List<NewClass> classes = new ArrayList<>();
        for (int i = 0; i + 1 < additions.size(); i += 2)
            classes.add(new NewClass(additions.get(i), Path.of(additions.get(i + 1))));
        ModelDataset known = ModelDataset.of(file, workspace);
        return new ClassAddition(
                file,
                classes,
                free(target.orElseGet(() -> beside(file, classes))),
                known.find(data),
                known.withMore(classes),
                engineBytes,
                force ? OnPoorOutcome.WRITE : OnPoorOutcome.REFUSE,
                Build.version(),
                seed);
    }

    private static Path beside(Path model, List<NewClass> classes) {
        String stem = model.getFileName().toString().replaceFirst("\\.fovea$", "");
        String names = classes.stream()
                .map(each -> each.name().replaceAll("[^\\p{L}\\p{N}]+", "-"))
                .collect(Collectors.joining("-"));
        return model.resolveSibling(stem + "-" + names + ".fovea");
    }

    private static Path free(Path target) {
        if (!Files.exists(target)) return target;
        throw new Problem(
                "There is a file of that name already.",
                target.toString(),
                "say where else the model goes with --to FILE.fovea, or remove the file");
    }
}
