package io.fovea.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Files that are no pictures of a format that is read: what they are by their names, and what to do about it. */
public final class UnreadFiles {

    private static final int ENDINGS_TO_REPORT = 5;

    private enum Kind {
        PICTURES("save them as JPEG or PNG"),
        VIDEOS("save frames of them as JPEG or PNG"),
        ARCHIVES("if their pictures are not there already, unpack them, or give them as sources of their own"),
        CIFAR_PYTHON("fetch the binary version (cifar-10-binary.tar.gz, cifar-100-binary.tar.gz)"),
        ANNOTATIONS("write a list instead, with a picture's path and label on each line"),
        TABLES("write the pictures as files, with a folder for each class"),
        OTHERS("");

        private final String advice;

        Kind(String advice) {
            this.advice = advice;
        }
    }

    /** What a file is, and how people call it. */
    private record Format(Kind kind, String title) {}

    private static final Map<String, Format> FORMATS = formats();

    private UnreadFiles() {}

    /** Returns one sentence for each kind of file. */
    public static List<PassedOver> described(Collection<String> paths, String source) {
        Map<Kind, Map<String, Integer>> counts = new TreeMap<>();
        for (String path : paths) {
            Format format = format(path).orElseGet(() -> new Format(Kind.OTHERS, ending(path)));
            counts.computeIfAbsent(format.kind(), kind -> new TreeMap<>()).merge(format.title(), 1, Integer::sum);
        }
        List<PassedOver> described = new ArrayList<>();
        counts.forEach((kind, titles) -> {
            int count = titles.values().stream().mapToInt(Integer::intValue).sum();
            String files = (count == 1 ? "1 file of " : count + " files of ") + source;
            String are = count == 1 ? " is" : " are";
            String were = count == 1 ? " and was passed over" : " and were passed over";
            String what = kind == Kind.OTHERS
                    ? are + (count == 1 ? " no picture by its name (" : " no pictures by their names (")
                            + listed(titles) + ")"
                    : are + " of a kind that is not read (" + listed(titles) + ")";
            described.add(new PassedOver(files + what + were, kind.advice));
        });
        return described;
    }

    /** Returns whether a file is a picture of a format that is not read. */
    static boolean isPicture(String path) {
        return format(path).filter(format -> format.kind() == Kind.PICTURES).isPresent();
    }

    /** Returns how a file of a known kind that is not read is called, and what to do about it. */
    public static Optional<PassedOver> described(String path) {
        return format(path).map(format -> new PassedOver(format.title(), format.kind().advice));
    }

    private static Optional<Format> format(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        boolean python = name.matches("data_batch_\\d+|test_batch|batches\\.meta")
                || path.contains("cifar-100-python") && name.matches("train|test|meta");
        if (python) return Optional.of(new Format(Kind.CIFAR_PYTHON, "Python version of CIFAR"));
        if (name.matches(".*\\.tfrecords?-\\d+-of-\\d+")) return Optional.of(FORMATS.get("tfrecord"));
        if (name.matches(".*(annotation|label|instances|coco).*\\.(json|xml)"))
            return Optional.of(new Format(
                    Kind.ANNOTATIONS,
                    "annotations in " + ending(name).substring(1).toUpperCase(Locale.ROOT)));
        return Optional.ofNullable(FORMATS.get(name.substring(name.lastIndexOf('.') + 1)));
    }

    private static String ending(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "without ending" : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    private static String listed(Map<String, Integer> titles) {
        String listed = titles.entrySet().stream()
                .limit(ENDINGS_TO_REPORT)
                .map(each -> titles.size() == 1 ? each.getKey() : each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return titles.size() > ENDINGS_TO_REPORT ? listed + ", …" : listed;
    }

    private static Map<String, Format> formats() {
        Map<String, Format> formats = new LinkedHashMap<>();
        String pictures = """
            heic HEIC, heif HEIF, hif HEIF, avif AVIF, jxl JPEG XL, jp2 JPEG 2000, j2k JPEG 2000, jpf JPEG 2000, jpx JPEG 2000,
            svg SVG, psd Photoshop, xcf GIMP, ico ICO, tga TGA, exr OpenEXR, hdr Radiance HDR, pfm PFM, pcx PCX, dds DDS,
            eps EPS, ai Illustrator, pdf PDF, dcm DICOM, nii NIfTI, mpo MPO, flif FLIF, bpg BPG,
            cr2 raw CR2, cr3 raw CR3, crw raw CRW, nef raw NEF, nrw raw NRW, arw raw ARW, srf raw SRF, sr2 raw SR2, dng raw DNG,
            raf raw RAF, orf raw ORF, rw2 raw RW2, pef raw PEF, srw raw SRW, x3f raw X3F, raw raw
            """;
        add(formats, Kind.PICTURES, pictures);
        add(
                formats,
                Kind.VIDEOS,
                "mp4 MP4, m4v MP4, mov MOV, avi AVI, mkv MKV, webm WebM, mpg MPEG, mpeg MPEG, wmv WMV, 3gp 3GP");
        add(
                formats,
                Kind.ARCHIVES,
                "zip zip, tar tar, tgz tar.gz, gz gzip, bz2 bzip2, tbz2 tar.bz2, xz xz, txz tar.xz, zst zstd, 7z 7z,"
                        + " rar RAR");
        String tables = """
            npy NumPy, npz NumPy, mat MATLAB, parquet Parquet, arrow Arrow, feather Feather, tfrecord TFRecord,
            tfrecords TFRecord, h5 HDF5, hdf5 HDF5, pkl pickle, pickle pickle, pt PyTorch, pth PyTorch, mdb LMDB, sqlite SQLite,
            db SQLite, lmdb LMDB, rec RecordIO, safetensors safetensors
            """;
        add(formats, Kind.TABLES, tables);
        return Map.copyOf(formats);
    }

    private static void add(Map<String, Format> formats, Kind kind, String endingsAndTitles) {
        for (String each : endingsAndTitles.strip().split(",\\s*")) {
            String[] parts = each.split(" ", 2);
            formats.put(parts[0], new Format(kind, parts[1]));
        }
    }
}
