/**
 * The terminal: results on stdout, words for whoever waits on stderr, bars that are drawn over, Ctrl-C, exit codes.
 *
 * <p>Main types: {@link io.fovea.terminal.Console} (where words go), {@link io.fovea.terminal.JobConsole} (a job's events as bars and lines),
 * {@link io.fovea.terminal.Interruption} (Ctrl-C ends a run after a checkpoint).
 *
 * <p>Invariant: results that are lost make a failure of the command, whatever else it did.
 */
package io.fovea.terminal;
