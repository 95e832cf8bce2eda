package io.fovea.batch;

import io.fovea.dataset.SplitMix;
import java.util.Arrays;

/**
 * Draws N of N pictures so that every class that has any comes equally often: ⌊N/K⌋ or ⌈N/K⌉ times, where K classes have pictures; chance
 * says which classes come once more.
 *
 * <p>Within a class pictures come equally often as well, give or take one: a class that is drawn more often than it has pictures goes
 * through random permutations of them, one after the other; of a larger class a random part sits the epoch out.
 */
final class BalancedDraw {

    private final int[] byClass; // pictures, those of one class behind one another
    private final int[] firsts; // where each class that has pictures begins there, and where the last one ends
    private final int[] pictures; // the same, permuted within the classes
    private final int[] classes;

    BalancedDraw(PictureSource source) {
        int count = source.count();
        int[] sizes = new int[0];
        for (int i = 0; i < count; i++) {
            int label = source.label(i);
            if (label >= sizes.length) sizes = Arrays.copyOf(sizes, label + 1);
            sizes[label]++;
        }
        byClass = new int[count];
        int[] ends = new int[sizes.length];
        for (int label = 1; label < sizes.length; label++) ends[label] = ends[label - 1] + sizes[label - 1];
        for (int i = 0; i < count; i++) byClass[ends[source.label(i)]++] = i;
        pictures = new int[count];
        int present = (int) Arrays.stream(sizes).filter(size -> size > 0).count();
        firsts = new int[present + 1];
        int next = 0;
        for (int label = 0; label < sizes.length; label++) if (sizes[label] > 0) firsts[++next] = ends[label];
        classes = new int[present];
    }

    /** Fills {@code examples} [N], class by class; depends on nothing but the draws, and allocates nothing. */
    void draw(int[] examples, SplitMix random) {
        System.arraycopy(byClass, 0, pictures, 0, pictures.length);
        for (int k = 0; k < classes.length; k++) classes[k] = k;
        random.shuffle(classes);
        int at = 0;
        for (int k = 0; k < classes.length; k++) {
            int times = examples.length / classes.length + (k < examples.length % classes.length ? 1 : 0);
            drawClass(classes[k], examples, at, times, random);
            at += times;
        }
    }

    private void drawClass(int label, int[] examples, int at, int times, SplitMix random) {
        int first = firsts[label];
        int size = firsts[label + 1] - first;
        for (int i = 0; i < times; i++) {
            // the next step of a permutation, or the first one of another
            int place = first + i % size;
            int other = place + random.nextInt(size - i % size);
            int picture = pictures[other];
            pictures[other] = pictures[place];
            pictures[place] = picture;
            examples[at + i] = picture;
        }
    }
}
