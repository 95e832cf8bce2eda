/**
 * The Open Inference Protocol (KServe v2) over REST: bytes to requests, answers to bytes. Pure functions; no HTTP.
 *
 * <p>Main types: {@link io.fovea.kserve.InferReader}, {@link io.fovea.kserve.InferWriter}, {@link io.fovea.kserve.KserveWords} (metadata and
 * statistics).
 *
 * <p>Source: kserve/open-inference-protocol, specification/protocol/inference_rest.md; Triton's extensions for binary tensors, classification,
 * statistics and the repository (triton-inference-server/server, docs/protocol).
 */
package io.fovea.kserve;
