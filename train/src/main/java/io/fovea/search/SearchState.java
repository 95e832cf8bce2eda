package io.fovea.search;

import io.fovea.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * All that a search remembers between two generations; a search restored from it asks for the same candidates, bit for bit.
 *
 * <p>As bytes, highest first: "FVSS", version (2), algorithm and its options (modified UTF-8, length before), n (4), λ (4), seed (8), length of the
 * memory (4), the memory as the algorithm writes it, CRC-32 of everything before (4).
 *
 * <p>That the bits stay the same holds for one version of Fovea and of Java.
 *
 * @param algorithm  name in the catalogue {@link Searches}
 * @param options    the algorithm's own settings, as text
 * @param dimensions n
 * @param population λ
 * @param seed       of the search's settings
 * @param memory     mean, spread, paths, random generator and so on
 */
public record SearchState(String algorithm, String options, int dimensions, int population, long seed, byte[] memory) {

    private static final int MARK = 0x46565353;
    private static final int VERSION = 1;
    private static final String PLACE = "the stored state of a search";
    private static final String BEGIN_ANEW = "begin the search anew, or take an older state that is whole";

    /** Keeps a copy of the memory. */
    public SearchState {
        memory = memory.clone();
    }

    /** Returns a copy of the memory. */
    @Override
    public byte[] memory() {
        return memory.clone();
    }

    /** Returns the state as bytes, for {@link #read}. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(memory.length + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MARK);
            out.writeShort(VERSION);
            out.writeUTF(algorithm);
            out.writeUTF(options);
            out.writeInt(dimensions);
            out.writeInt(population);
            out.writeLong(seed);
            out.writeInt(memory.length);
            out.write(memory);
            out.writeInt(checksum(bytes.toByteArray()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Returns the state that {@link #bytes} wrote.
     *
     * @throws Problem if the bytes are cut off, changed, or something else
     */
    public static SearchState read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MARK) throw new Problem("These bytes are no state of a search.", PLACE, BEGIN_ANEW);
            int version = in.readShort();
            if (version != VERSION) {
                throw new Problem(
                        "The state has version " + version + ", this program reads version " + VERSION + ".",
                        PLACE,
                        "go on with the version of Fovea that wrote it, or begin the search anew");
            }
            String algorithm = in.readUTF();
            String options = in.readUTF();
            int dimensions = in.readInt();
            int population = in.readInt();
            long seed = in.readLong();
            int length = in.readInt();
            if (length < 0 || length > in.available() - Integer.BYTES) throw cutOff(bytes);
            byte[] memory = in.readNBytes(length);
            if (in.readInt() != checksum(Arrays.copyOf(bytes, bytes.length - Integer.BYTES)))
                throw new Problem("The state has been changed: its checksum differs.", PLACE, BEGIN_ANEW);
            return new SearchState(algorithm, options, dimensions, population, seed, memory);
        } catch (IOException tooShort) {
            throw cutOff(bytes);
        }
    }

    private static Problem cutOff(byte[] bytes) {
        return new Problem("The state is cut off after " + bytes.length + " bytes.", PLACE, BEGIN_ANEW);
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    /**
     * Checks that a search with these properties can go on from here.
     *
     * @throws Problem that names the first property that differs
     */
    void expect(String algorithm, String options, int dimensions, int population, long seed) {
        same("algorithm", algorithm, this.algorithm);
        same("number of dimensions", dimensions, this.dimensions);
        same("population", population, this.population);
        same("seed", seed, this.seed);
        same("options", options, this.options);
    }

    private static void same(String property, Object expected, Object found) {
        if (expected.equals(found)) return;
        throw new Problem(
                "The stored search has another " + property + ": expected " + expected + ", found " + found + ".",
                PLACE,
                "resume with the settings that it was begun with, or begin a new search");
    }
}
