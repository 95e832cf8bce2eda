package io.fovea.dataset;

/** How prepared pictures lie on disk; both forms give the same bytes back. */
public enum StoredForm {
    /** The bytes [H, W, C] as they are: fastest. */
    RAW,
    /** Lossless PNG: smaller, decoded at every reading. */
    PNG
}
