package io.fovea.adopt;

import io.fovea.image.Preprocessing;
import java.nio.file.Path;

/** A model of a project that is ready to be written. */
public interface AdoptedModel {

    /** Returns how it takes pictures. */
    Preprocessing how();

    /**
     * Writes it as a bundle, after its golden pictures have been replayed.
     *
     * @param name of the model
     * @throws io.fovea.problem.Problem if a golden picture comes out otherwise than in the original
     */
    void write(String name, Path target);
}
