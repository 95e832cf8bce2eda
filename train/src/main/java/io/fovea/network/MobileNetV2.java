package io.fovea.network;

import io.fovea.network.Layer.Bias;
import io.fovea.network.Layer.Convolution;
import java.util.List;

/**
 * Inverted residuals: 1x1 to more channels, a depthwise 3x3, 1x1 to few, with a shortcut between the narrow ends. Names as in torchvision.
 *
 * <p>Source: Sandler et al. 2018, arXiv:1801.04381, table 2.
 */
final class MobileNetV2 {

    /** How rows and columns are added around a map before a 3x3 window. */
    enum Edges {
        /** One all round, as torchvision does; epsilon of the batch norms 1e-5. */
        SYMMETRIC,
        /** As many as TensorFlow's SAME needs: where the stride is 2 and the size even, one below and to the right; epsilon 1e-3. */
        SAME
    }

    /**
     * Some blocks alike.
     *
     * @param expansion of channels inside
     * @param outputs   channels that each gives
     * @param count     how many
     * @param stride    of the first
     */
    private record Stage(int expansion, int outputs, int count, int stride) {}

    private static final List<Stage> STAGES = List.of(
            new Stage(1, 16, 1, 1),
            new Stage(6, 24, 2, 2),
            new Stage(6, 32, 3, 2),
            new Stage(6, 64, 4, 2),
            new Stage(6, 96, 3, 1),
            new Stage(6, 160, 3, 2),
            new Stage(6, 320, 1, 1));

    private static final int STRIDE = 32;

    private final Edges edges;
    private final NetworkBuilder builder;
    private final int largestStride;
    private int reached = 1;
    private int dilation = 1;
    private int channels;
    private int height;
    private int width;

    private MobileNetV2(NetworkBuilder builder, Edges edges, Shape input, int largestStride) {
        this.edges = edges;
        this.builder = builder;
        this.largestStride = largestStride;
        channels = input.size(0);
        height = input.size(1);
        width = input.size(2);
    }

    static Network network(String name, Edges edges, Shape input, int classes) {
        return new MobileNetV2(new NetworkBuilder(name, input), edges, input, STRIDE).build(classes);
    }

    /**
     * Adds what comes before the 1x1 convolution to 1280 channels; the last stage is dilated where its stride would go beyond 16, so that its
     * weights see what they see in the whole network.
     *
     * <p>Source: Chen et al. 2017, arXiv:1706.05587, section 3.1.
     */
    static void dilatedBackbone(NetworkBuilder builder, Shape input) {
        new MobileNetV2(builder, Edges.SYMMETRIC, input, STRIDE / 2).backbone();
    }

    private Network build(int classes) {
        backbone();
        pointwise("features.18", 1280);
        return builder.then("avgpool", new Layer.GlobalAveragePooling())
                .then("flatten", new Layer.Flatten())
                .then("classifier.0", new Layer.Dropout(0.2))
                .then("classifier.1", new Layer.Dense(classes, Bias.WITH))
                .network();
    }

    private void backbone() {
        window("features.0", 32, 2, 1);
        int block = 1;
        for (Stage stage : STAGES) {
            for (int i = 0; i < stage.count(); i++) {
                block("features." + block++, stage.expansion(), stage.outputs(), i == 0 ? stage.stride() : 1);
            }
        }
    }

    private void block(String name, int expansion, int outputs, int stride) {
        String input = builder.last();
        int before = channels;
        int next = 0;
        if (expansion > 1) pointwise(name + ".conv." + next++, channels * expansion);
        window(name + ".conv." + next++, channels, stride, channels);
        builder.then(name + ".conv." + next++, Convolution.square(outputs, 1, 1, 0, Bias.WITHOUT))
                .then(name + ".conv." + next, norm());
        channels = outputs;
        if (stride == 1 && before == outputs) {
            builder.then(name + ".add", new Layer.Add(), List.of(input, builder.last()));
        }
    }

    private void pointwise(String name, int outputs) {
        builder.then(name + ".0", Convolution.square(outputs, 1, 1, 0, Bias.WITHOUT));
        activated(name, outputs);
    }

    private void window(String name, int outputs, int askedStride, int groups) {
        boolean dilates = reached * askedStride > largestStride;
        int stride = dilates ? 1 : askedStride;
        builder.then(
                name + ".0", new Convolution(outputs, 3, 3, stride, padding(stride), dilation, groups, Bias.WITHOUT));
        if (dilates) dilation *= askedStride; // for those that follow: this one still reads neighbours
        reached *= stride;
        height = Math.ceilDiv(height, stride);
        width = Math.ceilDiv(width, stride);
        activated(name, outputs);
    }

    private void activated(String name, int outputs) {
        builder.then(name + ".1", norm()).then(name + ".2", Layer.Activation.RELU6);
        channels = outputs;
    }

    private Padding padding(int stride) {
        return switch (edges) {
            case SYMMETRIC -> Padding.all(dilation);
            case SAME -> {
                int rows = missing(height, stride);
                int columns = missing(width, stride);
                yield new Padding(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
            }
        };
    }

    /** Returns by how much ⌈size / stride⌉ windows of 3 reach over the edge. */
    private static int missing(int size, int stride) {
        return Math.max(0, (Math.ceilDiv(size, stride) - 1) * stride + 3 - size);
    }

    private Layer norm() {
        return switch (edges) {
            case SYMMETRIC -> new Layer.BatchNorm(1e-5, 0.1);
            case SAME -> new Layer.BatchNorm(1e-3, 0.1);
        };
    }
}
