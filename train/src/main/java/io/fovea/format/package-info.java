/**
 * A finished model in forms that other programs read.
 *
 * <p>Main types: {@link io.fovea.format.ModelFormat} (which form, and what can be chosen of it), {@link io.fovea.format.ModelExport} (model
 * file → that form), {@link io.fovea.format.Exported} (what was written, and what was checked of it).
 *
 * <p>Flow: a model file is opened → what its form cannot say is refused → files beside their place → checked by the model's golden pictures, or
 * by reading them back → moved into place. What fails a check is never put there.
 */
package io.fovea.format;
