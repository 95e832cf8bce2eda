package io.fovea.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fovea.bundle.Bundle;
import io.fovea.bundle.Manifest;
import io.fovea.bundle.Provenance;
import io.fovea.bundle.Sizes;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PngWriter;
import io.fovea.image.ColorMode;
import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.image.ResizeMode;
import io.fovea.module.Initialization;
import io.fovea.network.Catalogue;
import io.fovea.network.Inference;
import io.fovea.network.Network;
import io.fovea.network.NetworkSummary;
import io.fovea.network.Shape;
import io.fovea.onnx.OnnxWriter;
import io.fovea.predict.Classifier;
import io.fovea.predict.PredictionOptions;
import io.fovea.predict.Verification;
import io.fovea.task.Classification;
import io.fovea.task.ModelOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What one picture costs through {@link Classifier}, and through ONNX Runtime alone with the same network on the same options.
 *
 * <p>Four ways in turns, in blocks of equal length: from the decoded picture and from the bytes of a PNG, each with and without the classifier.
 * The ways without it do only what cannot be left out: put normalised floats into a tensor that is kept, run, read both outputs. One thread.
 *
 * <p>The network is LeNet with its first weights: what they are changes no time. Prints one line of JSON, microseconds per picture.
 */
final class ClassifierOverhead {

    private static final int SIDE = 28;
    private static final int CLASSES = 10;
    private static final int THREADS = 1;
    private static final int WARM_UP_BLOCKS = 10;
    private static final int BLOCKS = 40;
    private static final int PICTURES_PER_BLOCK = 250;

    private ClassifierOverhead() {}

    /** Classifies one picture; returns something of the answer, so that nothing is optimised away. */
    private interface Way {
        float classify() throws OrtException;
    }

    /** Runs in a process of its own; see {@link ClassifierBenchmark}. */
    public static void main(String[] arguments) throws OrtException {
        Bundle bundle = bundle();
        Pixels digit = digit();
        byte[] png = PngWriter.bytes(digit);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (Classifier classifier = Classifier.of(
                        bundle, PredictionOptions.DEFAULT.withThreads(THREADS).withVerification(Verification.SKIP));
                OrtSession.SessionOptions options = options();
                OrtSession session = environment.createSession(bundle.onnx(), options);
                Raw raw = new Raw(environment, session, bundle.manifest().preprocessing())) {
            Map<String, Way> ways = new LinkedHashMap<>();
            ways.put("onnxRuntime", raw::run);
            ways.put("classifier", () -> classifier.classify(digit).best().probability());
            ways.put("decodeAndOnnxRuntime", () -> raw.run(PictureDecoder.decode(png, "digit.png", ColorMode.GREY)));
            ways.put(
                    "decodeAndClassifier", () -> classifier.classify(png).best().probability());
            print(inTurns(ways));
        }
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(THREADS);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        return options;
    }

