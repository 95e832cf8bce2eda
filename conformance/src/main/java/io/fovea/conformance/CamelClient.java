package io.fovea.conformance;

import com.google.protobuf.ByteString;
import inference.GrpcPredictV2.InferTensorContents;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferResponse;
import inference.GrpcPredictV2.ModelMetadataResponse;
import inference.GrpcPredictV2.ModelReadyResponse;
import inference.GrpcPredictV2.ServerLiveResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.tensorflow.example.BytesList;
import org.tensorflow.example.Example;
import org.tensorflow.example.Feature;
import org.tensorflow.example.Features;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;
import tensorflow.serving.Classification.ClassificationResponse;
import tensorflow.serving.GetModelMetadata.GetModelMetadataRequest;
import tensorflow.serving.GetModelMetadata.GetModelMetadataResponse;
import tensorflow.serving.GetModelMetadata.SignatureDefMap;
import tensorflow.serving.GetModelStatus.GetModelStatusResponse;
import tensorflow.serving.InputOuterClass.ExampleList;
import tensorflow.serving.InputOuterClass.Input;
import tensorflow.serving.Predict.PredictRequest;
import tensorflow.serving.Predict.PredictResponse;

/**
 * Apache Camel's components for KServe and for TensorFlow Serving. {@code CamelClient HOST:PORT MODEL PICTURE} prints a line for each call: its
 * name, and what came back.
 */
final class CamelClient {

    private final ProducerTemplate camel;
    private final String options;

    private CamelClient(ProducerTemplate camel, String target, String model) {
        this.camel = camel;
        this.options = "?target=" + target + "&modelName=" + model;
    }

    public static void main(String[] words) throws Exception {
        ByteString picture = ByteString.copyFrom(Files.readAllBytes(Path.of(words[2])));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            CamelClient client = new CamelClient(context.createProducerTemplate(), words[0], words[1]);
            client.kserve(picture);
            client.tensorFlow(picture);
        }
        System.exit(0); // threads of the libraries would linger
    }

    private <T> T asked(String api, Object body, Class<T> answer) {
        return camel.requestBody(api + options, body, answer);
    }

    private static void say(String call, Object answer) {
        System.out.println(call + " " + answer);
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private void kserve(ByteString picture) {
        say("live", asked("kserve:server/live", "", ServerLiveResponse.class).getLive());
        say("ready", asked("kserve:model/ready", "", ModelReadyResponse.class).getReady());
        ModelMetadataResponse metadata = asked("kserve:model/metadata", "", ModelMetadataResponse.class);
        say(
                "input",
                metadata.getInputs(0).getName() + " " + metadata.getInputs(0).getDatatype());
        ModelInferRequest.InferInputTensor.Builder image = ModelInferRequest.InferInputTensor.newBuilder()
                .setName("image")
                .setDatatype("BYTES")
                .addShape(1);
        ModelInferResponse answer = asked(
                "kserve:infer",
                ModelInferRequest.newBuilder()
                        .addInputs(image.setContents(
                                InferTensorContents.newBuilder().addBytesContents(picture)))
                        .build(),
                ModelInferResponse.class);
        say("infer", joined(answer.getOutputs(0).getContents().getFp32ContentsList()));
    }

    private void tensorFlow(ByteString picture) throws Exception {
        TensorProto image = TensorProto.newBuilder()
                .setDtype(DataType.DT_STRING)
                .setTensorShape(TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
                .addStringVal(picture)
                .build();
        PredictResponse predicted = asked(
                "tensorflow-serving:predict",
                PredictRequest.newBuilder().putInputs("image", image).build(),
                PredictResponse.class);
        say("predict", joined(predicted.getOutputsOrThrow("probabilities").getFloatValList()));
        Feature feature = Feature.newBuilder()
                .setBytesList(BytesList.newBuilder().addValue(picture))
                .build();
        Input input = Input.newBuilder()
                .setExampleList(ExampleList.newBuilder()
                        .addExamples(Example.newBuilder()
                                .setFeatures(Features.newBuilder().putAllFeature(Map.of("image", feature)))))
                .build();
        ClassificationResponse classes = asked("tensorflow-serving:classify", input, ClassificationResponse.class);
        say(
                "classify",
                joined(classes.getResult().getClassifications(0).getClassesList().stream()
                        .map(each -> each.getLabel() + "=" + each.getScore())
                        .toList()));
        GetModelStatusResponse status = asked("tensorflow-serving:model-status", "", GetModelStatusResponse.class);
        say("status", status.getModelVersionStatus(0).getState());
        GetModelMetadataResponse metadata = asked(
                "tensorflow-serving:model-metadata",
                GetModelMetadataRequest.newBuilder()
                        .addMetadataField("signature_def")
                        .build(),
                GetModelMetadataResponse.class);
        say(
                "signatures",
                new TreeSet<>(metadata.getMetadataOrThrow("signature_def")
                        .unpack(SignatureDefMap.class)
                        .getSignatureDefMap()
                        .keySet()));
    }
}
