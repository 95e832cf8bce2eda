package io.fovea.spring;

import io.fovea.predict.Decoder;
import io.fovea.predict.Model;
import io.fovea.predict.PredictionListener;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Gives each model that properties name its beans. Their types must be known before any bean is made, so the files are read here. */
final class ModelRegistrar implements ImportBeanDefinitionRegistrar {

    private final Environment environment;
    private final BeanFactory beans;

    ModelRegistrar(Environment environment, BeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        Binder.get(environment)
                .bind(FoveaSettings.PREFIX, FoveaSettings.class)
                .get()
                .models()
                .forEach((name, settings) -> register(new ConfiguredModel(name, settings), registry));
    }

    private void register(ConfiguredModel model, BeanDefinitionRegistry registry) {
        RootBeanDefinition configured = new RootBeanDefinition(ConfiguredModel.class, () -> model);
        configured.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
        registry.registerBeanDefinition("fovea." + model.name(), configured);
        registry.registerBeanDefinition(model.name(), decoder(model.type(), model));
        registry.registerBeanDefinition(model.name() + "Model", new RootBeanDefinition(Model.class, () -> beans.getBean(
                        model.name(), Decoder.class)
                .model()));
    }

    private <T extends Decoder> RootBeanDefinition decoder(Class<T> type, ConfiguredModel model) {
        RootBeanDefinition definition = new RootBeanDefinition(type, () -> type.cast(model.load(listener(model))));
        definition.setDestroyMethodName("close");
        return definition;
    }

    private PredictionListener listener(ConfiguredModel model) {
        ModelListeners listeners = beans.getBeanProvider(ModelListeners.class).getIfAvailable();
        return listeners == null ? PredictionListener.NONE : listeners.of(model.name());
    }
}
