/**
 * Files that are there complete or not at all.
 *
 * <p>Main type: {@link io.fovea.file.AtomicFile} (writes beside the target and moves into place), {@link
 * io.fovea.file.NativeLibraries} (unpacks all of a package before any is loaded), {@link io.fovea.file.TextFile} (lines in
 * the encoding that they are in), {@link io.fovea.file.RawName} (names that need not be text), {@link io.fovea.file.FileTree} (folders
 * with all that is in them).
 *
 * <p>Flow: any room that writes a file hands its content here; a killed process leaves the old file as it was.
 */
package io.fovea.file;
