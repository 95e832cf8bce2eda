package io.fovea.explain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fovea.image.Pixels;
import io.fovea.image.Placement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model does with a picture, as values that become JSON as they are; pictures are left out of it, where they lie in a file is
 * {@link ExplanationFolder}'s business.
 *
 * @param model      its name
 * @param task       in a word
 * @param picture    the picture's name
 * @param input      of the network, [C, H, W]
 * @param placement  where the points of the picture as it was given lie in the prepared one
 * @param words      the answer in a line
 * @param answer     the answer as fields
 * @param layers     what each gives, in the order of the network
 * @param filters    of each layer that has weights
 * @param gradCam    places that speak for a class; empty where they make no sense
 * @param occlusion  the same by covering; empty if it was not asked for
 * @param arithmetic of one value; empty if it was not asked for
 * @param remarks    what was left out, and why
 * @param prepared   the picture as the network sees it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Explanation(
        String model,
        String task,
        String picture,
        List<Integer> input,
        Placement placement,
        String words,
        Map<String, Object> answer,
        List<LayerActivation> layers,
        List<LayerWeights> filters,
        Optional<Heatmap> gradCam,
        Optional<Heatmap> occlusion,
        Optional<ValueArithmetic> arithmetic,
        List<String> remarks,
        @JsonIgnore Pixels prepared) {

    /** Checks and copies. */
    public Explanation {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(picture, "picture");
        input = List.copyOf(input);
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(words, "words");
        answer = Collections.unmodifiableMap(new LinkedHashMap<>(answer));
        layers = List.copyOf(layers);
        filters = List.copyOf(filters);
        Objects.requireNonNull(gradCam, "gradCam");
        Objects.requireNonNull(occlusion, "occlusion");
        Objects.requireNonNull(arithmetic, "arithmetic");
        remarks = List.copyOf(remarks);
        Objects.requireNonNull(prepared, "prepared");
    }
}
