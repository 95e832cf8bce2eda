/**
 * The prediction server over HTTP.
 *
 * <p>Main types: {@link io.fovea.serve.PredictionServer} (listens), {@link io.fovea.serve.ServerSettings}.
 *
 * <p>Flow: a request → {@code Access} (may it ask) → {@code Routes} (which address) → a protocol's routes: body, place at the model, answer →
 * the exchange's reply. What goes wrong becomes a {@code Failure}, which each protocol writes in its own form.
 *
 * <p>Invariant: each request takes a bounded amount of memory, and all of them together too; who cannot be served hears it at once.
 */
package io.fovea.serve;
