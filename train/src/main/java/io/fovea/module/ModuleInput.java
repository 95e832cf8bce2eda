package io.fovea.module;

import io.fovea.batch.Batch;

/** What goes into a network, or into the middle of one. */
public sealed interface ModuleInput {

    /** Returns N, the number of pictures. */
    int size();

    /** Pictures, as they are loaded. */
    record Pictures(Batch batch) implements ModuleInput {
        @Override
        public int size() {
            return batch.size();
        }
    }

    /**
     * What the frozen layers before the first that learns said of pictures.
     *
     * @param maps [N, D] at least, of {@link TorchModule#frozenOutputs}
     * @param size N
     */
    record FrozenMaps(float[] maps, int size) implements ModuleInput {}
}
