package io.fovea.serve;

import io.fovea.problem.Problem;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** What went wrong as gRPC tells it: a code, and the three parts in one text. */
final class GrpcStatus {

    private GrpcStatus() {}

    static Status of(Throwable thrown) {
        return Failure.of(thrown).map(GrpcStatus::of).orElse(Status.CANCELLED.withDescription("The caller has gone."));
    }

    private static Status of(Failure failure) {
        Problem problem = failure.problem();
        return code(failure.status())
                .withDescription(problem.what() + " (" + problem.where() + "): " + problem.remedy())
                .withCause(problem);
    }

    private static Status code(int status) {
        return switch (status) {
            case 401 -> Status.UNAUTHENTICATED;
            case 403 -> Status.PERMISSION_DENIED;
            case 404 -> Status.NOT_FOUND;
            case 408 -> Status.DEADLINE_EXCEEDED;
            case 429 -> Status.RESOURCE_EXHAUSTED;
            case 503 -> Status.UNAVAILABLE;
            default -> status < 500 ? Status.INVALID_ARGUMENT : Status.INTERNAL;
        };
    }

    /** Answers a call with a message, or with what went wrong. */
    static <A> void answer(StreamObserver<A> answers, Supplier<A> message) {
        try {
            answers.onNext(message.get());
            answers.onCompleted();
        } catch (RuntimeException | Error thrown) {
            answers.onError(of(thrown).asRuntimeException());
        }
    }
}
