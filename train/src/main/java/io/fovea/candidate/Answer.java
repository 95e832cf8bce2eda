package io.fovea.candidate;

import io.fovea.product.ChunkSums;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What a process answers to a {@link Question}. */
sealed interface Answer {

    /** The sums that were asked for. */
    record Sums(ChunkSums sums) implements Answer {}

    /** The process knows no basis of that name for these pictures. */
    record UnknownBasis() implements Answer {}

    /** Before the bytes of every answer: "FVCA". */
    int MARK = 0x46564341;

    /** What the bytes are. */
    String WHAT = "answer about candidates";

    default byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (this) {
                case Sums(ChunkSums sums) -> {
                    out.writeInt(sums.candidates());
                    CheckedBytes.write(out, sums.sums());
                }
                case UnknownBasis _ -> out.writeInt(0);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return CheckedBytes.sealed(MARK, List.of(bytes.toByteArray()));
    }

    /**
     * Reads an answer.
     *
     * @param candidates how many were asked about
     * @param chunks     likewise
     * @throws io.fovea.problem.Problem if the bytes are none, or one to something else
     */
    static Answer read(byte[] bytes, int candidates, int chunks) {
        try (DataInputStream in = CheckedBytes.opened(bytes, MARK, WHAT)) {
            int found = in.readInt();
            if (found == 0) return new UnknownBasis();
            double[] sums = CheckedBytes.doubles(in);
            if (found != candidates || sums.length != candidates * chunks)
                throw CheckedBytes.damaged(WHAT, bytes.length);
            return new Sums(new ChunkSums(found, sums));
        } catch (IOException tooShort) {
            throw CheckedBytes.damaged(WHAT, bytes.length);
        }
    }
}
