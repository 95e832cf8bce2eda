/**
 * What people add to datasets, runs and models: tags, notes and owners, in a database that may be deleted without loss of work.
 *
 * <p>Main types: {@link io.fovea.note.Note}, {@link io.fovea.note.Notes}, {@link io.fovea.note.Owners}, {@link io.fovea.note.NoteTables} (SQLite or
 * PostgreSQL).
 *
 * <p>Invariant: nothing is held here that a folder of the workspace says.
 */
package io.fovea.note;
