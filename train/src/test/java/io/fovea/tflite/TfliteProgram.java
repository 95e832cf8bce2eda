package io.fovea.tflite;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/**
 * A program that runs TensorFlow Lite files in Google's interpreter, one after the other: {@link TfliteSession} asks it. In a process of its own a file
 * that is wrong can do no harm to other tests, and no library gets in the way of another.
 */
final class TfliteProgram {

    private static final int OK = 0;
    private static final String SIGNATURE = "serving_default";

    private TfliteProgram() {}

    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        while (true) {
            byte kernels;
            try {
                kernels = in.readByte();
            } catch (EOFException e) {
                return;
            }
            byte[] model = in.readNBytes(in.readInt());
            int[] axes = new int[in.readInt()];
            for (int i = 0; i < axes.length; i++) axes[i] = in.readInt();
            float[] values = new float[in.readInt()];
            ByteBuffer.wrap(in.readNBytes(4 * values.length)).asFloatBuffer().get(values);
            answer(TfliteSession.Kernels.values()[kernels], model, axes, values, out);
            out.flush();
        }
    }

    private static void answer(
            TfliteSession.Kernels kernels, byte[] model, int[] axes, float[] values, DataOutputStream out)
            throws IOException {
        try (BytePointer bytes = new BytePointer(model);
                BuiltinOpResolver resolver = kernels == TfliteSession.Kernels.DEFAULT
                        ? new BuiltinOpResolver()
                        : new BuiltinOpResolverWithoutDefaultDelegates();
                Pointer root = new BytePointer(bytes)
                        .position(ByteBuffer.wrap(model)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getInt(0));
                InterpreterBuilder builder = new InterpreterBuilder(root, resolver);
                Interpreter interpreter = new Interpreter((Pointer) null)) {
            builder.SetNumThreads(1);
            if (refused(builder.apply(interpreter), "read", out)) return;
            int input = interpreter.inputs().get(0);
            boolean isSigned = interpreter.signature_inputs(SIGNATURE).get("input") == input;
            if (refused(isSigned ? OK : 1, "find the input by its signature", out)) return;
            if (refused(interpreter.ResizeInputTensor(input, axes), "take this shape", out)) return;
            if (refused(interpreter.AllocateTensors(), "prepare", out)) return;
            interpreter.typed_tensor_float(input).put(values);
            if (refused(interpreter.Invoke(), "run", out)) return;
            out.writeByte(OK);
            out.writeInt((int) interpreter.execution_plan().limit());
            IntPointer outputs = interpreter.outputs();
            int count = (int) outputs.limit();
            out.writeInt(count);
            for (int i = 0; i < count; i++) {
                int output = outputs.get(i);
                TfLiteTensor tensor = interpreter.tensor(output);
                // a name that the signature does not know gives 0, the input
                String name = tensor.name().getString();
                boolean isKnown = interpreter.signature_outputs(SIGNATURE).get(name) == output;
                out.writeUTF(isKnown ? name : "?");
                int size = 1;
                out.writeInt(tensor.dims().size());
                for (int axis = 0; axis < tensor.dims().size(); axis++) {
                    out.writeInt(tensor.dims().data(axis));
                    size *= tensor.dims().data(axis);
                }
                FloatPointer floats = interpreter.typed_tensor_float(output);
                for (int v = 0; v < size; v++) out.writeFloat(floats.get(v));
            }
        }
    }

    private static boolean refused(int status, String what, DataOutputStream out) throws IOException {
        if (status == OK) return false;
        out.writeByte(1);
        out.writeUTF(what);
        return true;
    }
}
