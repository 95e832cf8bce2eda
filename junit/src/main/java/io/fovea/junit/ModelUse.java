package io.fovea.junit;

import io.fovea.predict.Decoder;

/** A use of a model, made again and again by {@link NoNativeLeak}. */
public interface ModelUse {

    /**
     * Uses a model once.
     *
     * @param picture the bytes of a picture file
     */
    void use(Decoder decoder, byte[] picture);

    /** Lets it answer about the picture. */
    final class Answer implements ModelUse {

        /** The usual use. */
        public Answer() {}

        @Override
        public void use(Decoder decoder, byte[] picture) {
            decoder.answer(picture, "picture");
        }
    }
}
