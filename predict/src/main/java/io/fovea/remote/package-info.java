/**
 * Parts of one work done by processes of Fovea on other machines.
 *
 * <p>Main types: {@link RemoteProcesses} (the processes, as whoever has the work sees them), {@link Answerer} (what such a process does), {@link
 * ChildProcess} and {@link AnsweringProcess} (the two ends of the pipe between a process and the one that started it).
 * <p>Flow: a question, bytes → the machines' scheduler → {@link ChildProcess} on a machine → {@link AnsweringProcess} → {@link Answerer} → bytes
 * back; meanwhile what it tells, files of whoever asked that it looks for, and words that processes asked together say to each other.
 * <p>Invariant: a question is answered once for whoever asked, however often a machine was lost on the way.
 */
package io.fovea.remote;
