package io.fovea.codec;

import io.fovea.codec.TiffDirectory.Entry;
import io.fovea.problem.Problem;
import java.util.Optional;

/**
 * What a TIFF file's tags say about its samples: how many, how deep, what they mean, in what order.
 *
 * <p>A combination that cannot be read for certain is refused here, before anything is decoded.
 *
 * <p>Source: TIFF 6.0 (1992), sections 8, 15, 16, 18, 19 and 21.
 *
 * @param directory   the tags
 * @param height      H
 * @param width       W
 * @param samples     S, samples of each pixel
 * @param bits        bits of each sample, 1 to 16
 * @param meaning     what the first samples are
 * @param alpha       what the samples behind them are
 * @param alphaSample which sample is alpha, if there is one
 * @param planar      whether the samples of each channel lie together, and not those of each pixel
 * @param compression the number of the compression
 */
record TiffLayout(
        TiffDirectory directory,
        int height,
        int width,
        int samples,
        int bits,
        Meaning meaning,
        Alpha alpha,
        int alphaSample,
        boolean planar,
        int compression) {

    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int SAMPLES = 277;
    private static final int PLANAR = 284;
    private static final int INK_SET = 332;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;

    private static final int UNSPECIFIED = 0;
    private static final int MOST_SAMPLES = 32;

    /** What the first samples of a pixel are: PhotometricInterpretation. */
    enum Meaning {
        WHITE_IS_ZERO(1),
        BLACK_IS_ZERO(1),
        RGB(3),
        PALETTE(1),
        CMYK(4),
        YCBCR(3);

        private final int channels;

        Meaning(int channels) {
            this.channels = channels;
        }

        int channels() {
            return channels;
        }
    }

    /** What a sample behind the colours is: ExtraSamples. */
    enum Alpha {
        /** No such sample, or only samples that do not concern the colours. */
        NONE,
        /** The colours are multiplied by it already. */
        ASSOCIATED,
        UNASSOCIATED,
        /** The file does not say; only opaque pictures can be read. */
        UNDECLARED
    }

    static TiffLayout read(PictureFile file, PictureHeader header) {
        TiffDirectory directory = TiffHeader.directory(file);
        int samples = (int) directory.number(SAMPLES, 1);
        Meaning meaning = meaning(directory);
        int extra = samples - meaning.channels();
        if (extra < 0 || samples > MOST_SAMPLES) {
            throw refused(directory, meaning.channels() + " to " + MOST_SAMPLES + " samples per pixel", "" + samples);
        }
        int alphaAt = extra == 0 ? 0 : alphaAt(directory, extra);
        return new TiffLayout(
                directory,
                header.height(),
                header.width(),
                samples,
                bits(directory, samples),
                meaning,
                extra == 0 ? Alpha.NONE : alpha(directory, meaning, alphaAt),
                meaning.channels() + alphaAt,
                samples > 1 && directory.number(PLANAR, 1) == 2,
                (int) directory.number(COMPRESSION, 1));
    }

    private static Meaning meaning(TiffDirectory directory) {
        int photometric = (int) directory.number(PHOTOMETRIC);
        String wanted = "grey, RGB, a palette, CMYK or YCbCr";
        return switch (photometric) {
            case 0 -> Meaning.WHITE_IS_ZERO;
            case 1 -> Meaning.BLACK_IS_ZERO;
            case 2 -> Meaning.RGB;
            case 3 -> Meaning.PALETTE;
            case 5 -> {
                if (directory.number(INK_SET, 1) != 1) throw refused(directory, wanted, "other inks");
                yield Meaning.CMYK;
            }
            case 6 -> Meaning.YCBCR;
            case 8, 9, 10 -> throw refused(directory, wanted, "Lab colours");
            case 32803, 34892 -> throw refused(directory, wanted, "the raw data of a camera");
            default -> throw refused(directory, wanted, "colours of kind " + photometric);
        };
    }

    /** Returns the bits of each sample, which are the same for all, whole numbers without sign. */
    private static int bits(TiffDirectory directory, int samples) {
        long bits = directory.number(BITS, 1);
        Optional<Entry> all = directory.entry(BITS);
        for (int i = 1; i < Math.min(samples, all.map(Entry::count).orElse(1L)); i++) {
            if (all.orElseThrow().value(i) != bits) {
                throw refused(
                        directory,
                        "equal bits for all samples",
                        bits + " and " + all.orElseThrow().value(i));
            }
        }
        Optional<Entry> formats = directory.entry(SAMPLE_FORMAT);
        for (int i = 0; i < Math.min(samples, formats.map(Entry::count).orElse(0L)); i++) {
            long format = formats.orElseThrow().value(i);
            if (format != 1 && format != 4) { // 4: not said
                throw directory
                        .file()
                        .unsupported("Expected 8 or 16 bits per channel, found floating-point or signed numbers");
            }
        }
        if (bits < 1 || bits > 16) throw refused(directory, "1 to 16 bits per channel", "" + bits);
        return (int) bits;
    }

    /** Returns which of the samples behind the colours is alpha, 0 if none is. */
    private static int alphaAt(TiffDirectory directory, int extra) {
        Optional<Entry> kinds = directory.entry(EXTRA_SAMPLES);
        for (int i = 0; i < Math.min(extra, kinds.map(Entry::count).orElse(0L)); i++) {
            if (kinds.orElseThrow().value(i) != UNSPECIFIED) return i;
        }
        return 0;
    }

    private static Alpha alpha(TiffDirectory directory, Meaning meaning, int at) {
        Optional<Entry> kinds = directory.entry(EXTRA_SAMPLES);
        if (kinds.isEmpty()) return Alpha.UNDECLARED;
        long kind = kinds.orElseThrow().value(at);
        if (kind == UNSPECIFIED) return Alpha.NONE;
        if (kind == 2) return Alpha.UNASSOCIATED;
        if (kind != 1) throw refused(directory, "0, 1 or 2 as the kind of an extra sample", "" + kind);
        // Multiplied ink, or an index: readers do not agree on what it shows.
        if (meaning != Meaning.RGB && meaning != Meaning.BLACK_IS_ZERO) {
            throw refused(
                    directory,
                    "alpha that the colours are not multiplied by",
                    "multiplied colours of another kind than RGB");
        }
        return Alpha.ASSOCIATED;
    }

    /** The problem of a TIFF file of a rare kind. */
    static Problem refused(TiffDirectory directory, String expected, String found) {
        return directory.file().unsupported("Expected a TIFF of " + expected + ", found " + found);
    }
}
