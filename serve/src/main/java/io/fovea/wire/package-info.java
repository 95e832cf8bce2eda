/**
 * Numbers and texts as protocols carry them, and a model as they see it.
 *
 * <p>Main types: {@link io.fovea.wire.WireTensor} (named, of a datatype and a shape), {@link io.fovea.wire.JsonArray} (nested arrays, read
 * flat), {@link io.fovea.wire.ModelView} (a model by pictures, or by tensors).
 *
 * <p>Flow: a protocol's reader makes {@code Content} of bytes; a view checks it, asks the model, and gives tensors, which a protocol's writer
 * makes bytes of. Nothing here knows HTTP.
 *
 * <p>Invariant: what is read takes memory in proportion to its bytes, and is checked before the model sees it.
 */
package io.fovea.wire;
