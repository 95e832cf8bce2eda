package io.fovea.export;

import io.fovea.bundle.GoldenPicture;
import io.fovea.dataset.Dataset;
import io.fovea.dataset.Split;
import io.fovea.onnx.NeighbourLayer;
import io.fovea.predict.Classifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which pictures of a split become golden: at even distances through it, so that every class of a shuffled or sorted split has its turn.
 *
 * <p>A network that decides by neighbours jumps where two references are equally far: a last bit, which processors compute differently,
 * then changes which of them votes, and a replay elsewhere would fail a sound model. So of each stretch of the split the first picture is
 * taken whose ranks are clear: no two references of different classes, next to each other among the k nearest and the one after them,
 * are closer together than a ten-thousandth of |x|² + |r|², some hundred times what rounding can do. If a stretch has none such among
 * its first {@value #TRIED}, it gives no picture; if none gives any, the clearest of all that were tried is the only one.
 */
final class GoldenChoice {

    private static final int WANTED = 16;
    private static final int TRIED = 64;

    private GoldenChoice() {}

    /** @param numbers of the network's result for a picture: large ones are few, as their pictures are large too */
    static List<Integer> even(int count, int numbers) {
        int most = numbers > GoldenPicture.MOST_NUMBERS ? GoldenPicture.MOST_SAMPLED : WANTED;
        int wanted = Math.min(most, count);
        return IntStream.range(0, wanted).mapToObj(i -> start(i, wanted, count)).toList();
    }

    /** Returns the positions of clear pictures, as a classifier with the network computes them. */
    static List<Integer> clear(NeighbourLayer search, Classifier classifier, Dataset dataset, Split split) {
        int count = dataset.count(split);
        int wanted = Math.min(WANTED, count);
        List<Integer> clear = new ArrayList<>();
        int clearest = 0;
        double most = -1;
        for (int i = 0; i < wanted; i++) {
            int end = Math.min(start(i + 1, wanted, count), start(i, wanted, count) + TRIED);
            for (int position = start(i, wanted, count); position < end; position++) {
                float[] code = classifier
                        .neighboursOfPrepared(List.of(dataset.picture(split, position)))
                        .getFirst()
                        .code();
                double firmness = search.firmness(code);
                if (firmness > most) {
                    most = firmness;
                    clearest = position;
                }
                if (firmness < 1) continue;
                clear.add(position);
                break;
            }
        }
        return clear.isEmpty() ? List.of(clearest) : clear;
    }

    private static int start(int i, int wanted, int count) {
        return (int) ((long) i * count / wanted);
    }
}
