package io.fovea.quantize;

/** Hears how far a pass over pictures is. */
@FunctionalInterface
public interface PicturesDone {

    /** So many of all are done. */
    void at(int done, int all);
}
