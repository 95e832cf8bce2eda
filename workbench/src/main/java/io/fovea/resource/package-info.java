/**
 * What the workspace holds, as REST answers with it: datasets, jobs, models, networks.
 *
 * <p>Main types: {@link io.fovea.resource.DatasetAnswers}, {@link io.fovea.resource.JobAnswers}, {@link io.fovea.resource.ModelAnswers},
 * {@link io.fovea.resource.NetworkAnswers}, {@link io.fovea.resource.SettingAnswers}.
 *
 * <p>Answers are maps, lists, texts and numbers in the order of {@code openapi.json}, which describes each of them; they know nothing of HTTP.
 */
package io.fovea.resource;
