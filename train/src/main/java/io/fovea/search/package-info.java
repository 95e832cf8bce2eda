/**
 * Minimising a function of which only values are known: ask for candidates, tell their fitness, ask again.
 *
 * <p>Main types: {@link io.fovea.search.Search} (the contract), {@link io.fovea.search.Searches} (the algorithms by name),
 * {@link io.fovea.search.SearchSettings} (where and how wide to begin), {@link io.fovea.search.SearchState} (a search to go on with later).
 *
 * <p>Flow: settings → a search from the catalogue → {@code ask()} gives a generation [λ, n] → the caller evaluates it as it
 * likes → {@code tell(fitness)} [λ] → until the caller or a {@link io.fovea.search.StopReason} ends it → {@code mean()} or {@code best()}.
 *
 * <p>Invariants: a lower fitness is better; equal settings and equal fitness give equal bits; a search knows vectors, not what they
 * mean; it has no thread, no clock and no output.
 */
package io.fovea.search;
