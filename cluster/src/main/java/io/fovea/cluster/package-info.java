/**
 * Apache Spark asks models about pictures: as rows of a dataset, in SQL, or for {@code fovea predict --on}; and it begins processes of Fovea beside its
 * executors for whoever has a work to share out.
 *
 * <p>Main types: {@link io.fovea.cluster.PictureTransformer} (datasets), {@link io.fovea.cluster.PictureFunctions} (SQL),
 * {@link io.fovea.cluster.SparkScoring} (the command's door), {@link io.fovea.cluster.SparkProcesses} (processes).
 * <p>What is elsewhere than on this machine is asked of Hadoop, by {@code Storage}: a model is fetched ({@code ModelAddress}), pictures and the table are not.
 * <p>Flow: words → {@code PictureListing} on the driver → slices as tasks → on each executor one {@code ExecutorModel}, which replays its golden
 * pictures first → {@code AnswerColumns} make rows → {@code ScoringRun} writes them in the pictures' order, as an {@code AnswerTable}.
 * <p>Processes: questions → {@code Seats}, which hands them to tasks that stay, or a task for each in a barrier stage → {@code QuestionWork} on an executor → a
 * process by the driver's {@code Program} → {@code Beat}s to the {@code DriverEndpoint}, and the answer with the next {@code Turn}, or as the task's result.
 * Libraries and places that the machine lacks ({@code HandedFile}, {@code HandedPlace}) are fetched from the driver into a {@code FetchedFolder}.
 * <p>Invariant: pictures are decoded by {@code codec} alone; what is wrong with one is its row, what is wrong with a machine ends the job, or has Spark
 * leave it out ({@code LeftOut}).
 */
package io.fovea.cluster;
