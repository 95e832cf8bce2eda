package io.fovea.serve;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/** The pictures in a body: the body itself, or the files of a form. */
final class Pictures {

    private static final int MOST_FILES = 1_000;

    /**
     * A picture file.
     *
     * @param name what the client calls it
     */
    record Picture(String name, byte[] bytes) {}

    private final boolean isForm;
    private final List<Picture> all;

    private Pictures(boolean isForm, List<Picture> all) {
        this.isForm = isForm;
        this.all = all;
    }

    /** Returns whether they came as a form, which may hold several. */
    boolean isForm() {
        return isForm;
    }

    List<Picture> all() {
        return all;
    }

    /**
     * Reads a body.
     *
     * @param name of a picture that is the body
     * @throws Problem if it is a form without files
     */
    static Pictures of(Exchange exchange, String name) {
        String type = exchange.header("Content-Type").orElse("");
        boolean isForm = type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
        byte[] body = exchange.body();
        if (!isForm) return new Pictures(false, List.of(new Picture(name, body)));
        return new Pictures(true, files(body, type));
    }

    private static List<Picture> files(byte[] body, String type) {
        MultiPartConfig config = new MultiPartConfig.Builder()
                .maxParts(MOST_FILES)
                .maxSize(Bodies.MOST_BYTES)
                .maxPartSize(Bodies.MOST_BYTES)
                .maxMemoryPartSize(Bodies.MOST_BYTES)
                .useFilesForPartsWithoutFileName(false)
                .build();
        List<Picture> files = new ArrayList<>();
        try (MultiPartFormData.Parts parts = MultiPartFormData.getParts(
                Content.Source.from(ByteBuffer.wrap(body)), new Attributes.Mapped(), type, config)) {
            for (MultiPart.Part part : parts) {
                String name = Optional.ofNullable(part.getFileName())
                        .orElse(Optional.ofNullable(part.getName()).orElse("picture"));
                byte[] bytes = bytes(part);
                if (part.getFileName() == null && isText(part))
                    throw new Problem(
                            "The form has a field \"" + part.getName() + "\" that is no file.",
                            "the body",
                            "send pictures as files, settings behind the question mark");
                files.add(new Picture(name, bytes));
            }
        } catch (IOException | RuntimeException failure) {
            if (failure instanceof Problem known) throw known;
            throw new Problem(
                    "The form is not whole: " + failure.getMessage() + ".",
                    "the body",
                    "send it as curl -F picture=@FILE does",
                    failure);
        }
        if (files.isEmpty())
            throw new Problem("The form holds no file.", "the body", "send one as curl -F picture=@FILE does");
        return files;
    }

    /** A field without a file's name is still a picture where it says so. */
    private static boolean isText(MultiPart.Part part) {
        HttpField type = part.getHeaders().getField("Content-Type");
        return type == null || type.getValue().startsWith("text/");
    }

    private static byte[] bytes(MultiPart.Part part) throws IOException {
        ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }
}
