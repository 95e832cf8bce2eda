/**
 * What vectors and their classes tell without a gradient: clusters, least squares, discriminants, prototypes. Works on rows of numbers.
 *
 * <p>Main types: {@link io.fovea.statistic.KMeans} and {@link io.fovea.statistic.SphericalKMeans} (clusters), {@link io.fovea.statistic.Scatter} and
 * {@link io.fovea.statistic.GroupMeans} (what is summed once over all vectors), {@link io.fovea.statistic.Ridge} and {@link
 * io.fovea.statistic.Discriminants} (a {@link io.fovea.statistic.LinearHead} in closed form), {@link io.fovea.statistic.Prototypes} and {@link
 * io.fovea.statistic.PrototypeRefinement} (few rows that stand for many).
 *
 * <p>Flow: features [N, D] → scatter and means of groups → a linear head, or a projection to codes → prototypes of each class.
 *
 * <p>Invariant: the result depends on the vectors and the seed, not on the number of threads.
 */
package io.fovea.statistic;
