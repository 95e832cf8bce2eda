package io.fovea.predict;

/** Whether a model proves itself on its golden pictures before it answers. */
public enum Verification {
    /** Every golden picture goes through every stage; a difference is a problem that names the stage. */
    REPLAY,
    /** Nothing is replayed: for a program that starts often and has verified the same file before. */
    SKIP
}
