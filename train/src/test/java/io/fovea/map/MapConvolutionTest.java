package io.fovea.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fovea.network.Padding;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain loops over the definition are the truth. */
@DisplayName("A convolution over maps with the channels innermost")
class MapConvolutionTest {

    @Nested
    @DisplayName("by Winograd's filtering")
    class Winograd {

        @ParameterizedTest(name = "{0} pictures [{1}, {2}, {3}] to {4} channels, padding {5}")
        @CsvSource({
            "1, 16, 1, 1, 16, 1",
            "3, 20, 5, 7, 40, 1",
            "17, 16, 4, 4, 70, 1",
            "2, 33, 9, 3, 5, 0",
            "1, 130, 14, 14, 64, 1",
            "2, 300, 6, 6, 80, 1",
            "5, 1, 8, 8, 1, 2",
            "70, 16, 4, 4, 16, 1"
        })
        void agrees_with_the_definition(int n, int c, int h, int w, int oc, int padding) {
            Sample sample = new Sample(n, c, h, w, oc, 3, 3, 1, Padding.all(padding), 1);

            float[] y = sample.run(
                    new WinogradConvolution(sample.maps(), oc, Padding.all(padding), sample.weight, sample.bias),
                    Clamp.NONE);

            assertThat(y).containsExactly(sample.definition(Clamp.NONE), within(2e-4f));
        }

        @Test
        void keeps_its_padding_apart_on_all_four_sides() {
            Padding padding = new Padding(0, 1, 2, 1);
            Sample sample = new Sample(2, 17, 6, 5, 19, 3, 3, 1, padding, 1);

            float[] y = sample.run(
                    new WinogradConvolution(sample.maps(), 19, padding, sample.weight, sample.bias), Clamp.NONE);

            assertThat(y).containsExactly(sample.definition(Clamp.NONE), within(2e-4f));
        }

        @Test
        void adds_other_maps_before_it_cuts() {
            Sample sample = new Sample(3, 16, 5, 7, 20, 3, 3, 1, Padding.all(1), 1);

            float[] y = sample.runAdding(
                    new WinogradConvolution(sample.maps(), 20, Padding.all(1), sample.weight, sample.bias),
                    Clamp.RELU6);

            assertThat(y).containsExactly(sample.definitionAdding(Clamp.RELU6), within(2e-4f));
        }
    }

    @Nested
    @DisplayName("as one product")
    class Direct {

        @ParameterizedTest(
                name = "{0} pictures [{1}, {2}, {3}] to {4} channels, {5}x{6}, stride {7}, padding {8}, dilation {9}")
        @CsvSource({
            "1, 1, 1, 1, 1, 1, 1, 1, 0, 1",
            "3, 20, 5, 7, 40, 3, 3, 2, 1, 1",
            "17, 16, 1, 1, 64, 1, 1, 1, 0, 1",
            "1, 64, 9, 9, 70, 1, 1, 2, 0, 1",
            "2, 200, 7, 5, 80, 3, 3, 2, 1, 1",
            "2, 17, 9, 11, 130, 5, 3, 1, 2, 1",
            "1, 40, 12, 12, 16, 3, 3, 1, 2, 2",
            "3, 70, 4, 3, 10, 4, 3, 1, 0, 1",
            "5, 20, 9, 9, 70, 3, 3, 1, 1, 1"
        })
        void agrees_with_the_definition(
                int n, int c, int h, int w, int oc, int kh, int kw, int stride, int padding, int dilation) {
            Sample sample = new Sample(n, c, h, w, oc, kh, kw, stride, Padding.all(padding), dilation);

            assertThat(sample.run(sample.direct(sample.maps()), Clamp.RELU))
                    .containsExactly(sample.definition(Clamp.RELU), within(5e-5f));
        }

        @ParameterizedTest(name = "{0} pictures [{1}, {2}, {3}]")
        @CsvSource({"1, 3, 21, 19", "3, 1, 7, 8", "2, 4, 14, 14"})
        void reads_pictures_with_a_margin_row_by_row(int n, int c, int h, int w) {
            Sample sample = new Sample(n, c, h, w, 24, 7, 7, 2, Padding.all(3), 1);
            ChannelMaps pictures = ChannelMaps.ofPictures(n, c, h, w, new Padding(3, 4, 3, 5));

            assertThat(sample.run(sample.direct(pictures), pictures, Clamp.NONE))
                    .containsExactly(sample.definition(Clamp.NONE), within(5e-5f));
        }

        @Test
        void adds_other_maps_before_it_cuts() {
            Sample sample = new Sample(3, 150, 5, 7, 70, 3, 3, 1, Padding.all(1), 1);

            assertThat(sample.runAdding(sample.direct(sample.maps()), Clamp.RELU))
                    .containsExactly(sample.definitionAdding(Clamp.RELU), within(1e-4f));
        }
    }

    @Nested
    @DisplayName("whatever else is in the batch")
    class Batches {

