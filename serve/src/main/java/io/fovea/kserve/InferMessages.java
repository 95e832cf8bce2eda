package io.fovea.kserve;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.fovea.kserve.message.InferParameter;
import io.fovea.kserve.message.InferTensorContents;
import io.fovea.kserve.message.ModelInferRequest;
import io.fovea.kserve.message.ModelInferResponse;
import io.fovea.problem.Problem;
import io.fovea.wire.Content;
import io.fovea.wire.Datatype;
import io.fovea.wire.WireShape;
import io.fovea.wire.WireTensor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests for inference from gRPC's messages, and answers as such. */
public final class InferMessages {

    private InferMessages() {}

    /**
     * Reads a message.
     *
     * @param expected the only input of the model
     * @throws Problem if it is no such request, with what is wrong in it
     */
    public static InferRequest read(ModelInferRequest message, WireShape expected) {
        if (message.getInputsCount() != 1)
            throw new Problem(
                    "Expected one input, \"" + expected.name() + "\", found " + message.getInputsCount() + ".",
                    "inputs",
                    "send what the model's metadata describe");
        ModelInferRequest.InferInputTensor input = message.getInputs(0);
        String where = "input \"" + input.getName() + "\"";
        Datatype datatype = InferReader.datatype(input.getDatatype(), input.getName(), expected);
        int raw = message.getRawInputContentsCount();
        if (input.hasContents() && raw > 0)
            throw new Problem(
                    "The input has contents, and raw contents too.", where, "send one of the two, for all inputs");
        if (raw > 1)
            throw new Problem(
                    "There are " + raw + " raw contents, and 1 input.",
                    "raw_input_contents",
                    "send one for each input, in their order");
        Content content = raw == 1
                ? RawTensor.read(datatype, message.getRawInputContents(0).asReadOnlyByteBuffer(), where)
                : content(input.getContents(), datatype, where);
        WireTensor tensor = WireTensor.received(input.getName(), datatype, shape(input, where), content);
        return new InferRequest(
                message.getId().isEmpty() ? Optional.empty() : Optional.of(message.getId()),
                tensor,
                message.getOutputsList().stream().map(InferMessages::wanted).toList(),
                raw > 0,
                timeout(message.getParametersMap()));
    }

    private static List<Integer> shape(ModelInferRequest.InferInputTensor input, String where) {
        List<Integer> shape = new ArrayList<>();
        for (long size : input.getShapeList()) {
            if (size < 0 || size > Integer.MAX_VALUE)
                throw new Problem("A size of the shape is " + size + ".", where, "send the sizes that the data have");
            shape.add((int) size);
        }
        return shape;
    }

    private static Content content(InferTensorContents contents, Datatype datatype, String where) {
        int others = contents.getBoolContentsCount()
                + contents.getIntContentsCount()
                + contents.getInt64ContentsCount()
                + contents.getUintContentsCount()
                + contents.getUint64ContentsCount()
                + contents.getFp64ContentsCount()
                + (datatype == Datatype.BYTES ? contents.getFp32ContentsCount() : contents.getBytesContentsCount());
        String field = datatype == Datatype.BYTES ? "bytes_contents" : "fp32_contents";
        if (others > 0)
            throw new Problem("The contents are no " + datatype + ".", where, "send them in \"" + field + "\"");
        if (datatype == Datatype.BYTES)
            return new Content.Files(contents.getBytesContentsList().stream()
                    .map(ByteString::toByteArray)
                    .toList());
        float[] values = new float[contents.getFp32ContentsCount()];
        for (int i = 0; i < values.length; i++) values[i] = contents.getFp32Contents(i);
        return new Content.Floats(values);
    }

    private static RequestedOutput wanted(ModelInferRequest.InferRequestedOutputTensor output) {
        InferParameter classes = output.getParametersOrDefault("classification", InferParameter.getDefaultInstance());
        long count = whole(classes, "output \"" + output.getName() + "\", parameter \"classification\"");
        return new RequestedOutput(output.getName(), Optional.empty(), (int) count);
    }

    private static Optional<Duration> timeout(Map<String, InferParameter> parameters) {
        return Optional.ofNullable(parameters.get("timeout"))
                .map(each -> Duration.ofNanos(1000L * whole(each, "parameter \"timeout\"")));
    }

    /** Returns a whole number, which clients send as the one kind or the other; 0 where nothing is said. */
    private static long whole(InferParameter parameter, String where) {
        long value =
                switch (parameter.getParameterChoiceCase()) {
                    case INT64_PARAM -> parameter.getInt64Param();
                    case UINT64_PARAM -> parameter.getUint64Param();
                    case PARAMETERCHOICE_NOT_SET -> 0;
                    case BOOL_PARAM, STRING_PARAM, DOUBLE_PARAM -> -1;
                };
        if (value < 0 || value > Integer.MAX_VALUE)
            throw new Problem(
                    "Expected a whole number from 0 to " + Integer.MAX_VALUE + ".", where, "send it as int64_param");
        return value;
    }

    /** Returns an answer as a message: raw if the request was, so that each client gets what it sends. */
    public static ModelInferResponse write(InferAnswer answer) {
        ModelInferResponse.Builder message = ModelInferResponse.newBuilder()
                .setModelName(answer.model())
                .setModelVersion(Long.toString(answer.version()));
        answer.request().id().ifPresent(message::setId);
        for (WireTensor output : answer.outputs()) {
            ModelInferResponse.InferOutputTensor.Builder tensor = ModelInferResponse.InferOutputTensor.newBuilder()
                    .setName(output.name())
                    .setDatatype(output.datatype().name());
            output.shape().forEach(tensor::addShape);
            if (answer.request().binary())
                message.addRawOutputContents(UnsafeByteOperations.unsafeWrap(RawTensor.bytes(output.content())));
            else tensor.setContents(contents(output.content()));
            message.addOutputs(tensor);
        }
        return message.build();
    }

    private static InferTensorContents.Builder contents(Content content) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        switch (content) {
            case Content.Floats floats -> {
                for (float value : floats.values()) contents.addFp32Contents(value);
            }
            case Content.Doubles doubles -> {
                for (double value : doubles.values()) contents.addFp64Contents(value);
            }
            case Content.Octets octets -> {
                for (byte value : octets.values()) contents.addUintContents(value & 0xff);
            }
            case Content.Integers integers -> {
                for (long value : integers.values()) contents.addInt64Contents(value);
            }
            case Content.Files files -> {
                for (byte[] file : files.values()) contents.addBytesContents(UnsafeByteOperations.unsafeWrap(file));
            }
            case Content.Texts texts -> {
                for (String text : texts.values())
                    contents.addBytesContents(ByteString.copyFrom(text, StandardCharsets.UTF_8));
            }
        }
        return contents;
    }
}
