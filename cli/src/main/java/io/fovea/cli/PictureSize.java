package io.fovea.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A picture's size as it is written on the command line: {@code 28}, or {@code 120x160} for height 120 and width 160.
 *
 * @param height H
 * @param width  W
 */
record PictureSize(int height, int width) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})(?:x([1-9][0-9]{0,4}))?");

    /** Reads the words of an option. */
    static final class Converter implements ITypeConverter<PictureSize> {
        @Override
        public PictureSize convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "a size is written as 28, or as HEIGHTxWIDTH such as 120x160; found \"" + text + "\"");
            }
            int height = Integer.parseInt(matcher.group(1));
            return new PictureSize(height, matcher.group(2) == null ? height : Integer.parseInt(matcher.group(2)));
        }
    }
}
