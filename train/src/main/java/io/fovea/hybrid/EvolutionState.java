package io.fovea.hybrid;

import io.fovea.candidate.Kernels;
import io.fovea.problem.Problem;
import io.fovea.search.SearchState;
import io.fovea.statistic.LinearHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * All that an evolution remembers between two generations.
 *
 * @param identity    what it is an evolution of: dataset, topology, settings and seed, as text
 * @param planned     {@link EvolutionSettings#generations}, which follow from the speed where a time is given
 * @param stage       the stage it is in
 * @param inStage     generations done in this stage
 * @param generation  generations done in all
 * @param evaluations candidates judged
 * @param validation  the last validation accuracy, or NaN
 * @param seconds     spent so far: in all, and on fitting heads
 * @param kernels     as they are plugged in
 * @param head        that judges
 * @param searches    of the stage's blocks; empty between two stages
 */
record EvolutionState(
        String identity,
        int planned,
        int stage,
        int inStage,
        long generation,
        long evaluations,
        double validation,
        Seconds seconds,
        Kernels kernels,
        LinearHead head,
        List<SearchState> searches) {

    private static final int MARK = 0x46564556; // "FVEV"
    private static final int VERSION = 1;

    /** Seconds spent: in all, on fitting heads, on asking and telling, on judging candidates. */
    record Seconds(double total, double head, double search, double evaluation) {}

    /** Returns the state as bytes, for {@link #read}. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MARK);
            out.writeInt(VERSION);
            out.writeUTF(identity);
            out.writeInt(planned);
            out.writeInt(stage);
            out.writeInt(inStage);
            out.writeLong(generation);
            out.writeLong(evaluations);
            out.writeDouble(validation);
            out.writeDouble(seconds.total());
            out.writeDouble(seconds.head());
            out.writeDouble(seconds.search());
            out.writeDouble(seconds.evaluation());
            write(out, kernels.firstWeight());
            write(out, kernels.firstBias());
            write(out, kernels.secondWeight());
            write(out, kernels.secondBias());
            write(out, head.weight());
            write(out, head.bias());
            out.writeInt(searches.size());
            for (SearchState search : searches) {
                byte[] state = search.bytes();
                out.writeInt(state.length);
                out.write(state);
            }
            out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Returns the state that {@link #bytes} wrote.
     *
     * @param where   the file, for people
     * @param expects the identity of the evolution that is to go on
     * @throws Problem if the bytes are damaged or the state is that of another evolution
     */
    static EvolutionState read(byte[] bytes, String where, String expects) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (bytes.length < 16 || in.readInt() != MARK || in.readInt() != VERSION) throw damaged(where);
            byte[] sum = Arrays.copyOfRange(bytes, bytes.length - 8, bytes.length);
            if (ByteBuffer.wrap(sum).getLong() != checksum(bytes, bytes.length - 8)) throw damaged(where);
            String identity = in.readUTF();
            if (!identity.equals(expects)) throw another(where, expects, identity);
            int planned = in.readInt();
            int stage = in.readInt();
            int inStage = in.readInt();
            long generation = in.readLong();
            long evaluations = in.readLong();
            double validation = in.readDouble();
            Seconds seconds = new Seconds(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
            Kernels kernels = new Kernels(floats(in), floats(in), floats(in), floats(in));
            LinearHead head = new LinearHead(floats(in), floats(in));
            List<SearchState> searches = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--)
                searches.add(SearchState.read(in.readNBytes(in.readInt())));
            return new EvolutionState(
                    identity,
                    planned,
                    stage,
                    inStage,
                    generation,
                    evaluations,
                    validation,
                    seconds,
                    kernels,
                    head,
                    List.copyOf(searches));
        } catch (IOException tooShort) {
            throw damaged(where);
        }
    }

    private static Problem damaged(String where) {
        return new Problem(
                "The state of the evolution is damaged or cut off.",
                where,
                "delete the file and begin anew, or leave --resume out");
    }

    private static Problem another(String where, String expected, String found) {
        return new Problem(
                "The state belongs to another evolution: expected " + expected + ", found " + found + ".",
                where,
                "resume with the dataset, options and seed that it was begun with, or leave --resume out to begin"
                        + " anew");
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) out.writeFloat(value);
    }

    private static float[] floats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) values[i] = in.readFloat();
        return values;
    }
}
