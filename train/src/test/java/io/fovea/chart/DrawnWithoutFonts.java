package io.fovea.chart;

import java.nio.file.Path;

/** Draws in a process of its own, for {@link ChartFileTest}. */
public final class DrawnWithoutFonts {

    private DrawnWithoutFonts() {}

    public static void main(String[] arguments) {
        ChartFile.write(ChartFileTest.drawing("Grüße, Привет"), Path.of(arguments[0]), "chart");
    }
}
