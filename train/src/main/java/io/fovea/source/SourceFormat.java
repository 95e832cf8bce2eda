package io.fovea.source;

/** How a source is laid out. */
public enum SourceFormat {
    /** Found out by looking at the source. */
    DETECTED,
    /** {@code <class>/…/picture}, or {@code train|val|validation|test/<class>/…/picture}. */
    FOLDERS,
    /** The idx files of MNIST and its kin, plain or gzipped; a folder of the four, or one of a pair. */
    IDX,
    /** The binary files of CIFAR-10 and CIFAR-100, plain or gzipped; a folder of them, or one. */
    CIFAR,
    /** A text file with a picture's path and label on every line. */
    LIST,
    /** A tar, tar.gz, tgz or zip of any of the above folders. */
    ARCHIVE
}
