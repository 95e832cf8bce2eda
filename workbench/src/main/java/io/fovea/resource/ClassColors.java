package io.fovea.resource;

import io.fovea.image.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The colours of classes in masks, as pages write them. */
public final class ClassColors {

    private ClassColors() {}

    /** Returns {@code #rrggbb} of each label, from 0. */
    public static List<String> of(int classes) {
        List<String> colors = new ArrayList<>();
        for (int label = 0; label < classes; label++)
            colors.add(String.format(
                    Locale.ROOT,
                    "#%02x%02x%02x",
                    Palette.color(label, 0),
                    Palette.color(label, 1),
                    Palette.color(label, 2)));
        return colors;
    }
}
