package io.fovea.batch;

import io.fovea.image.Axis;
import io.fovea.image.Target;
import io.fovea.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Moves the targets of a picture as its pixels were moved.
 *
 * <p>A place (x, y) goes where {@link AffineMap} takes it; one that leaves the picture stays outside. Plain values stay. Two places are
 * one point if their names differ only in the last letter: {@code nose_x} and {@code nose_y}.
 *
 * <p>After a horizontal flip, targets whose names differ only in the words left and right take each other's values ({@code left_eye_x} and
 * {@code right_eye_x}), for they are meant as seen in the picture.
 *
 * <p>Holds scratch memory; not for several threads.
 */
final class TargetMotion {

    private static final int NONE = -1;
    private static final Pattern SIDE = Pattern.compile("(?i)(?<![a-z])(left|right)(?![a-z])");

    private final List<Target> targets;
    private final int[] across; // for each target the other place of its point, or NONE
    private final int[] mirrored; // for each target the one whose value it takes when left and right are exchanged
    private final double[] moved;
    private final double centreX;
    private final double centreY;

    /** For pictures [H, W]. */
    TargetMotion(List<Target> targets, int height, int width) {
        this.targets = targets;
        this.centreX = width / 2.0;
        this.centreY = height / 2.0;
        this.across = new int[targets.size()];
        this.mirrored = new int[targets.size()];
        this.moved = new double[targets.size()];
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) positions.put(targets.get(i).name(), i);
        for (int i = 0; i < targets.size(); i++) {
            across[i] = positions.getOrDefault(otherPlace(targets.get(i)), NONE);
            mirrored[i] = positions.getOrDefault(otherSide(targets.get(i).name()), i);
        }
    }

    /**
     * Refuses to turn pictures whose points are known along one side only: where these go depends on the other.
     *
     * @throws Problem naming the target
     */
    void check(Augmentation augmentation) {
        if (augmentation.rotation() == 0) return;
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i).axis() == Axis.NONE || across[i] != NONE) continue;
            throw new Problem(
                    "Pictures cannot be rotated, for where their \""
                            + targets.get(i).name() + "\" goes depends on \"" + otherPlace(targets.get(i))
                            + "\", which the dataset does not have.",
                    "augmentation, rotation",
                    "leave rotation at 0, or import the dataset with both places of each point");
        }
    }

    /** Moves the T values of a picture that start at {@code offset}. */
    void apply(AffineMap map, Mirroring mirroring, float[] values, int offset) {
        for (int i = 0; i < moved.length; i++) moved[i] = moved(map, i, values, offset);
        for (int i = 0; i < moved.length; i++)
            values[offset + i] = (float) moved[mirroring == Mirroring.MIRRORED ? mirrored[i] : i];
    }

    private double moved(AffineMap map, int target, float[] values, int offset) {
        double value = values[offset + target];
        return switch (targets.get(target).axis()) {
            case X -> map.outputX(value, across[target] == NONE ? centreY : values[offset + across[target]]);
            case Y -> map.outputY(across[target] == NONE ? centreX : values[offset + across[target]], value);
            case NONE -> value;
        };
    }

    /** Whether left and right were exchanged. */
    enum Mirroring {
        AS_IT_WAS,
        MIRRORED
    }

    /** Takes the T values that start at {@code offset} to the outputs that stand for them. */
    void toOutputs(float[] values, int offset) {
        for (int i = 0; i < moved.length; i++)
            values[offset + i] = (float) targets.get(i).output(values[offset + i]);
    }

    /** Returns how the other place of the same point is called. */
    private static String otherPlace(Target target) {
        String name = target.name();
        String stem = name.substring(0, name.length() - 1);
        boolean upper = Character.isUpperCase(name.charAt(name.length() - 1));
        return switch (target.axis()) {
            case X -> stem + (upper ? 'Y' : 'y');
            case Y -> stem + (upper ? 'X' : 'x');
            case NONE -> "";
        };
    }

    private static String otherSide(String name) {
        return SIDE.matcher(name).replaceAll(side -> switch (side.group()) {
            case "left" -> "right";
            case "Left" -> "Right";
            case "LEFT" -> "RIGHT";
            case "right" -> "left";
            case "Right" -> "Left";
            case "RIGHT" -> "LEFT";
            default -> side.group();
        });
    }
}
