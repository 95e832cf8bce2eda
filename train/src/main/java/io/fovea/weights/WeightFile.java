package io.fovea.weights;

import io.fovea.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a file of weights holds, whichever program wrote it.
 *
 * @param form    how it is written
 * @param weights every tensor, under the file's own names
 * @param skipped names of what is not a tensor: counters, settings, text
 */
public record WeightFile(Form form, Weights weights, List<String> skipped) {

    /** How weights are written. */
    public enum Form {
        /** A JSON header and bytes. */
        SAFETENSORS,
        /** A zip of NumPy's arrays. */
        NPZ,
        /** PyTorch's zip, since 1.6. */
        PYTORCH_ZIP,
        /** PyTorch's stream of pickles, 2017 to 2020. */
        PYTORCH_STREAM,
        /** PyTorch's tar archive of 2016. */
        PYTORCH_TAR
    }

    /** Copies. */
    public WeightFile {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(weights, "weights");
        skipped = List.copyOf(skipped);
    }

    private static final int LONGEST_BEGINNING = 512;

    /**
     * Reads a file; its first bytes tell the form, whatever its name.
     *
     * @throws Problem if it is missing, damaged, of no known form, or wants code to be run
     */
    public static WeightFile read(Path file) {
        byte[] beginning = ByteSource.opened(file, source -> {
            ByteBuffer bytes = source.bytes(0, (int) Math.min(LONGEST_BEGINNING, source.size()));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        });
        if (beginsWith(beginning, 'P', 'K', 3, 4) || beginsWith(beginning, 'P', 'K', 5, 6)) return zip(file);
        if (PyTorchStream.begins(beginning)) return PyTorchStream.read(file);
        if (TarEntries.begins(beginning)) return PyTorchTar.read(file);
        // Eight bytes of length, then the JSON object.
        if (beginning.length > 8 && beginning[8] == '{') {
            return new WeightFile(Form.SAFETENSORS, Safetensors.read(file), List.of());
        }
        throw unknown(file, beginning);
    }

    private static WeightFile zip(Path file) {
        return ZipArchive.opened(file, zip -> {
            if (PyTorchZip.isOne(zip)) return PyTorchZip.read(zip, file);
            if (zip.stream().anyMatch(entry -> entry.getName().endsWith(".npy"))) return Npz.contents(zip, file);
            throw new Problem(
                    "The zip archive holds neither PyTorch's data.pkl nor NumPy's arrays",
                    file.toString(),
                    REMEDY + "; weights of Keras become .npz with numpy.savez");
        });
    }

    private static final String REMEDY = "give a .pth or .pt of PyTorch, a .safetensors or an .npz";

    private static Problem unknown(Path file, byte[] beginning) {
        if (beginning.length == 0) return ByteSource.broken("The file is empty", file.toString(), null);
        if (beginsWith(beginning, 0x89, 'H', 'D', 'F')) {
            return new Problem(
                    "Expected weights that Fovea reads, found an HDF5 file (as Keras writes)",
                    file.toString(),
                    "in Keras write them as .npz: numpy.savez(FILE, **{v.path: v.numpy() for v in model.weights})");
        }
        if (beginsWith(beginning, 0x93, 'N', 'U', 'M')) {
            return new Problem(
                    "Expected named weights, found a single array of NumPy",
                    file.toString(),
                    "write all arrays with their names by numpy.savez");
        }
        if (beginsWith(beginning, 0x1f, 0x8b)) {
            return new Problem("Expected weights, found a gzip archive", file.toString(), "unpack it first (gunzip)");
        }
        if (new String(beginning, StandardCharsets.ISO_8859_1).stripLeading().startsWith("<")) {
            return new Problem(
                    "Expected weights, found a web page",
                    file.toString(),
                    "open the address in a browser and look for the link to the file itself");
        }
        if (beginsWith(beginning, 0x80)) {
            return new Problem(
                    "Expected weights, found a Python pickle that PyTorch did not write",
                    file.toString(),
                    "load it where it was made and write it with torch.save or numpy.savez");
        }
        return new Problem("The file has no form of weights that Fovea knows", file.toString(), REMEDY);
    }

    private static boolean beginsWith(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) return false;
        for (int i = 0; i < expected.length; i++) if ((bytes[i] & 0xff) != expected[i]) return false;
        return true;
    }
}
