package io.fovea.spring;

import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds if any model is named. */
final class ModelsCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean named = Binder.get(context.getEnvironment())
                .bind(FoveaSettings.PREFIX + ".models", Bindable.mapOf(String.class, Object.class))
                .map(models -> !models.isEmpty())
                .orElse(false);
        return new ConditionOutcome(named, (named ? "found" : "did not find") + " properties fovea.models.*");
    }
}
