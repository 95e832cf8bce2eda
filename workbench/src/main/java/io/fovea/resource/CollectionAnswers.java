package io.fovea.resource;

import io.fovea.collection.LocalData;
import io.fovea.collection.ReadyMade;
import io.fovea.result.DataJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sets of pictures that Fovea knows by name. Threads may share it. */
public final class CollectionAnswers {

    private final Map<String, String> environment;
    private final Path home;

    /**
     * As seen from a person's account.
     *
     * @param environment in which $FOVEA_DATA names the folder of sets
     * @param home        whose cache downloads go to
     */
    public CollectionAnswers(Map<String, String> environment, Path home) {
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    /** As seen by whoever started this process. */
    public static CollectionAnswers ofThisAccount() {
        return new CollectionAnswers(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** Returns the folders in which published sets are found by their name: $FOVEA_DATA, and the cache. */
    public List<Path> folders() {
        LocalData places = LocalData.of(Optional.empty(), environment, home);
        return Stream.concat(places.dataFolder().stream(), Stream.of(places.cacheFolder()))
                .toList();
    }

    /** Returns all sets, and which of them need no network. */
    public List<Map<String, Object>> list() {
        return ReadyMade.all().stream().map(this::entry).toList();
    }

    private Map<String, Object> entry(ReadyMade set) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", set.name());
        json.put("source", ReadyMade.PREFIX + set.name());
        json.put("description", set.description());
        json.put("origin", set.origin());
        json.put("licence", set.licence());
        json.put("training", set.training());
        json.put("test", set.test());
        json.put("height", set.shape().height());
        json.put("width", set.shape().width());
        json.put("colorMode", DataJson.word(set.shape().colorMode()));
        json.put("here", set.isHere(environment, home));
        json.put("bytesToFetch", set.files().bytesToFetch());
        return json;
    }
}
