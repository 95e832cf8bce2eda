/**
 * The {@code fovea} command: one class per verb.
 *
 * <p>Main types: {@link io.fovea.cli.Main} (start, exit codes), {@link io.fovea.cli.Verb} (what each verb is).
 *
 * <p>Flow: arguments → verb → library → results on stdout, progress and problems on stderr, exit code.
 */
package io.fovea.cli;
