package io.fovea.answer;

import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.predict.Answer;
import io.fovea.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where an answer that is a picture goes.
 *
 * @param answer  the file for the answer itself
 * @param overlay the file for the answer over its picture
 */
public record AnswerFiles(Optional<Path> answer, Optional<Path> overlay) {

    /** Whether any file is wanted. */
    public boolean isWanted() {
        return answer.isPresent() || overlay.isPresent();
    }

    /**
     * Writes the files that are wanted.
     *
     * @param picture that the answer is about
     * @return fields of JSON that name them
     * @throws Problem if one cannot be written
     */
    Map<String, Object> write(Answer said, Path picture) {
        Map<String, Object> written = new LinkedHashMap<>();
        answer.ifPresent(file -> {
            PngWriter.write(said.png().orElseThrow(), file);
            written.put("out", file.toString());
        });
        overlay.ifPresent(file -> {
            PngWriter.write(
                    said.overlay(PictureDecoder.decode(picture, ColorMode.COLOR))
                            .orElseThrow(),
                    file);
            written.put("overlay", file.toString());
        });
        return written;
    }
}
