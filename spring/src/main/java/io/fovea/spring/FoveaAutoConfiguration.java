package io.fovea.spring;

import io.fovea.predict.PredictionListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Sets up what {@code fovea.models} names; without it nothing. */
@AutoConfiguration
@Conditional(ModelsCondition.class)
@EnableConfigurationProperties(FoveaSettings.class)
@Import(ModelRegistrar.class)
public final class FoveaAutoConfiguration {

    /** Made by Spring. */
    public FoveaAutoConfiguration() {}

    /** Health, where the application has Spring Boot's. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CompositeHealthContributor.class)
    static class HealthConfiguration {

        @Bean
        @ConditionalOnEnabledHealthIndicator("fovea")
        CompositeHealthContributor foveaHealthContributor(Map<String, ConfiguredModel> models, FoveaSettings settings) {
            Map<String, ModelHealth> health = new LinkedHashMap<>();
            models.values()
                    .forEach(model -> health.put(
                            model.name(),
                            new ModelHealth(model, settings.health().replayEvery())));
            return CompositeHealthContributor.fromMap(health);
        }
    }

    /** Meters, where the application has Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MeterConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ModelListeners foveaModelListeners(ObjectProvider<MeterRegistry> registries) {
            return name -> {
                MeterRegistry registry = registries.getIfAvailable();
                return registry == null ? PredictionListener.NONE : new ModelMeters(name, registry);
            };
        }
    }
}
