package io.fovea.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Several byte arrays as one: how many, then each with its length, four bytes with the highest first. */
public final class ByteParts {

    private ByteParts() {}

    /** Returns them as one. */
    public static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(parts.size());
            for (byte[] part : parts) {
                out.writeInt(part.length);
                out.write(part);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Returns what {@link #joined} made one of. */
    public static List<byte[]> of(byte[] joined) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(joined))) {
            List<byte[]> parts = new ArrayList<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) parts.add(in.readNBytes(in.readInt()));
            return parts;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
