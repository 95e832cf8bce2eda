/**
 * Pictures on their way into the workspace: uploads, folders to choose from, and looks at what they are before anything is imported.
 *
 * <p>Main types: {@link io.fovea.intake.Uploads}, {@link io.fovea.intake.OpenFolders}, {@link io.fovea.intake.SourceLooks}, {@link io.fovea.intake.RecordedImport}.
 *
 * <p>Flow: a folder or an archive from a browser is unpacked into {@code workbench/uploads}, or a folder of the machine is named → a look says what it is
 * → the job that imports it.
 *
 * <p>Invariant: the server decodes no picture of a source, workers do; an upload is there as a whole or not at all; nothing outside of the open folders is listed.
 */
package io.fovea.intake;
