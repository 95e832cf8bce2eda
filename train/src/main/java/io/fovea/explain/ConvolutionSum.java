package io.fovea.explain;

import io.fovea.network.Layer;
import io.fovea.network.Node;
import io.fovea.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** Sums up one value of a convolution by hand, from what the layer read. */
final class ConvolutionSum {

    private final LayerValues layers;
    private final Node node;
    private final Layer.Convolution convolution;

    ConvolutionSum(LayerValues layers, Node node, Layer.Convolution convolution) {
        this.layers = layers;
        this.node = node;
        this.convolution = convolution;
    }

    /** Returns the arithmetic of the value at a place that the layer has. */
    ConvolutionArithmetic at(int channel, int x, int y) {
        String reads = node.inputs().getFirst();
        Shape input = layers.shape(reads);
        int left = x * convolution.stride() - convolution.padding().left();
        int top = y * convolution.stride() - convolution.padding().top();
        int perGroup = input.size(0) / convolution.groups();
        int firstChannel = channel / (convolution.outputChannels() / convolution.groups()) * perGroup;
        float[] kernels = layers.weights().values(node.name() + ".weight");
        int window = convolution.kernelHeight() * convolution.kernelWidth();
        List<ConvolutionArithmetic.Channel> channels = new ArrayList<>();
        double sum = 0;
        for (int c = 0; c < perGroup; c++) {
            float[][] patch = patch(layers.values().get(reads), input, firstChannel + c, left, top);
            float[][] kernel = kernel(kernels, (channel * perGroup + c) * window);
            ConvolutionArithmetic.Channel one = multiplied(firstChannel + c, patch, kernel);
            channels.add(one);
            sum += one.sum();
        }
        double bias = layers.number(node.name() + ".bias", channel, 0);
        sum += bias;
        return new ConvolutionArithmetic(
                node.name(),
                reads,
                channel,
                x,
                y,
                left,
                top,
                convolution.dilation(),
                channels,
                bias,
                sum,
                layers.at(node.name(), channel, x, y),
                FollowingSteps.of(layers, node.name(), channel, x, y, sum));
    }

    private float[][] patch(float[] maps, Shape input, int c, int left, int top) {
        float[][] patch = new float[convolution.kernelHeight()][convolution.kernelWidth()];
        for (int row = 0; row < patch.length; row++) {
            int inputY = top + row * convolution.dilation();
            if (inputY < 0 || inputY >= input.size(1)) continue;
            for (int column = 0; column < patch[row].length; column++) {
                int inputX = left + column * convolution.dilation();
                if (inputX < 0 || inputX >= input.size(2)) continue;
                patch[row][column] = maps[(c * input.size(1) + inputY) * input.size(2) + inputX];
            }
        }
        return patch;
    }

    private float[][] kernel(float[] kernels, int from) {
        float[][] kernel = new float[convolution.kernelHeight()][convolution.kernelWidth()];
        for (int row = 0; row < kernel.length; row++)
            System.arraycopy(kernels, from + row * kernel[row].length, kernel[row], 0, kernel[row].length);
        return kernel;
    }

    private static ConvolutionArithmetic.Channel multiplied(int channel, float[][] patch, float[][] kernel) {
        double[][] products = new double[patch.length][patch[0].length];
        double sum = 0;
        for (int row = 0; row < patch.length; row++) {
            for (int column = 0; column < patch[row].length; column++) {
                products[row][column] = (double) patch[row][column] * kernel[row][column];
                sum += products[row][column];
            }
        }
        return new ConvolutionArithmetic.Channel(channel, patch, kernel, products, sum);
    }
}
