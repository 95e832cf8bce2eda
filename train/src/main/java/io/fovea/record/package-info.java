/**
 * Records of settings as YAML that people write, and back with checked names, types and ranges.
 *
 * <p>Main types: {@link io.fovea.record.RecordYaml} (text and trees), {@link io.fovea.record.RecordTree} (trees and records),
 * {@link io.fovea.record.Place} (where in a file something stands).
 *
 * <p>Invariant: what a record says is what its YAML says; a name that no record has is refused with the nearest one that there is.
 */
package io.fovea.record;
