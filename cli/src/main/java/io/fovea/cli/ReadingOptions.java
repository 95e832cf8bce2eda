package io.fovea.cli;

import io.fovea.source.SourceReading;
import java.nio.charset.Charset;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the sources of an import are read where they do not tell it themselves, as options. */
final class ReadingOptions {

    @Option(
            names = "--names-encoding",
            paramLabel = "ENCODING",
            converter = EncodingConverter.class,
            description = "Encoding of names in archives and folders and of lists that are not UTF-8, such as cp850,"
                    + " windows-1252, shift_jis or gbk. Default: cp437 in a zip; others are refused.")
    private Charset namesEncoding;

    @Option(
            names = "--path-column",
            paramLabel = "COLUMN",
            description = "Column of a list with the pictures' files: its name in the first line, or its number from 1."
                    + " Default: the one that names files.")
    private String pathColumn;

    @Option(
            names = "--label-column",
            paramLabel = "COLUMN",
            description = "Column of a list with the classes, likewise. Default: the other one, or the one called so.")
    private String labelColumn;

    SourceReading reading() {
        return new SourceReading(
                Optional.ofNullable(namesEncoding), Optional.ofNullable(pathColumn), Optional.ofNullable(labelColumn));
    }

    /** Reads the name of an encoding. */
    static final class EncodingConverter implements ITypeConverter<Charset> {
        @Override
        public Charset convert(String name) {
            try {
                return Charset.forName(name);
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(
                        "expected an encoding such as cp437, cp850, windows-1252, shift_jis or" + " gbk, found \""
                                + name + "\"");
            }
        }
    }
}
