/**
 * The prediction server as a process: its options, what it tells whoever started it, how it ends.
 *
 * <p>Main types: {@link io.fovea.daemon.Main} (the program {@code fovea-serve}), {@link io.fovea.daemon.ServeOptions} (the options, which {@code fovea
 * serve} has too), {@link io.fovea.daemon.Serving} (models and server, told of once they answer).
 *
 * <p>Flow: arguments → options → models loaded and proven → server → addresses on stdout → SIGTERM → what was accepted is answered → the end.
 *
 * <p>Invariant: no training engine is needed; all that is on the class path fits into the distribution.
 */
package io.fovea.daemon;
