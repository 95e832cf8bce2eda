package io.fovea.program;

import io.fovea.format.Existing;
import io.fovea.format.Exported;
import io.fovea.format.ModelExport;
import io.fovea.format.ModelFormat;
import java.nio.file.Path;

/**
 * A model in a form that other programs read, as {@code fovea export} writes it.
 *
 * <pre>{@code
 * Export.of(file).as(new ModelFormat.Jar(Optional.of("org.example:digits:1"))).into(repository);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Export {

    private final Path model;

    private Export(Path model) {
        this.model = model;
    }

    /** Of a model file. */
    public static Export of(Path model) {
        return new Export(model);
    }

    /**
     * Opens the model for a form.
     *
     * @throws io.fovea.problem.Problem if the file is no model, or the form cannot say all of it
     */
    public Chosen as(ModelFormat format) {
        return new Chosen(ModelExport.of(model, format));
    }

    /** A model and its form. */
    public static final class Chosen {

        private final ModelExport export;

        private Chosen(ModelExport export) {
            this.export = export;
        }

        /**
         * Writes it where nothing is yet, and checks it.
         *
         * @param target the file, the folder, or of a jar the repository
         * @throws io.fovea.problem.Problem if something is there, it cannot be written, or it does not answer as the model does
         */
        public Exported into(Path target) {
            return export.write(target, Existing.KEEP);
        }

        /** Writes it in place of what may be there. */
        public Exported replacing(Path target) {
            return export.write(target, Existing.REPLACE);
        }
    }
}
