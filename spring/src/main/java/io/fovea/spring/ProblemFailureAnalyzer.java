package io.fovea.spring;

import io.fovea.problem.Problem;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells a problem that stopped the start as Spring Boot tells such things: description and action, without a stack trace. */
final class ProblemFailureAnalyzer extends AbstractFailureAnalyzer<Problem> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, Problem problem) {
        return new FailureAnalysis(problem.what() + "\n\n    where: " + problem.where(), problem.remedy(), problem);
    }
}
