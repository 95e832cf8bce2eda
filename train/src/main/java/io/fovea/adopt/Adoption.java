package io.fovea.adopt;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A project of another tool, read: what can be taken over, and what became of each part.
 *
 * @param kind     where it comes from
 * @param model    empty where there is none
 * @param pictures what the importer takes, each as on the command line; none where there are no pictures
 * @param settings of that import, by their names
 * @param lines    what became of each part, but for the pictures, which are told once they are here
 */
public record Adoption(
        ProjectKind kind,
        Optional<AdoptedModel> model,
        List<String> pictures,
        Map<String, Object> settings,
        List<AdoptionLine> lines) {

    /** Copies. */
    public Adoption {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(model, "model");
        pictures = List.copyOf(pictures);
        settings = Map.copyOf(settings);
        lines = List.copyOf(lines);
    }

    /**
     * Reads a project. No code of it is run.
     *
     * @param path     a folder, a file, or an archive of the folder
     * @param settings what the project does not say
     * @param scratch  an empty folder that archives are unpacked into
     * @throws Problem if something that the kind needs is missing or damaged, or cannot be taken over; it names the part
     */
    public static Adoption of(ProjectKind kind, Path path, AdoptionSettings settings, Path scratch) {
        if (!Files.exists(path))
            throw new Problem("There is no such file or folder.", path.toString(), "check the path");
        Preparations.check(settings);
        try {
            return switch (kind) {
                case ONNX -> OnnxProject.read(path, settings);
                case TEACHABLE_MACHINE -> TeachableMachineProject.read(ProjectFiles.of(path, scratch), settings);
                case LOBE -> LobeProject.read(ProjectFiles.of(path, scratch), settings);
                case JETBOT -> JetBotProject.read(ProjectFiles.of(path, scratch), settings);
                case DIGITS -> DigitsProject.read(ProjectFiles.of(path, scratch), settings);
            };
        } catch (IOException | UncheckedIOException e) {
            throw new Problem(
                    "The project cannot be read: " + e.getMessage() + ".",
                    path.toString(),
                    "check that it is complete and that you may read it",
                    e);
        } catch (IllegalArgumentException | ArithmeticException unfit) { // sizes and numbers that no layer can have
            throw new Problem(
                    "The project's network cannot be built: " + unfit.getMessage() + ".",
                    path.toString(),
                    "check that its files belong together; its pictures can be imported with fovea data import",
                    unfit);
        }
    }
}
