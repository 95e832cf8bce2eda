/**
 * Models as beans of a Spring Boot application: {@code fovea.models.NAME.path} is all that it takes.
 *
 * <p>Main types: {@link io.fovea.spring.FoveaAutoConfiguration} (what is set up, and when), {@link io.fovea.spring.FoveaSettings} (the properties),
 * {@link io.fovea.spring.ModelHealth} (golden pictures replayed while the application runs), {@link io.fovea.spring.ModelMeters} (times and counts).
 *
 * <p>Flow: properties → a bean {@code NAME} of the decoder that the model's task asks for and a bean {@code NAMEModel} beneath it → loaded and
 * proven before the application is up → used by controllers → closed with the application.
 *
 * <p>Invariant: a model that cannot be what it is said to be stops the start, with what, where and what to do in Spring's own report.
 */
package io.fovea.spring;
