package io.fovea.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out of a recipe's jobs.
 *
 * @param name of the recipe
 * @param jobs in their order
 */
public record RecipeResult(String name, List<Part> jobs) implements JobResult {

    /**
     * A job of the recipe.
     *
     * @param id     of its folder
     * @param kind   of job
     * @param result its {@code result.json}
     */
    public record Part(String id, String kind, Map<String, Object> result) {}

    /** Copies. */
    public RecipeResult {
        jobs = List.copyOf(jobs);
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("jobs", jobs);
        return json;
    }
}
