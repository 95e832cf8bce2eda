package io.fovea.cli;

import io.fovea.hybrid.ClassAddition;
import io.fovea.problem.Problem;
import io.fovea.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which class is added to which model, as options. */
final class ClassAdditionOptions {

    @Option(
            names = "--add-class",
            paramLabel = "NAME FOLDER",
            arity = "2",
            hideParamSyntax = true,
            description =
                    "Teach the model of --model one more class from a folder of its pictures: they become references;"
                            + " nothing is trained.")
    private List<String> addition = List.of();

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

    /** Returns whether a class is to be added, or something only makes sense with that. */
    boolean areGiven() {
        return !addition.isEmpty() || model.isPresent() || target.isPresent();
    }

    /**
     * Returns what is to be done.
     *
     * @throws Problem if a part is missing, there is no such model, or the default target is taken
     */
    ClassAddition addition(Workspace workspace, long seed) {
        if (addition.isEmpty()) {
            throw new Problem(
                    "--model and --to say which model gets a class, but no class is given.",
                    "fovea shrink hybrid",
                    "add --add-class NAME FOLDER, or leave them out to make a new model");
        }
        if (addition.size() != 2) {
            throw new Problem(
                    "One class is added at a time, but several are given.",
                    "--add-class " + String.join(" ", addition),
                    "add the next class to the model that comes out of the first");
        }
        String wanted = model.orElseThrow(() -> new Problem(
                "The model that gets the class is missing.",
                "--add-class " + String.join(" ", addition),
                "name it with --model FILE.fovea"));
        Path file = ModelFile.find(wanted, workspace);
        String name = addition.getFirst();
        return new ClassAddition(
                file, name, Path.of(addition.getLast()), target.orElseGet(() -> beside(file, name)), seed);
    }

    private static Path beside(Path model, String className) {
        String stem = model.getFileName().toString().replaceFirst("\\.fovea$", "");
        Path target = model.resolveSibling(stem + "-" + className.replaceAll("[^\\p{L}\\p{N}]+", "-") + ".fovea");
        if (!Files.exists(target)) return target;
        throw new Problem(
                "There is a file of that name already.",
                target.toString(),
                "say where the model goes with --to FILE.fovea");
    }
}
