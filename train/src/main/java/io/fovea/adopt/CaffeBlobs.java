package io.fovea.adopt;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.fovea.problem.Problem;
import io.fovea.weights.NamedTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays in Caffe's binary files, read field by field: what is not needed is passed over.
 *
 * <p>Source: Caffe's file format as its documentation describes it. A network has layers (field 100; of old files 2) with a name (1; 4) and blobs (7;
 * 6); a blob has numbers (5, or 8 for doubles) and a shape (7, or 1 to 4 in old files).
 */
final class CaffeBlobs {

    private static final int LAYER = 100;
    private static final int OLD_LAYER = 2;
    private static final long LARGEST = Integer.MAX_VALUE - 16L;

    private CaffeBlobs() {}

    /** Returns a network's arrays by the names of its layers. */
    static Map<String, List<NamedTensor>> network(Path file, String where) throws IOException {
        Map<String, List<NamedTensor>> layers = new HashMap<>();
        try {
            CodedInputStream in = opened(file, where);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int field = WireFormat.getTagFieldNumber(tag);
                if ((field == LAYER || field == OLD_LAYER) && isBytes(tag)) {
                    layer(in.readByteBuffer(), field == LAYER, layers);
                } else if (!in.skipField(tag)) throw new InvalidProtocolBufferException("a group ends too early");
            }
        } catch (InvalidProtocolBufferException damaged) {
            throw new Problem(
                    "The file is no Caffe model that can be read: " + damaged.getMessage(),
                    where,
                    "download it again",
                    damaged);
        }
        if (layers.isEmpty())
            throw new Problem("The file holds no weights of a Caffe model.", where, "check that it is a .caffemodel");
        return layers;
    }

    /** Returns the one array of a file such as {@code mean.binaryproto}. */
    static NamedTensor blob(Path file, String where) throws IOException {
        try {
            return blob(opened(file, where), file.getFileName().toString());
        } catch (InvalidProtocolBufferException damaged) {
            throw new Problem(
                    "The file is no array of Caffe that can be read: " + damaged.getMessage(),
                    where,
                    "download it again",
                    damaged);
        }
    }

    private static CodedInputStream opened(Path file, String where) throws IOException {
        if (Files.size(file) > LARGEST)
            throw new Problem("The file is larger than 2 GiB.", where, "adopt a smaller model");
        CodedInputStream in = CodedInputStream.newInstance(Files.readAllBytes(file));
        in.setSizeLimit(Integer.MAX_VALUE);
        return in;
    }

    private static boolean isBytes(int tag) {
        return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static void layer(ByteBuffer bytes, boolean isNew, Map<String, List<NamedTensor>> layers)
            throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        String name = "";
        List<NamedTensor> blobs = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field == (isNew ? 1 : 4) && isBytes(tag)) name = in.readString();
            else if (field == (isNew ? 7 : 6) && isBytes(tag))
                blobs.add(blob(CodedInputStream.newInstance(in.readByteBuffer()), "blob"));
            else if (!in.skipField(tag)) throw new InvalidProtocolBufferException("a group ends too early");
        }
        if (!blobs.isEmpty()) layers.put(name, Collections.unmodifiableList(blobs));
    }

    private static NamedTensor blob(CodedInputStream in, String name) throws IOException {
        float[] values = new float[0];
        int[] old = new int[4];
        List<Integer> shape = new ArrayList<>();
        List<Float> single = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field >= 1 && field <= 4 && !isBytes(tag)) old[field - 1] = in.readInt32();
            else if (field == 5 && isBytes(tag)) values = floats(in.readByteBuffer());
            else if (field == 5) single.add(in.readFloat());
            else if (field == 8 && isBytes(tag)) values = doubles(in.readByteBuffer());
            else if (field == 7 && isBytes(tag)) shape(CodedInputStream.newInstance(in.readByteBuffer()), shape);
            else if (!in.skipField(tag)) throw new InvalidProtocolBufferException("a group ends too early");
        }
        if (!single.isEmpty()) {
            values = new float[single.size()];
            for (int i = 0; i < values.length; i++) values[i] = single.get(i);
        }
        int[] sizes = shape.isEmpty()
                ? old.clone()
                : shape.stream().mapToInt(Integer::intValue).toArray();
        long count = 1;
        for (int size : sizes) count *= Math.max(size, 0);
        if (count != values.length)
            throw new InvalidProtocolBufferException(
                    "an array of " + values.length + " numbers has a shape of " + count);
        return new NamedTensor(name, sizes, values);
    }

    private static void shape(CodedInputStream in, List<Integer> sizes) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) != 1) {
                in.skipField(tag);
            } else if (isBytes(tag)) {
                CodedInputStream packed = CodedInputStream.newInstance(in.readByteBuffer());
                while (!packed.isAtEnd()) sizes.add(Math.toIntExact(packed.readInt64()));
            } else sizes.add(Math.toIntExact(in.readInt64()));
        }
    }

    private static float[] floats(ByteBuffer bytes) {
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static float[] doubles(ByteBuffer bytes) {
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) rounded[i] = (float) values[i];
        return rounded;
    }
}
