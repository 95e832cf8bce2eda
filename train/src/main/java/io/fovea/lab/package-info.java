/**
 * What the labs learn and how: each is a recipe in a file beside this package, {@code mnist.yaml} and others, of pictures, networks and settings.
 * <p>Main types: {@link io.fovea.lab.Recipe} (what a file says), {@link io.fovea.lab.Choice} (what a person chose over it),
 * {@link io.fovea.lab.Site} (where it is done), {@link io.fovea.lab.NetworkLab}, {@link io.fovea.lab.PhotographLab},
 * {@link io.fovea.lab.SegmentationLab}, {@link io.fovea.lab.DenoiseLab} and {@link io.fovea.lab.HybridLab}.
 * <p>Flow: pictures are found, fetched or drawn and imported once; trainings are jobs that go on where they stood; what they gave becomes a result
 * with its JSON. What happens is told to an {@link io.fovea.event.EventListener}.
 */
package io.fovea.lab;
