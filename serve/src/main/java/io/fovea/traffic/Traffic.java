package io.fovea.traffic;

import io.fovea.batching.Caller;
import io.fovea.metric.MetricText;
import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelAbsence;
import io.fovea.repository.ModelCall;
import io.fovea.repository.ModelRepository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Models behind their names: a request for a name is answered as the name's {@link TrafficPlan} says, and as the repository does where there is
 * none. Threads share it.
 */
public final class Traffic implements AutoCloseable {

    private final ModelRepository models;
    private final NavigableMap<String, Routing> routings = new ConcurrentSkipListMap<>();
    private final Shadows shadows;

    /** A plan at work. */
    private static final class Routing {

        private final TrafficPlan plan;
        private final Points points = Points.ofSplit();
        private final Points shadowed = Points.ofShadow();
        private final Map<Target, LongAdder> answered = new ConcurrentHashMap<>();
        private final Map<Target, LongAdder> missed = new ConcurrentHashMap<>();
        private final ShadowCounts shadow = new ShadowCounts();

        Routing(TrafficPlan plan) {
            this.plan = plan;
            plan.split().forEach(share -> {
                answered.put(share.to(), new LongAdder());
                missed.put(share.to(), new LongAdder());
            });
        }
    }

    /**
     * Without plans at first.
     *
     * @param models which are not closed with it
     */
    public Traffic(ModelRepository models) {
        this.models = models;
        this.shadows = new Shadows(models);
    }

    /**
     * Returns traffic with these plans.
     *
     * @throws Problem as {@link #set}, and where there is no such model or version
     */
    public static Traffic of(ModelRepository models, Map<String, TrafficPlan> plans) {
        Traffic traffic = new Traffic(models);
        try {
            plans.forEach(traffic::set);
            return traffic;
        } catch (ModelAbsence absent) {
            traffic.close();
            throw absent.problem();
        } catch (Problem unfit) {
            traffic.close();
            throw unfit;
        }
    }

    /** Returns the models. */
    public ModelRepository models() {
        return models;
    }

    /**
     * Lets a plan hold for a name from now on, instead of the one before. What it counted before is forgotten.
     *
     * @throws ModelAbsence if there is no such model or version
     * @throws Problem if a version does not prove itself, or answers otherwise than what has the name; the plan before holds on
     */
    public synchronized void set(String name, TrafficPlan plan) {
        if (plan.equals(TrafficPlan.NONE) && routings.containsKey(name)) {
            TrafficPlan ended = plans().get(name);
            routings.remove(name);
            ended.targets().forEach(target -> holdAgain(target.model()));
            return;
        }
        LoadedModel own = models.model(name, Optional.empty());
        TrafficPlan before = plans().getOrDefault(name, TrafficPlan.NONE);
        Set<String> touched = new TreeSet<>();
        before.targets().forEach(target -> touched.add(target.model()));
        plan.targets().forEach(target -> touched.add(target.model()));
        Map<String, TrafficPlan> both = plans();
        both.put(name, plan);
        try {
            for (String model : touched) models.hold(model, numbered(model, both));
            for (Target each : plan.targets()) check(name, own, models.model(each.model(), each.version()));
        } catch (ModelAbsence | Problem unfit) {
            for (String model : touched) holdAgain(model);
            throw unfit;
        }
        if (!plan.equals(TrafficPlan.NONE)) routings.put(name, new Routing(plan));
    }

    /** Holds what the plans that go on want; what is not there any more was missed before too. */
    private void holdAgain(String model) {
        try {
            models.hold(model, numbered(model, plans()));
        } catch (ModelAbsence | Problem gone) {
            // requests pass it over
        }
    }

    /** Whoever asks must not see which of them answers by what the answer looks like. */
    private static void check(String name, LoadedModel own, LoadedModel other) {
        if (own.manifest().task().equals(other.manifest().task())) return;
        throw new Problem(
                "The model \"" + other.name() + "\", version " + other.version() + ", answers otherwise than \"" + name
                        + "\" does: its task or its class names are others.",
                "the traffic of \"" + name + "\"",
                "name a version with the same classes in the same order, or serve it by its own name");
    }

    /** Returns the plans by name. */
    public Map<String, TrafficPlan> plans() {
        Map<String, TrafficPlan> plans = new LinkedHashMap<>();
        routings.forEach((name, routing) -> plans.put(name, routing.plan));
        return plans;
    }

    /** Returns the versions of a model that plans name by number: these must stay loaded. */
    private static Set<Long> numbered(String model, Map<String, TrafficPlan> plans) {
        Set<Long> versions = new TreeSet<>();
        plans.values().forEach(plan -> plan.targets().stream()
                .filter(target -> target.model().equals(model))
                .forEach(target -> target.version().ifPresent(versions::add)));
        return versions;
    }

