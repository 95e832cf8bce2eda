package io.fovea.event;

import io.fovea.task.Measure;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What happened in the training of a network.
 */
public sealed interface TrainingEvent extends Event {

    /**
     * The first event of a run, or of its continuation.
     *
     * @param number             of the event
     * @param at                 when
     * @param network            its name
     * @param parameters         P
     * @param trainedParameters  of these, those that learn; 0 in logs of versions that did not tell
     * @param trainPictures      per epoch
     * @param validationPictures 0 if there are none
     * @param epochs             planned
     * @param stepsPerEpoch      steps in an epoch
     * @param seed               as set or drawn
     * @param engine             what really computes
     * @param keptLayers         how many frozen convolutions and dense layers were computed once for all epochs; 0 if none
     * @param firstStep          0, or the steps done before a continuation
     */
    record RunStarted(
            long number,
            Instant at,
            String network,
            long parameters,
            long trainedParameters,
            int trainPictures,
            int validationPictures,
            int epochs,
            int stepsPerEpoch,
            long seed,
            String engine,
            int keptLayers,
            long firstStep)
            implements TrainingEvent {}

    /**
     * The weights that a run was given to begin with were validated, before the first step: they count as epoch 0.
     *
     * @param number         of the event
     * @param at             when
     * @param validationLoss as in {@link EpochFinished}
     * @param validation     measures, as in {@link EpochFinished}
     */
    record StartJudged(long number, Instant at, double validationLoss, List<Measure> validation)
            implements TrainingEvent {
        /** Copies. */
        public StartJudged {
            validation = List.copyOf(validation);
        }
    }

    /**
     * Something is done otherwise than the settings say; sent after {@link RunStarted}.
     *
     * @param number of the event
     * @param at     when
     * @param remark a sentence or two for people
     */
    record Remarked(long number, Instant at, String remark) implements TrainingEvent {}

    /**
     * Some steps were made; sent about a hundred times per epoch, not for every step.
     *
     * @param number          of the event
     * @param at              when
     * @param epoch           from 1
     * @param step            steps done since the start of the run
     * @param loss            mean over the pictures since the event before
     * @param measures        of the training pictures since the event before, as seen in training
     * @param learningRate    of the last step
     * @param imagesPerSecond since the event before
     */
    record StepFinished(
            long number,
            Instant at,
            int epoch,
            long step,
            double loss,
            List<Measure> measures,
            double learningRate,
            double imagesPerSecond)
            implements TrainingEvent {
        /** Copies. */
        public StepFinished {
            measures = List.copyOf(measures);
        }
    }

    /**
     * An epoch is over and was validated.
     *
     * <p>Measures are those of the task, first the one that runs are compared by: the accuracy of a classification, the error of a regression
     * (the mean of |value − true value| over pictures and targets, in the targets' own unit, such as pixels).
     *
     * @param number          of the event
     * @param at              when
     * @param epoch           from 1
     * @param step            steps done since the start of the run
     * @param trainLoss       mean over the epoch
     * @param train           measures over the epoch, as seen in training
     * @param validationLoss  empty without validation pictures
     * @param validation      measures; empty without validation pictures
     * @param learningRate    of the last step
     * @param imagesPerSecond over this epoch's training, validation left out
     * @param best            whether this is the best epoch so far
     */
    record EpochFinished(
            long number,
            Instant at,
            int epoch,
            long step,
            double trainLoss,
            List<Measure> train,
            OptionalDouble validationLoss,
            List<Measure> validation,
            double learningRate,
            double imagesPerSecond,
            boolean best)
            implements TrainingEvent {
        /** Copies. */
        public EpochFinished {
            train = List.copyOf(train);
            validation = List.copyOf(validation);
        }
    }

    /**
     * What the validated network says of validation pictures; sent before the {@link EpochFinished} of the same epoch. Of epoch 0 if the weights
     * were given that a run begins with.
     *
     * @param number    of the event
     * @param at        when
     * @param epoch     finished epochs, this one counted
     * @param step      steps done since the start of the run
     * @param samples   answers to a few pictures, the same in every epoch; empty where answers are pictures themselves
     * @param confusion [K, K] how many pictures of each true class (rows) were taken for each class, or how many pixels where those have the
     *                  classes; empty where there are none, or more than {@value #MOST_CLASSES}
     */
    record PicturesAnswered(
            long number, Instant at, int epoch, long step, List<SampleAnswer> samples, List<List<Long>> confusion)
            implements TrainingEvent {
        /** A table of more classes is no picture of anything. */
        public static final int MOST_CLASSES = 50;

        /** Copies. */
        public PicturesAnswered {
            samples = List.copyOf(samples);
            confusion = confusion.stream().map(List::copyOf).toList();
        }
    }

    /**
     * An answer to a picture.
     *
     * @param position of the picture in its part of the dataset
     * @param source   where it came from
     * @param guesses  of a classification the most probable classes, the best first; of a regression all values
     */
    record SampleAnswer(int position, String source, List<Guess> guesses) {
        /** Copies. */
        public SampleAnswer {
            guesses = List.copyOf(guesses);
        }
    }

    /**
     * A number of an answer.
     *
     * @param output its position among classes or targets
     * @param value  the probability, or the value in the target's own unit
     */
    record Guess(int output, double value) {}

    /**
     * What the process takes of the machine; told with every checkpoint.
     *
     * @param number     of the event
     * @param at         when
     * @param step       steps done since the start of the run
     * @param processors that are busy with it, since it was told last; below 0 where the system does not tell
     * @param bytes      of memory that it holds; 0 where the system does not tell
     */
    record MachineUsed(long number, Instant at, long step, double processors, long bytes) implements TrainingEvent {}

    /**
     * The run can go on from here.
     *
     * @param number of the event
     * @param at     when
     * @param epoch  finished epochs
     * @param step   steps done since the start of the run
     */
    record CheckpointSaved(long number, Instant at, int epoch, long step) implements TrainingEvent {}

    /**
     * Weights were written that later ones do not replace.
     *
     * @param number of the event
     * @param at     when
     * @param epochs trained until then, perhaps with a fraction
     * @param step   steps done since the start of the run
     * @param file   the file's name within {@code checkpoints}
     */
    record SnapshotSaved(long number, Instant at, double epochs, long step, String file) implements TrainingEvent {}

    /**
     * The last event of a run, or of one of its parts.
     *
     * @param number          of the event
     * @param at              when
     * @param outcome         how it ended
     * @param epochs          finished in all
     * @param steps           done in all
     * @param seconds         spent on training, all parts of the run together
     * @param imagesPerSecond over these seconds
     */
    record RunFinished(
            long number, Instant at, Outcome outcome, int epochs, long steps, double seconds, double imagesPerSecond)
            implements TrainingEvent {}

    /** How a run ended. */
    enum Outcome {
        /** All epochs were made. */
        COMPLETED,
        /** Validation stopped getting better. */
        EARLY_STOPPED,
        /** The user asked for it; a checkpoint was saved. */
        STOPPED,
        /** The loss became no number; the last good checkpoint is kept. */
        DIVERGED
    }
}
