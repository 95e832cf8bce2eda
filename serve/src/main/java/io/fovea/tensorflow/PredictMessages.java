package io.fovea.tensorflow;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.fovea.problem.Problem;
import io.fovea.tensorflow.message.Class;
import io.fovea.tensorflow.message.ClassificationResult;
import io.fovea.tensorflow.message.Classifications;
import io.fovea.tensorflow.message.DataType;
import io.fovea.tensorflow.message.Example;
import io.fovea.tensorflow.message.Feature;
import io.fovea.tensorflow.message.Input;
import io.fovea.tensorflow.message.ModelSpec;
import io.fovea.tensorflow.message.Regression;
import io.fovea.tensorflow.message.RegressionResult;
import io.fovea.tensorflow.message.TensorProto;
import io.fovea.tensorflow.message.TensorShapeProto;
import io.fovea.wire.Content;
import io.fovea.wire.Datatype;
import io.fovea.wire.WireShape;
import io.fovea.wire.WireTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests for predictions from gRPC's messages, and answers as such. */
public final class PredictMessages {

    private PredictMessages() {}

    /**
     * Reads the message of {@code Predict}.
     *
     * @param expected the only input of the model
     * @throws Problem if it is no such request, with what is wrong in it
     */
    public static PredictRequest predict(io.fovea.tensorflow.message.PredictRequest message, WireShape expected) {
        Map<String, TensorProto> inputs = message.getInputsMap();
        if (inputs.size() != 1)
            throw new Problem(
                    "Expected one input, \"" + expected.name() + "\", found " + inputs.size() + ".",
                    "inputs",
                    "send what the model's metadata describe");
        Map.Entry<String, TensorProto> input = inputs.entrySet().iterator().next();
        List<String> outputs = message.getOutputFilterCount() > 0
                ? message.getOutputFilterList()
                : PredictRequest.signature(message.getModelSpec().getSignatureName());
        return new PredictRequest(PredictRequest.Form.COLUMN, tensor(input.getKey(), input.getValue()), outputs);
    }

    private static WireTensor tensor(String name, TensorProto tensor) {
        String where = "input \"" + name + "\"";
        Content content =
                switch (tensor.getDtype()) {
                    case DT_FLOAT -> floats(tensor, where);
                    case DT_STRING ->
                        new Content.Files(tensor.getStringValList().stream()
                                .map(ByteString::toByteArray)
                                .toList());
                    default ->
                        throw new Problem(
                                "Expected the type DT_FLOAT or DT_STRING, found " + type(tensor) + ".",
                                where,
                                "send what the model's metadata describe");
                };
        List<Integer> shape = new ArrayList<>();
        for (TensorShapeProto.Dim axis : tensor.getTensorShape().getDimList()) {
            if (axis.getSize() < 0 || axis.getSize() > Integer.MAX_VALUE)
                throw new Problem(
                        "A size of the shape is " + axis.getSize() + ".", where, "send the sizes that the data have");
            shape.add((int) axis.getSize());
        }
        return counted(name, content, shape.isEmpty() ? List.of(1) : shape);
    }

    private static String type(TensorProto tensor) {
        return tensor.getDtype() == DataType.UNRECOGNIZED
                ? Integer.toString(tensor.getDtypeValue())
                : tensor.getDtype().name();
    }

    private static Content.Floats floats(TensorProto tensor, String where) {
        ByteString bytes = tensor.getTensorContent();
        if (bytes.isEmpty()) return floats(tensor.getFloatValList());
        if (tensor.getFloatValCount() > 0)
            throw new Problem("The tensor has its elements twice.", where, "send tensor_content or float_val");
        if (bytes.size() % Float.BYTES != 0)
            throw new Problem(
                    bytes.size() + " bytes are no whole number of DT_FLOAT.",
                    where,
                    "send 4 bytes for each, little-endian");
        float[] values = new float[bytes.size() / Float.BYTES];
        ByteBuffer.wrap(bytes.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Content.Floats(values);
    }

    private static Content.Floats floats(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = list.get(i);
        return new Content.Floats(values);
    }

    /** Elements must all be sent: a last one that stands for many would let a short message ask for much memory. */
    private static WireTensor counted(String name, Content content, List<Integer> shape) {
        Datatype datatype = content instanceof Content.Files ? Datatype.BYTES : Datatype.FP32;
        return WireTensor.received(name, datatype, shape, content);
    }

    /**
     * Reads the examples of {@code Classify} and {@code Regress}: of each the feature that has the input's name, a picture's bytes, or all
     * numbers of one in reading order.
     *
     * @throws Problem as {@link #predict}
     */
    public static PredictRequest examples(ModelSpec spec, Input input, WireShape expected) {
        List<Example> examples =
                switch (input.getKindCase()) {
                    case EXAMPLE_LIST -> input.getExampleList().getExamplesList();
                    case EXAMPLE_LIST_WITH_CONTEXT ->
                        input.getExampleListWithContext().getExamplesList();
                    case KIND_NOT_SET -> List.of();
                };
        if (examples.isEmpty())
            throw new Problem("There are no examples.", "input", "send at least one picture, in an example of its own");
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Feature feature = examples.get(i).getFeatures().getFeatureMap().get(expected.name());
            if (feature == null)
                throw new Problem(
                        "The example has no feature \"" + expected.name() + "\".",
                        "examples[" + i + "]",
                        "name the feature as the model's input");
            features.add(feature);
        }
        List<Integer> shape = new ArrayList<>(List.of(examples.size()));
        shape.addAll(expected.shape().subList(1, expected.shape().size()));
        Content content = expected.datatype() == Datatype.BYTES ? files(features) : numbers(features);
        return new PredictRequest(
                PredictRequest.Form.ROW,
                counted(expected.name(), content, shape),
                PredictRequest.signature(spec.getSignatureName()));
    }

