package io.fovea.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What may be asked of each address, as the description of REST says. Immutable; threads may share it. */
final class Methods {

    private final Map<Pattern, List<String>> byAddress = new LinkedHashMap<>();

    /** @param description openapi.json */
    Methods(byte[] description) {
        Map<?, ?> paths = (Map<?, ?>) Json.fields(description).get("paths");
        paths.forEach((path, operations) -> byAddress.put(
                Pattern.compile(String.valueOf(path).replaceAll("\\.", "\\\\.").replaceAll("\\{[^}]*}", "[^/]+")),
                ((Map<?, ?>) operations)
                        .keySet().stream()
                                .map(String::valueOf)
                                .filter(word -> List.of("get", "post", "put", "patch", "delete")
                                        .contains(word))
                                .map(word -> word.toUpperCase(Locale.ROOT))
                                .toList()));
    }

    /** Returns the methods of an address; none of one that is not there. */
    List<String> allowed(String path) {
        return byAddress.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(path).matches())
                .flatMap(entry -> entry.getValue().stream())
                .distinct()
                .toList();
    }
}
