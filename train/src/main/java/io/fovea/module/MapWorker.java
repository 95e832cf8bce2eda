package io.fovea.module;

import io.fovea.map.ChannelMaps;
import io.fovea.map.MapWorkspace;
import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The memory with which one thread takes up to {@code capacity} pictures through all stages of a plan. */
final class MapWorker {

    private final MapPlan plan;
    private final List<MapStage> stages;
    private final int capacity;
    private final MapWorkspace workspace = new MapWorkspace();
    /** For each stage the maps of all values: its own for the pictures that go together, those handed on for all pictures. */
    private final List<ChannelMaps[]> maps = new ArrayList<>();

    MapWorker(MapPlan plan, List<MapStage> stages, int capacity) {
        this.plan = plan;
        this.stages = stages;
        this.capacity = capacity;
        ChannelMaps handed = null;
        for (MapStage stage : stages) {
            ChannelMaps[] own = new ChannelMaps[plan.values()];
            own[stage.reads()] = handed == null ? plan.allocate(0, Math.min(capacity, stage.pictures())) : handed;
            allocate(stage, own);
            handed = own[stage.writes()];
            maps.add(own);
        }
    }

    int capacity() {
        return capacity;
    }

    /** Values of one shape take turns in the same memory as soon as nobody reads them any more. */
    private void allocate(MapStage stage, ChannelMaps[] own) {
        Map<Integer, Integer> lastReader = new HashMap<>();
        for (int i = 0; i < stage.steps().size(); i++)
            for (int value : stage.steps().get(i).reads()) lastReader.put(value, i);
        Map<Shape, List<ChannelMaps>> free = new HashMap<>();
        int together = Math.min(capacity, stage.pictures());
        for (int i = 0; i < stage.steps().size(); i++) {
            MapStep step = stage.steps().get(i);
            int value = step.writes();
            Shape shape = plan.shape(value);
            List<ChannelMaps> old = free.computeIfAbsent(shape, _ -> new ArrayList<>());
            if (value == stage.writes()) own[value] = plan.allocate(value, capacity);
            else own[value] = old.isEmpty() ? plan.allocate(value, together) : old.removeLast();
            for (int read : step.reads().stream().distinct().toList()) {
                if (lastReader.get(read) == i && read != stage.reads())
                    free.computeIfAbsent(plan.shape(read), _ -> new ArrayList<>())
                            .add(own[read]);
            }
        }
    }

    /** Takes {@code count} pictures, at most the capacity, from {@code first} on through the network and writes their rows [N, D]. */
    void run(byte[] pixels, int first, int count, float[][] tables, float[] rows) {
        for (int s = 0; s < stages.size(); s++) {
            MapStage stage = stages.get(s);
            ChannelMaps[] own = maps.get(s);
            ChannelMaps input = own[stage.reads()];
            ChannelMaps output = own[stage.writes()];
            for (int at = 0; at < count; at += stage.pictures()) {
                int pictures = Math.min(stage.pictures(), count - at);
                if (s == 0) input.fill(pixels, first + at, pictures, tables);
                else own[stage.reads()] = input.from(at);
                own[stage.writes()] = output.from(at);
                for (MapStep step : stage.steps()) step.run(own, pictures, workspace);
            }
            own[stage.reads()] = input;
            own[stage.writes()] = output;
        }
        int result = plan.result();
        int outputs = (int) plan.shape(result).count();
        ChannelMaps last = maps.getLast()[result];
        for (int n = 0; n < count; n++) last.copyOut(n, rows, (first + n) * outputs);
    }
}
