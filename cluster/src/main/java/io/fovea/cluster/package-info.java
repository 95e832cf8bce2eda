/**
 * Apache Spark asks models about pictures: as rows of a dataset, in SQL, or for {@code fovea predict --on}.
 *
 * <p>Main types: {@link io.fovea.cluster.PictureTransformer} (datasets), {@link io.fovea.cluster.PictureFunctions} (SQL),
 * {@link io.fovea.cluster.SparkScoring} (the command's door).
 * <p>What is elsewhere than on this machine is asked of Hadoop, by {@code Storage}: a model is fetched ({@code ModelAddress}), pictures and the table are not.
 * <p>Flow: words → {@code PictureListing} on the driver → slices as tasks → on each executor one {@code ExecutorModel}, which replays its golden
 * pictures first → {@code AnswerColumns} make rows → {@code ScoringRun} writes them in the pictures' order, as an {@code AnswerTable}.
 * <p>Invariant: pictures are decoded by {@code codec} alone; what is wrong with one is its row, what is wrong with a machine ends the job.
 */
package io.fovea.cluster;
