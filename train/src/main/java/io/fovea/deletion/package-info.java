/**
 * What is deleted from a workspace: what that frees, who needs it, and what is in the way.
 *
 * <p>Main types: {@link io.fovea.deletion.Deletions} (looks and deletes), {@link io.fovea.deletion.Deletion} (what was looked at).
 *
 * <p>Invariant: all of it is deleted or none; nothing is deleted that a process works on, that waits, or that an unfinished job needs; links are deleted
 * and what they lead to stays.
 */
package io.fovea.deletion;
