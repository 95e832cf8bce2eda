package io.fovea.quantize;

/** Pictures that show which values occur in a network. They need no truth; a hundred of the kind that the model will see are enough. */
public interface CalibrationPictures {

    /** The least number of pictures that ranges are found from. */
    int LEAST = 16;

    /** Returns how many there are. */
    int count();

    /** Returns a picture as the network takes it, [C, H, W], normalised. */
    float[] picture(int index);
}
