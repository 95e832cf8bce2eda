/**
 * The web server of the workbench: REST under {@code /api}, the event stream, the pages of the browser.
 *
 * <p>Main types: {@link io.fovea.server.Workbench} (starts and ends it), {@link io.fovea.server.Routes} (which address answers what),
 * {@link io.fovea.server.Safety} (who may ask).
 *
 * <p>Flow: a request → {@link io.fovea.server.Safety} → a route → answers of room {@code resource} or the queue → JSON, a picture, a file or a problem
 * document (RFC 9457).
 *
 * <p>Invariant: the server listens on this machine's loopback address only, and serves nothing from outside of the workspace.
 */
package io.fovea.server;
