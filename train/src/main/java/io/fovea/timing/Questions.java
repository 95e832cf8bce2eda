package io.fovea.timing;

import com.fasterxml.jackson.databind.JsonNode;
import io.fovea.problem.Problem;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a server is asked again and again, in one of the protocols. Immutable; threads may share it. */
sealed interface Questions permits PictureQuestions, KserveQuestions, TensorFlowQuestions {

    /** Returns what is sent, in few words. */
    String words();

    /**
     * Returns requests, which are sent in turns.
     *
     * @throws Problem if a request of so many pictures cannot be made
     */
    List<HttpRequest> requests(int batch);

    /**
     * Returns those of a protocol; where none is named, of the first that the server knows the model by: pictures, KServe, TensorFlow Serving.
     *
     * @throws Problem if the server is not there, or does not know the model
     */
    static Questions of(ServerDoor door, LoadSettings settings) {
        List<TimedPicture> pictures = TimedPicture.read(settings.pictures());
        if (settings.protocol().isPresent()) return of(settings.protocol().get(), door, settings, pictures);
        ServerDoor.Reply known = ServerDoor.Reply.NONE;
        for (LoadSettings.Protocol protocol : LoadSettings.Protocol.values()) {
            ServerDoor.Reply reply = door.get(address(protocol, settings));
            if (reply.isGood()) return of(protocol, door, settings, pictures);
            boolean tellsMore = known.status() == 0
                    || reply.error().length() > known.error().length();
            if (tellsMore) known = reply;
            if (reply.status() == 0 || reply.status() == 401 || reply.status() == 403) break;
        }
        if (known.status() == 0 || known.status() == 401 || known.status() == 403) door.checked(known, "");
        throw new Problem(
                "The server does not know the model \"" + settings.model() + "\": it answers " + known.error()
                        + (known.error().endsWith(".") ? "" : "."),
                settings.server().toString(),
                "give the name that the server has for it; --protocol says how it is asked");
    }

    private static Questions of(
            LoadSettings.Protocol protocol, ServerDoor door, LoadSettings settings, List<TimedPicture> pictures) {
        String address = address(protocol, settings);
        JsonNode model = door.checked(door.get(address), address).json();
        return switch (protocol) {
            case PICTURES -> PictureQuestions.of(door, address, pictures);
            case KSERVE -> KserveQuestions.of(door, address, model, pictures);
            case TENSORFLOW -> TensorFlowQuestions.of(door, settings, model, pictures);
        };
    }

    private static String address(LoadSettings.Protocol protocol, LoadSettings settings) {
        String name = segment(settings.model());
        return switch (protocol) {
            case PICTURES -> "/predictions/" + name;
            case KSERVE -> "/v2/models/" + name;
            case TENSORFLOW -> "/v1/models/" + name + "/metadata";
        };
    }

    /** Returns a name as a part of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns the problem of a request that wants pictures where none are given. */
    static Problem withoutPictures(String where) {
        return new Problem("The model takes pictures, and none are given.", where, "name some with --pictures");
    }
}
