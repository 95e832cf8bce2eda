package io.fovea.junit;

import io.fovea.predict.Decoder;
import io.fovea.predict.Model;
import io.fovea.problem.Problem;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;

/** Fills parameters with the model under test, and measures it as annotations ask. The annotations bring it along. */
public final class ModelExtension implements ParameterResolver, BeforeTestExecutionCallback {

    /** Made by JUnit. */
    public ModelExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Model.class || Decoder.class.isAssignableFrom(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        try {
            TestedModel model = TestedModel.of(context);
            Decoder decoder = model.decoder(context);
            if (type == Model.class) return decoder.model();
            if (type.isInstance(decoder)) return decoder;
            throw new Problem(
                    "Expected a " + type.getSimpleName() + ", found a model for "
                            + decoder.manifest().task().word() + ", whose decoder is a "
                            + decoder.getClass().getSimpleName(),
                    model.file().toString(),
                    "let the parameter be a " + decoder.getClass().getSimpleName() + " or a Decoder");
        } catch (Problem problem) {
            throw new ParameterResolutionException(problem.threeLines(), problem);
        }
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) throws InterruptedException {
        Method method = context.getRequiredTestMethod();
        Findings findings = new Findings(context);
        try {
            var floor = AnnotationSupport.findAnnotation(method, AccuracyFloor.class);
            if (floor.isPresent()) AccuracyCheck.of(floor.get()).check(TestedModel.of(context), context, findings);
            var ceiling = AnnotationSupport.findAnnotation(method, LatencyCeiling.class);
            if (ceiling.isPresent()) LatencyCheck.of(ceiling.get()).check(TestedModel.of(context), context, findings);
            var leak = AnnotationSupport.findAnnotation(method, NoNativeLeak.class);
            if (leak.isPresent()) LeakCheck.of(leak.get()).check(TestedModel.of(context), findings);
        } catch (Problem problem) {
            throw new AssertionFailedError(problem.threeLines(), problem);
        }
    }
}
