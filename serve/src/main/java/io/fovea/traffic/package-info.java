/**
 * Which version answers a request, where one name stands for several: split by weights, and mirrored to a shadow.
 *
 * <p>Main types: {@link io.fovea.traffic.Traffic} (what routes requests, and can be changed while it does),
 * {@link io.fovea.traffic.TrafficPlan} (what is wanted of one name).
 *
 * <p>Flow: a request with a name and no version → the plan's point for it, of its key or of its number → the target at that point, or the next
 * that answers → its answer, and after that a question to the shadow, in a thread of its own → both compared and counted.
 *
 * <p>Invariant: a shadow takes no place, begins only while no request waits, and nothing that goes wrong with it reaches a client.
 */
package io.fovea.traffic;
