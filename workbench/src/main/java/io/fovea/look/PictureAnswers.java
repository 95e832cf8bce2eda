package io.fovea.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.codec.PictureDecoder;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.worker.Answer;
import java.util.Map;

/** Pictures that people gave, for browsers that may not know their format. */
final class PictureAnswers {

    /** What problems call a picture whose file the server named. */
    static final String CALLED = "the picture";

    Answer about(JsonNode fields) {
        Pixels picture = decoded(fields);
        return LookJson.answer(Map.of("height", picture.height(), "width", picture.width()));
    }

    Answer png(JsonNode fields) {
        Pixels picture = decoded(fields);
        return LookJson.png(Thumbnail.of(picture, fields.path("side").asInt()));
    }

    Answer filePng(JsonNode fields) {
        Pixels picture = PictureDecoder.decode(LookJson.path(fields, "file"), ColorMode.COLOR);
        return LookJson.png(Thumbnail.of(picture, fields.path("side").asInt()));
    }

    private static Pixels decoded(JsonNode fields) {
        return PictureDecoder.decode(KeptPictures.bytes(LookJson.path(fields, "picture")), CALLED, ColorMode.COLOR);
    }
}
