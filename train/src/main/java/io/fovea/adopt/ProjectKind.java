package io.fovea.adopt;

import java.util.Locale;

/** Where a project comes from. */
public enum ProjectKind {
    /** One ONNX file of an image classifier. */
    ONNX("an ONNX file"),
    /** Google's Teachable Machine: TensorFlow.js or Keras export, or pictures. */
    TEACHABLE_MACHINE("a Teachable Machine project"),
    /** Microsoft's Lobe: a folder with {@code signature.json} and an ONNX file. */
    LOBE("a Lobe export"),
    /** NVIDIA's JetBot: pictures of {@code free} and {@code blocked}, or points in names, and PyTorch weights. */
    JETBOT("a JetBot project"),
    /** NVIDIA's DIGITS: jobs of datasets and models of Caffe. */
    DIGITS("a DIGITS job");

    private final String title;

    ProjectKind(String title) {
        this.title = title;
    }

    /** Returns the word for it, as on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the word, which the command line reads. */
    @Override
    public String toString() {
        return word();
    }

    /** Returns it in a sentence. */
    public String title() {
        return title;
    }
}
