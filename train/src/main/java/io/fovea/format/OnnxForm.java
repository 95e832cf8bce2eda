package io.fovea.format;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fovea.bundle.AdoptedOrigin;
import io.fovea.file.AtomicFile;
import io.fovea.problem.Problem;
import io.fovea.weights.WeightPrecision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The model's network as one ONNX file, with what a reader must know of it in its metadata.
 *
 * <p>Without choices nodes and weights are those of the model file, so that it answers with the same bits.
 */
final class OnnxForm implements FormatWriter {

    /** How far answers may be from those that were measured where weights keep 11 bits, as a share of the largest number. */
    static final double HALF_TOLERANCE = 0.05;

    private final ModelSource model;
    private final ModelFormat.Onnx format;
    private final WeightPrecision precision;
    private final PreparationPlace place;

    /** Finds what the choices cannot say of the model. */
    OnnxForm(ModelSource model, ModelFormat.Onnx format) {
        this.model = model;
        this.format = format;
        this.precision = format.precision().orElse(WeightPrecision.FP32);
        this.place = format.preprocessing().orElse(PreparationPlace.OUTSIDE);
        model.check(precision);
        checkAdopted();
        file(); // whatever is in the way is found before anything is written
    }

    /** Which operators a network of others has, and what they were in another operator set, is not known. */
    private void checkAdopted() {
        boolean changes = place == PreparationPlace.INSIDE || format.opset().isPresent();
        if (!changes || model.bundle().network().isPresent()) return;
        AdoptedOrigin.of(model.manifest()).ifPresent(origin -> {
            throw new Problem(
                    "The model keeps the network of others as it came (" + origin.file()
                            + "), and it is not known what its operators are in another operator set.",
                    model.where(),
                    "leave --opset and --preprocessing out");
        });
    }

    @Override
    public String fileName() {
        return model.fileStem() + ".onnx";
    }

    @Override
    public Exported write(Path target) {
        byte[] onnx = file();
        Check check = GoldenAnswers.of(model, onnx, place, tolerance());
        AtomicFile.write(target, onnx);
        return new Exported(format, target, Written.files(target), List.of(check), notes());
    }

    private double tolerance() {
        double exact = model.manifest().tolerance();
        if (place == PreparationPlace.INSIDE) exact = Math.max(exact, PictureInput.TOLERANCE);
        return precision == WeightPrecision.FP16 ? Math.max(exact, HALF_TOLERANCE) : exact;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (place == PreparationPlace.INSIDE) notes.add(PictureInput.NOTE);
        return notes;
    }

    private byte[] file() {
        OnnxMl.ModelProto.Builder file = read(model).toBuilder();
        if (precision == WeightPrecision.FP16) HalfWeights.in(file.getGraphBuilder());
        if (place == PreparationPlace.INSIDE)
            PictureInput.addTo(file, model.manifest().preprocessing());
        format.opset().ifPresent(version -> Opset.lower(file, version, place, model.where()));
        describe(file);
        return file.build().toByteArray();
    }

    /** Adds what viewers show beside the graph. */
    private void describe(OnnxMl.ModelProto.Builder file) {
        file.setDocString(
                model.manifest().name() + ": " + model.manifest().task().word() + ", made with Fovea");
        file.addMetadataProps(OnnxMl.StringStringEntryProto.newBuilder()
                .setKey("preprocessing")
                .setValue(place == PreparationPlace.INSIDE ? PictureInput.DESCRIPTION : model.preprocessing()));
    }

    /** Returns the model's network in a precision, all else as it is. */
    static byte[] network(ModelSource model, WeightPrecision precision) {
        if (precision == WeightPrecision.FP32) return model.bundle().onnx();
        OnnxMl.ModelProto.Builder file = read(model).toBuilder();
        HalfWeights.in(file.getGraphBuilder());
        return file.build().toByteArray();
    }

    /** Compares what the model answers with weights of 16 bits with what was measured. */
    static Check halved(ModelSource model) {
        byte[] network = network(model, WeightPrecision.FP16);
        return GoldenAnswers.of(model, network, PreparationPlace.OUTSIDE, HALF_TOLERANCE);
    }

    private static OnnxMl.ModelProto read(ModelSource model) {
        try {
            return OnnxMl.ModelProto.parseFrom(model.bundle().onnx());
        } catch (InvalidProtocolBufferException e) {
            throw new Problem(
                    "The model's network is no ONNX file: " + e.getMessage() + ".",
                    model.where(),
                    "make the model again",
                    e);
        }
    }
}