    /**
     * Takes a place for a request at whoever shall answer it.
     *
     * @param fits     whether a version can answer the request at all; others of a split are passed over
     * @param pictures how many it is about
     * @param deadline of {@link System#nanoTime}
     * @throws ModelAbsence as {@link ModelRepository#call}
     * @throws io.fovea.batching.Rejection as {@link ModelRepository#call}
     */
    public ModelCall call(Asked asked, Predicate<LoadedModel> fits, int pictures, Caller caller, long deadline) {
        Routing routing = asked.version().isPresent() ? null : routings.get(asked.model());
        if (routing == null) return models.call(asked.model(), asked.version(), pictures, caller, deadline);
        ModelCall call = routed(routing, asked, fits, pictures, caller, deadline);
        routing.plan
                .shadow()
                .filter(shadow -> routing.shadowed.next() * 100 < shadow.percent())
                .ifPresent(shadow -> call.onAnswer(answered -> shadows.ask(shadow.to(), answered, routing.shadow)));
        return call;
    }

    private ModelCall routed(
            Routing routing, Asked asked, Predicate<LoadedModel> fits, int pictures, Caller caller, long deadline) {
        double point = asked.key().map(key -> Points.of(asked.model(), key)).orElseGet(routing.points::next);
        for (Target target : routing.plan.split().isEmpty() ? List.<Target>of() : routing.plan.from(point)) {
            boolean answers = target.loaded(models).filter(fits).isPresent();
            if (answers) {
                try {
                    ModelCall call = models.call(target.model(), target.version(), pictures, caller, deadline);
                    routing.answered.get(target).increment();
                    return call;
                } catch (ModelAbsence gone) {
                    // put away since it was looked at
                }
            }
            routing.missed.get(target).increment();
        }
        return models.call(asked.model(), Optional.empty(), pictures, caller, deadline);
    }

    /**
     * Returns how the traffic of a name stands.
     *
     * @throws ModelAbsence if there is neither a model nor a plan of that name
     */
    public Map<String, Object> words(String name) {
        if (!routings.containsKey(name)) models.versions(name);
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("model", name);
        Routing routing = routings.getOrDefault(name, new Routing(TrafficPlan.NONE));
        List<Map<String, Object>> split = new ArrayList<>();
        for (TrafficPlan.Share share : routing.plan.split()) {
            Map<String, Object> line = target(share.to(), name);
            line.put("weight", share.weight());
            line.put("answered", routing.answered.get(share.to()).sum());
            line.put("missed", routing.missed.get(share.to()).sum());
            split.add(line);
        }
        words.put("split", split);
        routing.plan.shadow().ifPresent(shadow -> {
            Map<String, Object> line = target(shadow.to(), name);
            line.put("percent", shadow.percent());
            line.putAll(routing.shadow.words());
            words.put("shadow", line);
        });
        return words;
    }

    private Map<String, Object> target(Target target, String name) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("to", target.word(name));
        line.put("ready", target.loaded(models).isPresent());
        return line;
    }

    /** Writes what plans have counted. */
    public void write(MetricText text) {
        text.counter("fovea_split_requests", "Requests for a name that a version of its split has taken.");
        each((name, routing) -> routing.answered.forEach(
                (target, count) -> text.count("fovea_split_requests", labels(name, "to", target), count.sum())));
        text.counter("fovea_split_missed", "Requests whose version of the split did not answer, so that another did.");
        each((name, routing) -> routing.missed.forEach(
                (target, count) -> text.count("fovea_split_missed", labels(name, "to", target), count.sum())));
        text.counter("fovea_shadow_requests", "Requests mirrored to a shadow, by what became of that.");
        shadows((name, routing) -> routing.shadow.outcomes().forEach((outcome, count) -> {
            Map<String, String> labels = shadow(name, routing);
            labels.put("outcome", outcome);
            text.count("fovea_shadow_requests", labels, count);
        }));
        text.counter("fovea_shadow_ranked_pictures", "Pictures that both the answer and its shadow rank classes of.");
        shadows((name, routing) ->
                text.count("fovea_shadow_ranked_pictures", shadow(name, routing), routing.shadow.ranked()));
        text.counter("fovea_shadow_agreed_pictures", "Those of which both name the same most probable class.");
        shadows((name, routing) ->
                text.count("fovea_shadow_agreed_pictures", shadow(name, routing), routing.shadow.agreed()));
        text.histogram("fovea_shadow_difference", "The largest difference of an answer and its shadow.");
        shadows((name, routing) ->
                text.values("fovea_shadow_difference", shadow(name, routing), routing.shadow.differences()));
        text.histogram("fovea_shadow_answer_seconds", "Requests that were compared, from the place to the answer.");
        shadows((name, routing) ->
                text.values("fovea_shadow_answer_seconds", shadow(name, routing), routing.shadow.answered()));
        text.histogram("fovea_shadow_seconds", "What their shadows took, waiting excluded.");
        shadows((name, routing) ->
                text.values("fovea_shadow_seconds", shadow(name, routing), routing.shadow.shadowed()));
    }

    private void each(BiConsumer<String, Routing> write) {
        routings.forEach(write);
    }

    private void shadows(BiConsumer<String, Routing> write) {
        routings.forEach((name, routing) -> {
            if (routing.plan.shadow().isPresent()) write.accept(name, routing);
        });
    }

    private static Map<String, String> shadow(String name, Routing routing) {
        return labels(name, "shadow", routing.plan.shadow().orElseThrow().to());
    }

    private static Map<String, String> labels(String name, String role, Target target) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("model", name);
        labels.put(role, target.word(name));
        return labels;
    }

    /** Ends the shadows. */
    @Override
    public void close() {
        shadows.close();
    }
}
