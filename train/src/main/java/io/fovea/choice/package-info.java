/**
 * What is meant by a word, and what is taken where nobody chose.
 *
 * <p>Main types: {@link io.fovea.choice.NetworkProposal} (a network for pictures), {@link io.fovea.choice.Beginning} (usual settings),
 * {@link io.fovea.choice.HeadChoice} (what a training's settings mean for a head on features), {@link io.fovea.choice.ImportChoice} (an import's),
 * {@link io.fovea.choice.ModelFile} (a model by its name).
 */
package io.fovea.choice;
