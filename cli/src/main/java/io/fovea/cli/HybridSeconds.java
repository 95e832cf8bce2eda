package io.fovea.cli;

import io.fovea.result.HybridResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** The time of a hybrid as who typed the command counts it: from the start of the program. */
final class HybridSeconds {

    private HybridSeconds() {}

    /** Returns the result with that time in the place of the job's own. */
    static Map<String, Object> sinceStart(HybridResult made) {
        Map<String, Object> json = made.json();
        Map<Object, Object> seconds = new LinkedHashMap<>((Map<?, ?>) json.get("seconds"));
        seconds.put("total", JvmClock.rounded(made.outcome().seconds().earlier() + JvmClock.secondsSinceStart()));
        json.put("seconds", seconds);
        return json;
    }
}
