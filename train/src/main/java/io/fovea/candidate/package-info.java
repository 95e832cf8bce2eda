/**
 * What candidates for kernels are judged by: the squared error of a head in closed form on the maps that they give, computed here or by other processes.
 *
 * <p>Main types: {@link io.fovea.candidate.Kernels} and a {@link io.fovea.candidate.Block} of them that is searched, {@link
 * io.fovea.candidate.FeatureMaps} (what kernels see), {@link io.fovea.candidate.CandidateLosses} (how good candidates are).
 *
 * <p>Flow: a {@link io.fovea.candidate.Basis} (kernels, head, pictures) and its {@link io.fovea.candidate.Candidates} → {@link
 * io.fovea.candidate.LossesHere}, or {@link io.fovea.candidate.LossesElsewhere}: a question for each process, about all candidates and some of the pictures →
 * {@link io.fovea.candidate.CandidateAnswers} → {@link io.fovea.product.ChunkSums} → a loss for each candidate.
 *
 * <p>Invariant: losses have the same bits whoever computes them, on however many threads and processes: only sums of the same few pictures are ever made
 * apart, and they are added in the pictures' order.
 */
package io.fovea.candidate;