        @ParameterizedTest(name = "{0} pictures")
        @CsvSource({"3", "17"})
        void gives_a_picture_the_same_bits(int n) {
            Sample sample = new Sample(n, 20, 7, 7, 70, 3, 3, 1, Padding.all(1), 1);
            int length = 70 * 7 * 7;
            for (MapConvolution convolution : new MapConvolution[] {
                sample.direct(sample.maps()),
                new WinogradConvolution(sample.maps(), 70, Padding.all(1), sample.weight, sample.bias)
            }) {
                float[] all = sample.run(convolution, Clamp.NONE);
                ChannelMaps last = sample.maps().from(n - 1);
                ChannelMaps y = new ChannelMaps(1, 70, 7, 7);
                convolution.forward(last, 1, Clamp.NONE, y, new MapWorkspace());
                float[] alone = new float[length];
                y.copyOut(0, alone, 0);

                assertThat(alone).containsExactly(Arrays.copyOfRange(all, (n - 1) * length, n * length));
            }
        }
    }

    /** Random numbers of given shapes, and what the definition makes of them. */
    private static final class Sample {
        private final int n, c, h, w, oc, kh, kw, stride, dilation, oh, ow;
        private final Padding padding;
        private final float[] x;
        private final float[] weight;
        private final float[] bias;
        private final float[] other;

        Sample(int n, int c, int h, int w, int oc, int kh, int kw, int stride, Padding padding, int dilation) {
            this.n = n;
            this.c = c;
            this.h = h;
            this.w = w;
            this.oc = oc;
            this.kh = kh;
            this.kw = kw;
            this.stride = stride;
            this.padding = padding;
            this.dilation = dilation;
            oh = (h + padding.top() + padding.bottom() - dilation * (kh - 1) - 1) / stride + 1;
            ow = (w + padding.left() + padding.right() - dilation * (kw - 1) - 1) / stride + 1;
            SplittableRandom random = new SplittableRandom(5);
            x = numbers(random, n * c * h * w, 1);
            weight = numbers(random, oc * c * kh * kw, 2 / Math.sqrt(c * kh * kw));
            bias = numbers(random, oc, 1);
            other = numbers(random, n * oc * oh * ow, 4);
        }

        private static float[] numbers(SplittableRandom random, int count, double scale) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) values[i] = (float) (random.nextDouble(-1, 1) * scale);
            return values;
        }

        ChannelMaps maps() {
            ChannelMaps maps = new ChannelMaps(n, c, h, w);
            for (int i = 0; i < n; i++) maps.copyIn(i, x, i * c * h * w);
            return maps;
        }

        DirectConvolution direct(ChannelMaps input) {
            return new DirectConvolution(input, oc, kh, kw, stride, padding, dilation, weight, bias);
        }

        float[] run(MapConvolution convolution, Clamp clamp) {
            return run(convolution, maps(), clamp);
        }

        float[] run(MapConvolution convolution, ChannelMaps input, Clamp clamp) {
            for (int i = 0; i < n; i++) input.copyIn(i, x, i * c * h * w);
            ChannelMaps y = new ChannelMaps(n, oc, oh, ow);
            convolution.forward(input, n, clamp, y, new MapWorkspace());
            return out(y);
        }

        float[] runAdding(MapConvolution convolution, Clamp clamp) {
            // one picture before those that are meant: nothing may depend on where in the memory they lie
            ChannelMaps added = new ChannelMaps(n + 1, oc, oh, ow).from(1);
            for (int i = 0; i < n; i++) added.copyIn(i, other, i * oc * oh * ow);
            ChannelMaps y = new ChannelMaps(n, oc, oh, ow);
            convolution.forward(maps(), added, n, clamp, y, new MapWorkspace());
            return out(y);
        }

        private float[] out(ChannelMaps y) {
            float[] out = new float[n * oc * oh * ow];
            for (int i = 0; i < n; i++) y.copyOut(i, out, i * oc * oh * ow);
            return out;
        }

        float[] definition(Clamp clamp) {
            return definition(clamp, new float[n * oc * oh * ow]);
        }

        float[] definitionAdding(Clamp clamp) {
            return definition(clamp, other);
        }

        private float[] definition(Clamp clamp, float[] added) {
            float[] y = new float[n * oc * oh * ow];
            for (int i = 0; i < y.length; i++) {
                int ox = i % ow, oy = i / ow % oh, channel = i / (ow * oh) % oc, picture = i / (ow * oh * oc);
                double sum = bias[channel] + added[i];
                for (int t = 0; t < c * kh * kw; t++) {
                    int px = ox * stride - padding.left() + t % kw * dilation;
                    int py = oy * stride - padding.top() + t / kw % kh * dilation;
                    if (px < 0 || px >= w || py < 0 || py >= h) continue;
                    int in = t / (kw * kh);
                    sum += (double) x[((picture * c + in) * h + py) * w + px] * weight[channel * c * kh * kw + t];
                }
                y[i] = (float) Math.clamp(sum, clamp.floor(), clamp.ceiling());
            }
            return y;
        }
    }
}
