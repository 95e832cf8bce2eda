/**
 * The project folder on disk; the only place that builds paths inside it.
 *
 * <p>Main types: {@link io.fovea.workspace.Workspace} (the folder), {@link io.fovea.workspace.Shelf} (its parts).
 *
 * <p>Flow: {@code --workspace}, {@code $FOVEA_WORKSPACE} or {@code ~/fovea} → {@code Workspace} → paths of datasets, runs and models.
 */
package io.fovea.workspace;
