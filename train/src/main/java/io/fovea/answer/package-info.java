/**
 * What a model says about pictures that people name: in words, as JSON, as drawings; whatever its task.
 * <p>Main types: {@link io.fovea.answer.NamedPictures}, {@link io.fovea.answer.PictureAnswers}, {@link io.fovea.answer.AnswerFiles}.
 * <p>Flow: words become files; of each a model's answer is asked for, which is told, and drawn if that is wanted.
 */
package io.fovea.answer;
