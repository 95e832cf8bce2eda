/**
 * Projects of other tools taken over: networks with their weights, class names, preparation and pictures, with a report of what came along, what changed
 * and what was left.
 *
 * <p>Main types: {@link io.fovea.adopt.Adoption} (a project, read), {@link io.fovea.adopt.ProjectKind} (where it comes from),
 * {@link io.fovea.adopt.AdoptionLine} (what became of a part), {@link io.fovea.adopt.AdoptedModel} (a model ready to be written).
 *
 * <p>Flow: folder, file or archive → what the tool's documentation says is in it → a network of Fovea's layers where they are known, else the ONNX graph
 * as it is → compared with the original where that runs here → bundle; pictures go to the importer. No code of a project is run.
 */
package io.fovea.adopt;
