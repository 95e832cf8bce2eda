package io.fovea.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.worker.Answer;
import io.fovea.worker.WorkerProcess;
import java.io.IOException;

/** The process that answers about models and pictures. Used by one thread. */
public final class LookWorker implements WorkerProcess.Answerer {

    private final PictureAnswers pictures = new PictureAnswers();
    private final PredictionAnswers predictions = new PredictionAnswers();
    private final LayerAnswers layers = new LayerAnswers();

    private LookWorker() {}

    /**
     * Answers until the input ends.
     *
     * @param arguments the stream for answers
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        WorkerProcess.run(new LookWorker(), arguments[0]);
    }

    @Override
    public Answer answer(String what, JsonNode fields, byte[] bytes) throws IOException {
        return switch (what) {
            case "picture" -> pictures.about(fields);
            case "png" -> pictures.png(fields);
            case "filePng" -> pictures.filePng(fields);
            case "load" -> predictions.loaded(fields);
            case "predict" -> predictions.said(fields, bytes);
            case "layers" -> layers.all(fields);
            case "prepared" -> layers.prepared(fields);
            case "maps" -> layers.maps(fields);
            case "map" -> layers.map(fields);
            case "arithmetic" -> layers.arithmetic(fields);
            case "gradCam" -> layers.gradCam(fields);
            case "occlusion" -> layers.occlusion(fields);
            case "filters" -> layers.filters(fields);
            default -> throw new IllegalArgumentException("Nobody knows the question \"" + what + "\"");
        };
    }
}
