/**
 * A user-facing error: what is wrong, where, what to do.
 *
 * <p>Main types: {@link io.fovea.problem.Problem} (the three parts), {@link io.fovea.problem.Nearest} (the name that was
 * probably meant).
 *
 * <p>Flow: any room throws a problem where the user's input meets it; the command line prints it, the server sends it.
 */
package io.fovea.problem;
