package io.fovea.dataset;

/**
 * A mask in its stored form, ready to be written beside its picture.
 *
 * @param stored the mask [H, W] as bytes or PNG; empty where pictures have no masks
 * @param hash   SHA-256 of the bytes [H, W]; empty likewise
 */
public record StoredMask(byte[] stored, byte[] hash) {

    /** Of a picture that has a class or targets instead. */
    public static final StoredMask NONE = new StoredMask(new byte[0], new byte[0]);

    boolean isEmpty() {
        return hash.length == 0;
    }
}
