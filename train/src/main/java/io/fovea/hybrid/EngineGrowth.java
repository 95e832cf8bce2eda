package io.fovea.hybrid;

import io.fovea.bundle.Measurement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model with further classes that is in memory, to be judged before it is written. */
interface EngineGrowth {

    /** Returns which class each judged picture is taken for, those of old classes first. */
    int[] answers();

    /** Returns one of the same size that was made anew of all classes; nothing if none can be made. */
    Optional<EngineGrowth> anew();

    /** Returns how many of some pictures it gets right that it could have learned from, made without them: what chooses between it and one made anew. */
    int heldOutRight();

    /** Returns how many references it has. */
    int references();

    /** Returns why it is poor whatever it answers, as where it is larger than it may be. */
    Optional<String> shortfall();

    /** Writes the bundle, and the dataset of all classes if their pictures are here. */
    Written write(Path target, List<Measurement> measurements);

    /**
     * What was written.
     *
     * @param engineBytes of the network
     * @param dataset     the name of the dataset of all classes, if there is one
     */
    record Written(long engineBytes, Optional<String> dataset) {}
}
