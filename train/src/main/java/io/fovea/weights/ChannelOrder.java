package io.fovea.weights;

/** In which order the network that made the weights saw a picture's channels. */
public enum ChannelOrder {
    /** Red, green, blue, as Fovea gives them. */
    RGB,
    /** Blue, green, red, as Caffe and OpenCV give them: the first convolution's channels are turned round. */
    BGR
}
