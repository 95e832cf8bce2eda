package io.fovea.timing;

import io.fovea.problem.Problem;
import java.net.http.HttpRequest;
import java.util.List;

/** A picture file as the body of a request, which the server decodes, prepares and answers for. */
record PictureQuestions(ServerDoor door, String address, List<TimedPicture> pictures) implements Questions {

    static PictureQuestions of(ServerDoor door, String address, List<TimedPicture> pictures) {
        if (pictures.isEmpty()) throw Questions.withoutPictures(address);
        return new PictureQuestions(door, address, pictures);
    }

    @Override
    public String words() {
        return "picture files to " + address;
    }

    @Override
    public List<HttpRequest> requests(int batch) {
        if (batch > 1)
            throw new Problem(
                    "The address of pictures takes one at a time, not " + batch + ".",
                    address,
                    "leave --batch out, or choose --protocol kserve");
        return pictures.stream()
                .map(picture -> door.request(address)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(picture.bytes()))
                        .build())
                .toList();
    }
}
