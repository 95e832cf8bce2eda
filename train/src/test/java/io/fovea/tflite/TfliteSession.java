package io.fovea.tflite;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the bytes of TensorFlow Lite files in Google's interpreter, in a process of its own. */
public final class TfliteSession implements AutoCloseable {

    /** Which computations the interpreter uses. */
    public enum Kernels {
        /** As everyone gets it: XNNPACK where it can. */
        DEFAULT,
        /** The interpreter's own. */
        OWN
    }

    /** An output. */
    public record Output(List<Integer> axes, float[] values) {}

    /**
     * What came out.
     *
     * @param steps   how many computations the interpreter made of the operators; XNNPACK counts as one
     * @param outputs by name, in the file's order
     */
    public record Outputs(int steps, Map<String, Output> outputs) {

        public float[] values(String name) {
            return outputs.get(name).values();
        }
    }

    private final Process process;
    private final Path errors;
    private final DataOutputStream out;
    private final DataInputStream in;

    public TfliteSession() throws IOException {
        errors = Files.createTempFile("tflite", ".txt");
        String libraries = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(each ->
                        each.contains("javacpp") || each.contains("tensorflow-lite") || each.endsWith("classes"))
                .collect(Collectors.joining(java.io.File.pathSeparator));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-cp",
                        libraries,
                        TfliteProgram.class.getName())
                .redirectError(errors.toFile())
                .start();
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** Returns what a file gives for pictures [N, H, W, C]. */
    public Outputs run(byte[] model, float[] pictures, Kernels kernels, int... axes) throws IOException {
        try {
            out.writeByte(kernels.ordinal());
            out.writeInt(model.length);
            out.write(model);
            out.writeInt(axes.length);
            for (int axis : axes) out.writeInt(axis);
            out.writeInt(pictures.length);
            ByteBuffer bytes = ByteBuffer.allocate(4 * pictures.length);
            bytes.asFloatBuffer().put(pictures);
            out.write(bytes.array());
            out.flush();
            if (in.readByte() != 0)
                throw new IllegalStateException("The interpreter could not " + in.readUTF() + ": " + said());
            int steps = in.readInt();
            Map<String, Output> outputs = new LinkedHashMap<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                Integer[] sizes = new Integer[in.readInt()];
                for (int axis = 0; axis < sizes.length; axis++) sizes[axis] = in.readInt();
                float[] values =
                        new float[Stream.of(sizes).mapToInt(Integer::intValue).reduce(1, Math::multiplyExact)];
                ByteBuffer.wrap(in.readNBytes(4 * values.length))
                        .asFloatBuffer()
                        .get(values);
                outputs.put(name, new Output(Arrays.asList(sizes), values));
            }
            return new Outputs(steps, outputs);
        } catch (IOException e) {
            throw new IOException("The interpreter ended: " + said(), e);
        }
    }

    /** Returns pictures [N, C, H, W] as [N, H, W, C]. */
    static float[] channelsLast(float[] pictures, int channels, int area) {
        float[] turned = new float[pictures.length];
        for (int i = 0; i < pictures.length; i++) {
            int picture = i / (channels * area);
            int channel = i / area % channels;
            turned[(picture * area + i % area) * channels + channel] = pictures[i];
        }
        return turned;
    }

    private String said() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        out.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.delete(errors);
    }
}
