/**
 * What the building blocks of networks cost on a machine, measured there once, and what a whole network would take on it, reckoned from that anywhere.
 *
 * <p>Main types: {@link io.fovea.profile.ProfileMeasurement} (this machine → a profile), {@link io.fovea.profile.DeviceProfile} (the value and its file),
 * {@link io.fovea.profile.LatencyEstimate} (a network on that machine).
 *
 * <p>Flow: a block such as a convolution of 64 channels of 28x28 becomes two chains of different length, which ONNX Runtime runs as it runs models; the
 * difference is the block's time without what surrounds it. A layer of a network takes its operations by the rate of the blocks nearest to it.
 */
package io.fovea.profile;