    private static Content.Files files(List<Feature> features) {
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i).getBytesList().getValueCount() != 1)
                throw new Problem(
                        "The feature is not one picture.",
                        "examples[" + i + "]",
                        "send the bytes of one picture file in bytes_list");
            files.add(features.get(i).getBytesList().getValue(0).toByteArray());
        }
        return new Content.Files(files);
    }

    private static Content.Floats numbers(List<Feature> features) {
        List<Float> numbers = new ArrayList<>();
        features.forEach(each -> numbers.addAll(each.getFloatList().getValueList()));
        return floats(numbers);
    }

    /** Returns a tensor as a message. */
    public static TensorProto tensor(WireTensor tensor) {
        TensorProto.Builder message = TensorProto.newBuilder().setDtype(ServingWords.type(tensor.datatype()));
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        tensor.shape().forEach(size -> shape.addDimBuilder().setSize(size));
        message.setTensorShape(shape);
        switch (tensor.content()) {
            case Content.Floats floats -> {
                for (float value : floats.values()) message.addFloatVal(value);
            }
            case Content.Doubles doubles -> {
                for (double value : doubles.values()) message.addDoubleVal(value);
            }
            case Content.Octets octets -> {
                for (byte value : octets.values()) message.addIntVal(value & 0xff);
            }
            case Content.Integers integers -> {
                for (long value : integers.values()) message.addInt64Val(value);
            }
            case Content.Files files -> {
                for (byte[] file : files.values()) message.addStringVal(UnsafeByteOperations.unsafeWrap(file));
            }
            case Content.Texts texts -> {
                for (String text : texts.values()) message.addStringVal(ByteString.copyFromUtf8(text));
            }
        }
        return message.build();
    }

    /**
     * Returns the answer to {@code Classify}: for each picture all classes with their scores, in label order.
     *
     * @throws Problem as {@link PredictWriter#classes}
     */
    public static ClassificationResult classes(WireTensor scores, List<String> names) {
        float[] values = PredictWriter.scores(scores, names);
        ClassificationResult.Builder result = ClassificationResult.newBuilder();
        for (int row = 0; row < scores.shape().getFirst(); row++) {
            Classifications.Builder classes = Classifications.newBuilder();
            for (int label = 0; label < names.size(); label++)
                classes.addClasses(
                        Class.newBuilder().setLabel(names.get(label)).setScore(values[row * names.size() + label]));
            result.addClassifications(classes);
        }
        return result.build();
    }

    /**
     * Returns the answer to {@code Regress}: for each picture its value, in the 32 bits that the message has.
     *
     * @throws Problem if the model does not read one value from a picture
     */
    public static RegressionResult values(WireTensor values, boolean isRegression) {
        PredictWriter.checkValues(isRegression);
        if (values.shape().get(1) != 1)
            throw new Problem(
                    "The model reads " + values.shape().get(1) + " values from a picture, and this answer has one.",
                    "Regress",
                    "ask for its answer with Predict");
        RegressionResult.Builder result = RegressionResult.newBuilder();
        switch (values.content()) {
            case Content.Doubles doubles -> {
                for (double value : doubles.values())
                    result.addRegressions(Regression.newBuilder().setValue((float) value));
            }
            case Content.Floats floats -> {
                for (float value : floats.values())
                    result.addRegressions(Regression.newBuilder().setValue(value));
            }
            case Content.Octets _, Content.Integers _, Content.Files _, Content.Texts _ ->
                throw new IllegalStateException("Values are no numbers");
        }
        return result.build();
    }
}
