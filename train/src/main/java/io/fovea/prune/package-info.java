/**
 * Trained networks made narrower or shorter: whole channels go, or the dense layers behind the maps.
 *
 * <p>Main types: {@link io.fovea.prune.ChannelPruning} (network, weights and a share → a narrower network with its weights),
 * {@link io.fovea.prune.GlobalPooling} (a network without its dense layers).
 *
 * <p>Flow of the former: which channels can only go together, and which must stay → how much each of them says → the weakest go → layers and
 * weights of what is left. What comes out is a network like any other; it is to be trained on.
 */
package io.fovea.prune;
