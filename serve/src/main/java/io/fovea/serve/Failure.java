package io.fovea.serve;

import io.fovea.batching.Rejection;
import io.fovea.problem.Problem;
import io.fovea.repository.ModelAbsence;
import io.fovea.repository.ModelFailure;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;

/**
 * What went wrong with a request, for every protocol.
 *
 * @param status  of HTTP
 * @param problem in three parts
 */
record Failure(int status, Problem problem) {

    /** Returns the failure that an exception means; empty if nobody waits to hear of it. */
    static Optional<Failure> of(Throwable thrown) {
        return Optional.ofNullable(
                switch (thrown) {
                    case Refusal refusal -> new Failure(refusal.status(), refusal.problem());
                    case Problem problem -> new Failure(400, problem);
                    case ModelAbsence absence ->
                        new Failure(absence.kind() == ModelAbsence.Kind.UNKNOWN ? 404 : 503, absence.problem());
                    case ModelFailure failure -> new Failure(500, failure.problem());
                    case Rejection rejection -> of(rejection);
                    case HttpException malformed ->
                        new Failure(
                                malformed.getCode(),
                                new Problem(
                                        "The request is no HTTP that this server reads: " + malformed.getReason() + ".",
                                        "the request",
                                        "mend the request",
                                        thrown));
                    case OutOfMemoryError full ->
                        new Failure(
                                503,
                                new Problem(
                                        "The memory of the server is full.",
                                        "the server",
                                        "send less at once, or give the server more: FOVEA_JVM_OPTIONS=-Xmx4g",
                                        full));
                    default ->
                        new Failure(
                                500,
                                new Problem(
                                        "The server failed in a way it did not foresee: "
                                                + thrown.getClass().getSimpleName() + ".",
                                        thrown.getStackTrace().length == 0
                                                ? "unknown"
                                                : thrown.getStackTrace()[0].toString(),
                                        "report it with the request",
                                        thrown));
                });
    }

    private static Failure of(Rejection rejection) {
        return switch (rejection.reason()) {
            case FULL ->
                new Failure(429, problem(rejection, "ask again in a moment, or serve with more places (--queue)"));
            case TOO_LARGE -> new Failure(413, problem(rejection, "send fewer pictures at once"));
            case LATE -> new Failure(503, problem(rejection, "ask again in a moment, or allow it more time"));
            case CLOSED -> new Failure(503, problem(rejection, "ask again in a moment"));
            case GONE -> null;
        };
    }

    private static Problem problem(Rejection rejection, String remedy) {
        return new Problem(rejection.getMessage(), "the request", remedy);
    }

    /** Returns whether asking again may help. */
    boolean passes() {
        return status == 429 || status == 503;
    }
}
