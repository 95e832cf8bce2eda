package io.fovea.candidate;

import io.fovea.dataset.ContentHash;
import io.fovea.dataset.Dataset;
import io.fovea.image.ColorMode;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.network.Shape;
import io.fovea.statistic.LinearHead;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a process is asked: the sums of all candidates over some of the pictures of a basis.
 *
 * <p>It holds all that a process needs that knows nothing yet, or, where the basis was told before, only its name.
 *
 * @param place      of the dataset
 * @param basis      a name that no other basis has
 * @param pictures   how many the basis has
 * @param part       of them that is asked about
 * @param told       what the basis is, for these pictures; empty if it was told before
 * @param candidates to judge
 */
record Question(Place place, String basis, int pictures, Part part, Optional<Told> told, Candidates candidates) {

    private static final int MARK = 0x46564351; // "FVCQ"
    private static final String WHAT = "question about candidates";
    private static final int FIRST_LAYER = -1;
    private static final int BOTH_LAYERS = -2;

    /**
     * Where the dataset is and what is in it.
     *
     * @param folder absolute, of the process that asks
     * @param hash   {@link Dataset#contentHash}
     */
    record Place(String folder, String hash) {
        static Place of(Dataset dataset) {
            return new Place(dataset.folder().toAbsolutePath().normalize().toString(), dataset.contentHash());
        }
    }

    /** Some pictures that lie side by side, from the first of a chunk. */
    record Part(int first, int count) {}

    /**
     * A basis on some of its pictures.
     *
     * @param positions of the pictures in the training split
     */
    record Told(Layout layout, Kernels kernels, LinearHead head, int[] positions) {}

    /** What of questions stays as it is as long as the basis does. */
    static final class Begun {
        private final Place place;
        private final int[] positions;
        private final byte[] common;
        private final String name;

        Begun(Place place, Layout layout, Basis basis) {
            this.place = place;
            positions = basis.pictures().positions();
            common = bytes(out -> {
                write(out, layout);
                CheckedBytes.write(out, basis.kernels().firstWeight());
                CheckedBytes.write(out, basis.kernels().firstBias());
                CheckedBytes.write(out, basis.kernels().secondWeight());
                CheckedBytes.write(out, basis.kernels().secondBias());
                CheckedBytes.write(out, basis.head().weight());
                CheckedBytes.write(out, basis.head().bias());
            });
            byte[] all = bytes(out -> {
                out.write(common);
                for (int position : positions) out.writeInt(position);
            });
            name = HexFormat.of().formatHex(ContentHash.of(all));
        }

        /**
         * Returns a question.
         *
         * @param telling    how it says what the basis is
         * @param candidates as {@link Question#bytes(Candidates)}
         */
        byte[] question(Part part, Telling telling, byte[] candidates) {
            byte[] head = bytes(out -> {
                out.writeUTF(place.folder());
                out.writeUTF(place.hash());
                out.writeUTF(name);
                out.writeInt(positions.length);
                out.writeInt(part.first());
                out.writeInt(part.count());
                out.writeBoolean(telling == Telling.WHOLE);
                if (telling == Telling.NAME) return;
                for (int n = 0; n < part.count(); n++) out.writeInt(positions[part.first() + n]);
            });
            return CheckedBytes.sealed(
                    MARK, telling == Telling.WHOLE ? List.of(head, common, candidates) : List.of(head, candidates));
        }
    }

    /** How a question says what the basis is. */
    enum Telling {
        /** By all that it is. */
        WHOLE,
        /** By its name, which a process may not know. */
        NAME
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] bytes(Candidates candidates) {
        return bytes(out -> {
            out.writeInt(candidates.count());
            for (Block block : candidates.blocks()) {
                out.writeInt(
                        switch (block) {
                            case Block.Filter filter -> filter.filter();
                            case Block.FirstLayer _ -> FIRST_LAYER;
                            case Block.BothLayers _ -> BOTH_LAYERS;
                        });
            }
            CheckedBytes.write(out, candidates.values());
        });
    }

    private static void write(DataOutputStream out, Layout layout) throws IOException {
        Preprocessing preprocessing = layout.preprocessing();
        out.writeInt(preprocessing.height());
        out.writeInt(preprocessing.width());
        out.writeUTF(preprocessing.colorMode().name());
        CheckedBytes.write(out, preprocessing.mean());
        CheckedBytes.write(out, preprocessing.std());
        out.writeInt(layout.topology().firstFilters());
        out.writeInt(layout.topology().secondFilters());
        out.writeInt(layout.classes());
    }

    /**
     * Reads a question.
     *
     * @throws io.fovea.problem.Problem if the bytes are none, or one of another version
     */
    static Question read(byte[] bytes) {
        try (DataInputStream in = CheckedBytes.opened(bytes, MARK, WHAT)) {
            Place place = new Place(in.readUTF(), in.readUTF());
            String basis = in.readUTF();
            int pictures = in.readInt();
            Part part = new Part(in.readInt(), in.readInt());
            Optional<Told> told = in.readBoolean() ? Optional.of(told(in, part)) : Optional.empty();
            List<Block> blocks = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                int which = in.readInt();
                blocks.add(
                        switch (which) {
                            case FIRST_LAYER -> new Block.FirstLayer();
                            case BOTH_LAYERS -> new Block.BothLayers();
                            default -> new Block.Filter(which);
                        });
            }
            return new Question(place, basis, pictures, part, told, new Candidates(blocks, CheckedBytes.floats(in)));
        } catch (IOException tooShort) {
            throw CheckedBytes.damaged(WHAT, bytes.length);
        }
    }

    private static Told told(DataInputStream in, Part part) throws IOException {
        int[] positions = new int[part.count()];
        for (int n = 0; n < positions.length; n++) positions[n] = in.readInt();
        int height = in.readInt();
        int width = in.readInt();
        ColorMode color = ColorMode.valueOf(in.readUTF());
        // the pictures are prepared already, so that how they were resized is all the same
        Preprocessing preprocessing = new Preprocessing(
                height, width, color, ResizeMode.SQUASH, CheckedBytes.floats(in), CheckedBytes.floats(in));
        Topology topology = new Topology(new Shape(color.channels(), height, width), in.readInt(), in.readInt());
        Layout layout = new Layout(topology, preprocessing, in.readInt());
        Kernels kernels = new Kernels(
                CheckedBytes.floats(in), CheckedBytes.floats(in), CheckedBytes.floats(in), CheckedBytes.floats(in));
        return new Told(layout, kernels, new LinearHead(CheckedBytes.floats(in), CheckedBytes.floats(in)), positions);
    }
}