    /** Returns the microseconds per picture of each block, by way. */
    private static Map<String, List<Double>> inTurns(Map<String, Way> ways) throws OrtException {
        Map<String, List<Double>> micros = new LinkedHashMap<>();
        ways.keySet().forEach(name -> micros.put(name, new ArrayList<>()));
        float unused = 0;
        for (int block = -WARM_UP_BLOCKS; block < BLOCKS; block++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                long start = System.nanoTime();
                for (int i = 0; i < PICTURES_PER_BLOCK; i++)
                    unused += way.getValue().classify();
                double each = (System.nanoTime() - start) / 1e3 / PICTURES_PER_BLOCK;
                if (block >= 0) micros.get(way.getKey()).add(each);
            }
        }
        if (Float.isNaN(unused)) throw new IllegalStateException("A probability is no number");
        return micros;
    }

    private static void print(Map<String, List<Double>> micros) {
        double raw = Median.of(micros.get("onnxRuntime"));
        double classifier = Median.of(micros.get("classifier"));
        double decodeAndRaw = Median.of(micros.get("decodeAndOnnxRuntime"));
        double decodeAndClassifier = Median.of(micros.get("decodeAndClassifier"));
        System.out.printf(
                Locale.ROOT,
                """
                {"onnxRuntime":%.2f,"classifier":%.2f,"overhead":%.4f,"decodeAndOnnxRuntime":%.2f,"decodeAndClassifier":%.2f,"overheadWithDecoding":%.4f}%n\
                """,
                raw,
                classifier,
                classifier / raw - 1,
                decodeAndRaw,
                decodeAndClassifier,
                decodeAndClassifier / decodeAndRaw - 1);
    }

    private static Bundle bundle() {
        Network network = Catalogue.network("lenet", new Shape(1, SIDE, SIDE), CLASSES);
        NetworkSummary summary = Inference.of(network);
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                "lenet",
                Classification.numbered(CLASSES),
                new Preprocessing(
                        SIDE, SIDE, ColorMode.GREY, ResizeMode.SQUASH, new float[] {0.1307f}, new float[] {0.3081f}),
                Classification.numbered(CLASSES).outputs(List.of(CLASSES)),
                new Sizes(summary.parameters(), summary.macs()),
                List.of(),
                new Provenance("lenet", "none", "", Map.of(), 1, "benchmark", Instant.EPOCH),
                Manifest.DEFAULT_TOLERANCE,
                List.of(),
                Optional.empty(),
                List.of());
        byte[] onnx = OnnxWriter.write(network, Initialization.of(network, new SplittableRandom(1)), Map.of());
        return Bundle.of(manifest, onnx, Map.of(), Map.of());
    }

    /** Returns a ring, which is as good a zero as any. */
    private static Pixels digit() {
        byte[] values = new byte[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double distance = Math.hypot(y - 13.5, x - 13.5);
                values[y * SIDE + x] = (byte) Math.max(0, 255 - 100 * Math.abs(distance - 8));
            }
        }
        return new Pixels(SIDE, SIDE, 1, values);
    }

    /** ONNX Runtime with nothing around it: tensors that are kept for input and outputs, as fast as its interface allows. */
    private static final class Raw implements AutoCloseable {

        private final OrtSession session;
        private final Preprocessing preprocessing;
        private final float[] values = new float[SIDE * SIDE];
        private final float[] logits = new float[CLASSES];
        private final float[] probabilities = new float[CLASSES];
        private final FloatBuffer inputBuffer = floats(SIDE * SIDE);
        private final FloatBuffer logitsBuffer = floats(CLASSES);
        private final FloatBuffer probabilitiesBuffer = floats(CLASSES);
        private final Map<String, OnnxTensor> inputs;
        private final Map<String, OnnxTensor> outputs;

        Raw(OrtEnvironment environment, OrtSession session, Preprocessing preprocessing) throws OrtException {
            this.session = session;
            this.preprocessing = preprocessing;
            this.inputs = Map.of(OnnxWriter.INPUT, tensor(environment, inputBuffer, 1, 1, SIDE, SIDE));
            this.outputs = Map.of(
                    ModelOutput.LOGITS, tensor(environment, logitsBuffer, 1, CLASSES),
                    ModelOutput.PROBABILITIES, tensor(environment, probabilitiesBuffer, 1, CLASSES));
        }

        private static FloatBuffer floats(int count) {
            return ByteBuffer.allocateDirect(count * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        private static OnnxTensor tensor(OrtEnvironment environment, FloatBuffer buffer, long... shape)
                throws OrtException {
            return OnnxTensor.createTensor(environment, buffer, shape);
        }

        float run(Pixels picture) throws OrtException {
            preprocessing.normalise(preprocessing.prepare(picture), values, 0);
            return run();
        }

        float run() throws OrtException {
            inputBuffer.put(0, values);
            session.run(inputs, outputs).close();
            logitsBuffer.get(0, logits);
            probabilitiesBuffer.get(0, probabilities);
            return probabilities[0];
        }

        @Override
        public void close() {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
    }
}
