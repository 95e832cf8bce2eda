package io.fovea.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * oneDNN, by which libtorch computes convolutions, and whether it gets them right here.
 *
 * <p>Where one of AMD's processors hides the sizes of its caches, as in some virtual machines, oneDNN takes them for one byte. Some of its
 * convolutions are then wrong by tens of percent, and some end the process (docs/decisions/0026, with the figures). Such a process keeps to
 * the instructions with which none ends. And whatever the processor, a few convolutions with a known answer are tried once in each process: where
 * one is wrong, every convolution of a network is compared before it is relied on.
 */
public final class OneDnn {

    private static final int PICTURES = 2;
    /** Sums of whole numbers are exact in 32 bits; 0.02 is ten times what rounding to bfloat16 makes. What is lost is more than that. */
    private static final double MOST_DIFFERENCE = 0.02;

    /**
     * A convolution of two pictures.
     *
     * @param channels       C of the input
     * @param height         H of the input, with its padding
     * @param width          W likewise
     * @param outputChannels OC
     * @param kernelHeight   KH
     * @param kernelWidth    KW
     * @param stride         of both directions
     * @param dilation       of both directions
     * @param groups         of channels
     */
    public record Convolution(
            int channels,
            int height,
            int width,
            int outputChannels,
            int kernelHeight,
            int kernelWidth,
            int stride,
            int dilation,
            int groups) {}

    private static final List<Convolution> PROBES = List.of(
            new Convolution(20, 12, 12, 50, 5, 5, 1, 1, 1),
            new Convolution(1, 28, 28, 20, 5, 5, 1, 1, 1),
            new Convolution(3, 9, 7, 6, 3, 3, 1, 1, 3),
            new Convolution(32, 9, 7, 64, 3, 3, 1, 1, 32),
            new Convolution(17, 8, 8, 16, 3, 3, 2, 1, 1));

    /** The environment variable from which oneDNN reads, when it is first used, the newest instructions that it may use. */
    private static final String NEWEST_INSTRUCTIONS = "ONEDNN_MAX_CPU_ISA";

    private OneDnn() {}

    /**
     * Lets oneDNN use no instructions newer than AVX, unless the user said which: its kernels for those do not look at the caches. To be called
     * before libtorch is loaded.
     */
    static void keepToSafeInstructions() {
        if (System.getenv(NEWEST_INSTRUCTIONS) != null) return;
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        linker.defaultLookup().find("setenv").ifPresent(function -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment name = arena.allocateFrom(NEWEST_INSTRUCTIONS);
                int _ = (int)
                        linker.downcallHandle(function, signature).invokeExact(name, arena.allocateFrom("AVX"), 1);
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    /** Whether all that is tried comes out right; tried once, in about a tenth of a second. Threads may share it. */
    public static boolean isSound() {
        return Tried.SOUND;
    }

    /** Sets whether libtorch uses it, for all that follows in the process. */
    public static void use(boolean used) {
        torch.globalContext().setUserEnabledMkldnn(used);
    }

    /**
     * Whether a convolution of maps that lie in memory channels-last comes out right, and so do its gradients by the input and the weights: as with
     * libtorch's own arithmetic.
     *
     * @param precision 32 bits or bfloat16
     */
    public static boolean computes(Convolution convolution, Precision precision) {
        return computes(convolution, precision, MemoryFormat.ChannelsLast);
    }

    private static boolean computes(Convolution convolution, Precision precision, MemoryFormat format) {
        Libtorch.load();
        try (PointerScope _ = new PointerScope()) {
            return agrees(convolution, precision, format);
        } finally {
            use(true);
        }
    }

    private static boolean agrees(Convolution convolution, Precision precision, MemoryFormat format) {
        // laid out as a module's batch: a picture of one channel can be told from both orders by its strides
        Tensor rows = numbers(PICTURES, convolution.height(), convolution.width(), convolution.channels());
        Tensor picture = format == MemoryFormat.ChannelsLast
                ? rows.permute(0, 3, 1, 2)
                : rows.permute(0, 3, 1, 2).contiguous();
        Tensor weights = numbers(
                        convolution.outputChannels(),
                        convolution.channels() / convolution.groups(),
                        convolution.kernelHeight(),
                        convolution.kernelWidth())
                .contiguous(format);
        use(false);
        Tensor[] expected = results(convolution, picture, weights, ScalarType.Float);
        use(true);
        ScalarType type = precision == Precision.BFLOAT16 ? ScalarType.BFloat16 : ScalarType.Float;
        Tensor[] found;
        try {
            found = results(convolution, picture, weights, type);
        } catch (RuntimeException noSuchPrimitive) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            double largest = expected[i].abs().max().item_double();
            double difference = found[i].sub(expected[i]).abs().max().item_double();
            // written so that what is no number is wrong
            if (!(difference <= MOST_DIFFERENCE * (1 + largest))) return false;
        }
        return true;
    }

    /** Returns −1, 0 and 1 in no pattern, without a draw from libtorch's generator. */
    private static Tensor numbers(int... shape) {
        int count = 1;
        for (int size : shape) count *= size;
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = Math.floorMod((i * 2654435761L) >>> 13, 3) - 1;
        long[] sizes = new long[shape.length];
        for (int i = 0; i < sizes.length; i++) sizes[i] = shape[i];
        return torch.tensor(values).view(sizes);
    }

    /** Returns the output and the gradients by picture and weights, in 32 bits. */
    private static Tensor[] results(Convolution convolution, Tensor picture, Tensor weights, ScalarType type) {
        Tensor x = picture.to(type).detach().set_requires_grad(true);
        Tensor w = weights.to(type).detach().set_requires_grad(true);
        long[] stride = {convolution.stride(), convolution.stride()};
        long[] dilation = {convolution.dilation(), convolution.dilation()};
        Tensor y = torch.conv2d(x, w, new TensorOptional(), stride, new long[2], dilation, convolution.groups());
        try (NoGradGuard _ = new NoGradGuard()) {
            Tensor gradient = y.detach().sign();
            y.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
            return new Tensor[] {
                y.detach().to(ScalarType.Float),
                x.grad().to(ScalarType.Float),
                w.grad().to(ScalarType.Float)
            };
        }
    }

    /** Tried when this class is first touched. */
    private static final class Tried {
        static final boolean SOUND = PROBES.stream().allMatch(Tried::isRight);

        /** In both orders of memory, for what goes wrong in one may well do so in the other with another size. */
        private static boolean isRight(Convolution probe) {
            boolean half = Processor.current().hasBfloat16();
            for (MemoryFormat format : List.of(MemoryFormat.ChannelsLast, MemoryFormat.Contiguous)) {
                if (!computes(probe, Precision.FLOAT32, format)) return false;
                if (half && !computes(probe, Precision.BFLOAT16, format)) return false;
            }
            return true;
        }
    }
}
