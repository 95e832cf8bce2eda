package io.fovea.module;

import io.fovea.map.ChannelMaps;
import io.fovea.map.Clamp;
import io.fovea.map.MapArithmetic;
import io.fovea.map.MapConvolution;
import io.fovea.map.MapPooling;
import io.fovea.map.MapWorkspace;
import java.util.List;

/** One pass over memory in a {@link MapPlan}: it reads values by their numbers and writes one. */
sealed interface MapStep {

    /** Returns the numbers of the values it reads. */
    List<Integer> reads();

    /** Returns the number of the value it writes, read by nobody before. */
    int writes();

    /** Returns how many floats of weights it reads. */
    default int weightLength() {
        return switch (this) {
            case Convolve step -> step.convolution().weightLength();
            case ConvolveAndAdd step -> step.convolution().weightLength();
            case Pool _, Cut _, Add _, Join _, Subsample _ -> 0;
        };
    }

    /** Computes the value for the first {@code pictures} pictures of the maps that {@code maps} holds for each number. */
    void run(ChannelMaps[] maps, int pictures, MapWorkspace workspace);

    /** y = clamp(convolution(x) + bias). */
    record Convolve(MapConvolution convolution, Clamp clamp, int x, int writes) implements MapStep {
        @Override
        public List<Integer> reads() {
            return List.of(x);
        }

        @Override
        public void run(ChannelMaps[] maps, int pictures, MapWorkspace workspace) {
            convolution.forward(maps[x], pictures, clamp, maps[writes], workspace);
        }
    }

    /** y = clamp(convolution(x) + bias + other). */
    record ConvolveAndAdd(MapConvolution convolution, Clamp clamp, int x, int other, int writes) implements MapStep {
        @Override
        public List<Integer> reads() {
            return List.of(x, other);
        }

        @Override
        public void run(ChannelMaps[] maps, int pictures, MapWorkspace workspace) {
            convolution.forward(maps[x], maps[other], pictures, clamp, maps[writes], workspace);
        }
    }

    /** Windows of x. */
    record Pool(MapPooling pooling, int x, int writes) implements MapStep {
        @Override
        public List<Integer> reads() {
            return List.of(x);
        }

        @Override
        public void run(ChannelMaps[] maps, int pictures, MapWorkspace workspace) {
            pooling.forward(maps[x], pictures, maps[writes]);
        }
    }

    /** y = clamp(x). */
    record Cut(Clamp clamp, int x, int writes) implements MapStep {
        @Override
        public List<Integer> reads() {
            return List.of(x);
        }

        @Override
        public void run(ChannelMaps[] maps, int pictures, MapWorkspace workspace) {
            MapArithmetic.clamp(maps[x], pictures, clamp, maps[writes]);
        }
    }

    /** Sum of two or more. */
    record Add(List<Integer> reads, int writes) implements MapStep {
        @Override
        public void run(ChannelMaps[] maps, int pictures, MapWorkspace workspace) {
            ChannelMaps sum = maps[reads.getFirst()];
            for (int other : reads.subList(1, reads.size())) {
                MapArithmetic.add(sum, maps[other], pictures, maps[writes]);
                sum = maps[writes];
            }
        }
    }

    /** The channels of two or more, one after the other. */
    record Join(List<Integer> reads, List<Integer> channels, int writes) implements MapStep {
        @Override
        public void run(ChannelMaps[] maps, int pictures, MapWorkspace workspace) {
            for (int i = 0, channel = 0; i < reads.size(); channel += channels.get(i++))
                MapArithmetic.place(maps[reads.get(i)], pictures, maps[writes], channel);
        }
    }

    /** Every {@code stride}-th row and column of x, with channels of zeros before and after its own. */
    record Subsample(int stride, int before, int x, int writes) implements MapStep {
        @Override
        public List<Integer> reads() {
            return List.of(x);
        }

        @Override
        public void run(ChannelMaps[] maps, int pictures, MapWorkspace workspace) {
            MapArithmetic.subsample(maps[x], pictures, stride, before, maps[writes]);
        }
    }
}
