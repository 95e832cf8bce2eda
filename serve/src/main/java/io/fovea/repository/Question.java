package io.fovea.repository;

import io.fovea.predict.PlacedPicture;
import io.fovea.predict.Tensor;
import java.util.List;

/** What a model is asked in a batch. */
sealed interface Question {

    /** What it says about pictures. */
    record OfPictures(List<PlacedPicture> pictures) implements Question {}

    /** What it says about pictures, and which references decided. */
    record OfNeighbours(List<PlacedPicture> pictures) implements Question {}

    /** Its outputs by name for an input [N, C, H, W]. */
    record OfTensor(Tensor input, List<String> outputs) implements Question {}
}
