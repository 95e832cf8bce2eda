/**
 * A picture from an address of the web, or how a prediction server stands, for a server that may be asked by anybody who reaches it.
 *
 * <p>Main types: {@link io.fovea.fetch.WebPictures} (fetches), {@link io.fovea.fetch.WebReach} (which addresses may be reached); {@link
 * io.fovea.fetch.ServerPages}, with {@link io.fovea.fetch.ServerReach}.
 *
 * <p>Flow: an address → its host's addresses, each looked at → a connection to one of these, and to no other → the answer within limits of size and
 * time; where it leads elsewhere, the same again.
 *
 * <p>Invariant: what is connected to is the very address that was looked at, so no second answer of a name server counts.
 */
package io.fovea.fetch;
