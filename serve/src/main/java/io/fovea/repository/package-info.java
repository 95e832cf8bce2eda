/**
 * Models that answer requests: found in folders, proven on their golden pictures, warmed, replaced while requests go on.
 *
 * <p>Main types: {@link io.fovea.repository.ModelRepository} (all of them), {@link io.fovea.repository.LoadedModel} (one version that
 * answers), {@link io.fovea.repository.ModelCall} (a request's place at it).
 *
 * <p>Flow: folders and files → {@link io.fovea.repository.FoundVersion} → bundle, golden pictures, warm-up → {@code LoadedModel} → a call
 * takes a place, prepares its pictures and asks, together with others.
 *
 * <p>Invariant: a version answers only after all its golden pictures came out as they should; until then, and if they do not, the one before
 * goes on.
 */
package io.fovea.repository;
