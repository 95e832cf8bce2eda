/**
 * What models say about pictures that people name: in words, as JSON, as drawings, whatever the task; of many pictures as a table.
 * <p>Main types: {@link io.fovea.answer.NamedPictures}, {@link io.fovea.answer.PictureAnswers}, {@link io.fovea.answer.AnswerFiles};
 * {@link io.fovea.answer.ManyPictures}, {@link io.fovea.answer.ManyAnswers}, {@link io.fovea.answer.AnswerTable}.
 * <p>Flow: words become files; of each a model's answer is asked for, which is told, and drawn if that is wanted.
 */
package io.fovea.answer;
