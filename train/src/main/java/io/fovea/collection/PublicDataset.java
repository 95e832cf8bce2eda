package io.fovea.collection;

import io.fovea.download.Download;
import io.fovea.download.DownloadListener;
import io.fovea.download.RemoteFile;
import io.fovea.problem.Nearest;
import io.fovea.problem.Problem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A well-known set of pictures that its authors let everyone download.
 *
 * @param name        how the command line calls it
 * @param description what it holds, in one line
 * @param source      who made it, and the terms as the authors state them
 * @param mirrors     addresses that end in "/", the preferred one first
 * @param files       all files of the set
 */
public record PublicDataset(String name, String description, String source, List<URI> mirrors, List<RemoteFile> files) {

    /** Handwritten digits. */
    public static final PublicDataset MNIST = new PublicDataset(
            "mnist",
            "handwritten digits, 60,000 + 10,000 grey pictures of 28x28",
            "Y. LeCun, C. Cortes, C. Burges 1998; CC BY-SA 3.0 as commonly given",
            List.of(
                    URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                    URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
            List.of(
                    new RemoteFile(
                            "train-images-idx3-ubyte.gz",
                            9_912_422,
                            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    new RemoteFile(
                            "train-labels-idx1-ubyte.gz",
                            28_881,
                            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                    new RemoteFile(
                            "t10k-images-idx3-ubyte.gz",
                            1_648_877,
                            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    new RemoteFile(
                            "t10k-labels-idx1-ubyte.gz",
                            4_542,
                            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")));

    /** Pieces of clothing, in the form of MNIST. */
    public static final PublicDataset FASHION_MNIST = new PublicDataset(
            "fashion-mnist",
            "pieces of clothing, 60,000 + 10,000 grey pictures of 28x28",
            "H. Xiao, K. Rasul, R. Vollgraf 2017, arXiv:1708.07747; MIT",
            List.of(URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
            List.of(
                    new RemoteFile(
                            "train-images-idx3-ubyte.gz",
                            26_421_880,
                            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                    new RemoteFile(
                            "train-labels-idx1-ubyte.gz",
                            29_515,
                            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                    new RemoteFile(
                            "t10k-images-idx3-ubyte.gz",
                            4_422_102,
                            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                    new RemoteFile(
                            "t10k-labels-idx1-ubyte.gz",
                            5_148,
                            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")));

    private static final List<PublicDataset> ALL = List.of(MNIST, FASHION_MNIST);

    /** Checks the mirrors' addresses and copies the lists. */
    public PublicDataset {
        for (URI mirror : mirrors) {
            if (!mirror.toString().endsWith("/"))
                throw new IllegalArgumentException("A mirror ends in \"/\": " + mirror);
        }
        mirrors = List.copyOf(mirrors);
        files = List.copyOf(files);
    }

    /** Returns every set that Fovea knows. */
    public static List<PublicDataset> all() {
        return ALL;
    }

    /**
     * Returns the set of this name.
     *
     * @throws Problem if there is none, naming the nearest
     */
    public static PublicDataset named(String name) {
        List<String> names = ALL.stream().map(PublicDataset::name).toList();
        int index = names.indexOf(name);
        if (index >= 0) return ALL.get(index);
        throw new Problem(
                "There is no public dataset \"" + name + "\".",
                "name of a public dataset",
                Nearest.suggestion(name, names));
    }

    /** Returns whether all files lie in {@code folder}, each packed as published or unpacked; does not look into them. */
    public boolean isIn(Path folder) {
        return files.stream().allMatch(file -> isIn(folder, file.name()));
    }

    private static boolean isIn(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name))
                || Files.isRegularFile(folder.resolve(name.replaceFirst("\\.gz$", "")));
    }

    /** Returns the size of all files together. */
    public long sizeInBytes() {
        return files.stream().mapToLong(file -> file.sizeInBytes().orElse(0)).sum();
    }

    /**
     * Downloads what is missing of the set into {@code folder}.
     *
     * @throws Problem as {@link Download} does
     */
    public void fetch(Path folder, Download download, DownloadListener listener) {
        for (RemoteFile file : files) download.fetch(file, mirrors, folder, listener);
    }
}
