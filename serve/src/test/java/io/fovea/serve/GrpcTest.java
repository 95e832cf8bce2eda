package io.fovea.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import com.google.protobuf.util.JsonFormat;
import io.fovea.kserve.message.GRPCInferenceServiceGrpc;
import io.fovea.kserve.message.InferParameter;
import io.fovea.kserve.message.InferTensorContents;
import io.fovea.kserve.message.ModelConfigRequest;
import io.fovea.kserve.message.ModelInferRequest;
import io.fovea.kserve.message.ModelInferRequest.InferInputTensor;
import io.fovea.kserve.message.ModelInferRequest.InferRequestedOutputTensor;
import io.fovea.kserve.message.ModelInferResponse;
import io.fovea.kserve.message.ModelMetadataRequest;
import io.fovea.kserve.message.ModelReadyRequest;
import io.fovea.kserve.message.ModelRepositoryParameter;
import io.fovea.kserve.message.ModelStatisticsRequest;
import io.fovea.kserve.message.RepositoryIndexRequest;
import io.fovea.kserve.message.RepositoryModelLoadRequest;
import io.fovea.kserve.message.RepositoryModelUnloadRequest;
import io.fovea.kserve.message.ServerLiveRequest;
import io.fovea.kserve.message.ServerMetadataRequest;
import io.fovea.kserve.message.ServerReadyRequest;
import io.fovea.repository.ModelRepository;
import io.fovea.repository.RepositorySettings;
import io.fovea.tensorflow.message.BytesList;
import io.fovea.tensorflow.message.ClassificationRequest;
import io.fovea.tensorflow.message.Classifications;
import io.fovea.tensorflow.message.DataType;
import io.fovea.tensorflow.message.Example;
import io.fovea.tensorflow.message.ExampleList;
import io.fovea.tensorflow.message.Feature;
import io.fovea.tensorflow.message.Features;
import io.fovea.tensorflow.message.FloatList;
import io.fovea.tensorflow.message.GetModelMetadataRequest;
import io.fovea.tensorflow.message.GetModelStatusRequest;
import io.fovea.tensorflow.message.Input;
import io.fovea.tensorflow.message.ModelServiceGrpc;
import io.fovea.tensorflow.message.ModelSpec;
import io.fovea.tensorflow.message.ModelVersionStatus;
import io.fovea.tensorflow.message.PredictRequest;
import io.fovea.tensorflow.message.PredictionServiceGrpc;
import io.fovea.tensorflow.message.RegressionRequest;
import io.fovea.tensorflow.message.SignatureDefMap;
import io.fovea.tensorflow.message.TensorProto;
import io.fovea.tensorflow.message.TensorShapeProto;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The server over gRPC")
class GrpcTest {

    private static final byte[] PICTURE = ExampleModels.picture(25, 31, 11);

    @TempDir
    static Path folder;

    private static ModelRepository models;
    private static PredictionServer server;
    private static Asked asked;
    private static ManagedChannel channel;

    @BeforeAll
    static void models_of_every_task() {
        ExampleModels.write(ExampleModels.CLASSIFIER, ExampleModels.CLASSES, 1, folder.resolve("pets/2/pets.fovea"));
        ExampleModels.write(ExampleModels.VALUES, ExampleModels.NOSE, 2, folder.resolve("noses.fovea"));
        ExampleModels.write(ExampleModels.ONE_VALUE, ExampleModels.AGE, 4, folder.resolve("ages.fovea"));
        ExampleModels.write(ExampleModels.MAPS, ExampleModels.PIXELS, 3, folder.resolve("streets.fovea"));
        models = ModelRepository.open(List.of(folder), RepositorySettings.USUAL.withQueue(4, 4, 1), Duration.ZERO);
        server = PredictionServer.start(models, ServerSettings.onThisMachine(0).withGrpc(0));
        asked = new Asked(server.address());
        channel = channel(server);
    }

    static ManagedChannel channel(PredictionServer server) {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort().orElseThrow())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    @AfterAll
    static void ends() {
        channel.shutdownNow();
        server.close();
        models.close();
    }

    static Status failure(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException failure) {
            return failure.getStatus();
        }
        throw new AssertionError("The call was answered");
    }

    static InferInputTensor.Builder image() {
        return InferInputTensor.newBuilder()
                .setName("image")
                .setDatatype("BYTES")
                .addShape(1);
    }

    static ModelInferRequest.Builder picture(String model) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(image().setContents(
                                InferTensorContents.newBuilder().addBytesContents(ByteString.copyFrom(PICTURE))));
    }

    private static ByteString raw(byte[] element) {
        return ByteString.copyFrom(ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(element.length)
                        .array())
                .concat(ByteString.copyFrom(element));
    }

    private static float[] floats(ByteString raw) {
        float[] values = new float[raw.size() / 4];
        ByteBuffer.wrap(raw.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static float[] floats(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) values[i] = list.get(i);
        return values;
    }

    private static float[] floats(JsonNode data) {
        float[] values = new float[data.size()];
        for (int i = 0; i < values.length; i++) values[i] = data.path(i).floatValue();
        return values;
    }

    private static float[] tensor() {
        float[] values = new float[3 * 10 * 12];
        for (int i = 0; i < values.length; i++) values[i] = (float) Math.sin(i);
        return values;
    }

    @Nested
    @DisplayName("by the Open Inference Protocol")
    class Kserve {

        private final GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub =
                GRPCInferenceServiceGrpc.newBlockingStub(channel);

        private JsonNode rest(String model, String more) {
            return asked.post(
                            "/v2/models/" + model + "/infer",
                            "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\""
                                    + Base64.getEncoder().encodeToString(PICTURE) + "\"]}]" + more + "}")
                    .json();
        }

        @Test
        void answers_for_a_picture_with_the_very_bits_of_rest() {
            ModelInferResponse answer =
                    stub.modelInfer(picture("pets").setId("7").build());
            assertThat(answer.getModelName()).isEqualTo("pets");
            assertThat(answer.getModelVersion()).isEqualTo("2");
            assertThat(answer.getId()).isEqualTo("7");
            JsonNode rest = rest("pets", "").path("outputs");
            for (int i = 0; i < 2; i++) {
                assertThat(answer.getOutputs(i).getName())
                        .isEqualTo(rest.path(i).path("name").asText());
                assertThat(answer.getOutputs(i).getShapeList()).containsExactly(1L, 3L);
                assertThat(floats(answer.getOutputs(i).getContents().getFp32ContentsList()))
                        .isEqualTo(floats(rest.path(i).path("data")));
            }
        }

        @Test
        void answers_raw_who_asks_raw() {
            ModelInferResponse answer = stub.modelInfer(ModelInferRequest.newBuilder()
                    .setModelName("pets")
                    .addInputs(image())
                    .addRawInputContents(raw(PICTURE))
                    .build());
            assertThat(answer.getOutputs(0).hasContents()).isFalse();
            assertThat(floats(answer.getRawOutputContents(0)))
                    .isEqualTo(floats(rest("pets", "").path("outputs").path(0).path("data")));
        }

        @Test
        void takes_tensors_raw_and_in_contents_with_the_same_answer() {
            InferInputTensor.Builder input = InferInputTensor.newBuilder()
                    .setName("input")
                    .setDatatype("FP32")
                    .addAllShape(List.of(1L, 3L, 10L, 12L));
            InferTensorContents.Builder contents = InferTensorContents.newBuilder();
            ByteBuffer raw = ByteBuffer.allocate(1440).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : tensor()) {
                contents.addFp32Contents(value);
                raw.putFloat(value);
            }
            ModelInferResponse inRaw = stub.modelInfer(ModelInferRequest.newBuilder()
                    .setModelName("pets-tensor")
                    .addInputs(input)
                    .addRawInputContents(ByteString.copyFrom(raw.flip()))
                    .build());
            ModelInferResponse inContents = stub.modelInfer(ModelInferRequest.newBuilder()
                    .setModelName("pets-tensor")
                    .addInputs(input.setContents(contents))
                    .build());
            assertThat(floats(inRaw.getRawOutputContents(0)))
                    .isEqualTo(floats(inContents.getOutputs(0).getContents().getFp32ContentsList()))
                    .hasSize(3);
        }

        @Test
        void gives_values_labels_and_masks_as_rest_does() {
            JsonNode values = rest("noses", "").path("outputs").path(0).path("data");
            List<Double> given = stub.modelInfer(picture("noses").build())
                    .getOutputs(0)
                    .getContents()
                    .getFp64ContentsList();
            for (int i = 0; i < 3; i++)
                assertThat(given.get(i)).isEqualTo(values.path(i).doubleValue());
            ModelInferResponse labels = stub.modelInfer(picture("streets")
                    .addOutputs(InferRequestedOutputTensor.newBuilder().setName("labels"))
                    .addOutputs(InferRequestedOutputTensor.newBuilder().setName("mask"))
                    .build());
            JsonNode rest = rest("streets", ",\"outputs\":[{\"name\":\"labels\"},{\"name\":\"mask\"}]")
                    .path("outputs");
            assertThat(labels.getOutputs(0).getShapeList()).containsExactly(1L, 25L, 31L);
            List<Integer> octets = labels.getOutputs(0).getContents().getUintContentsList();
            for (int i = 0; i < octets.size(); i++)
                assertThat(octets.get(i))
                        .isEqualTo(rest.path(0).path("data").path(i).asInt());
            assertThat(labels.getOutputs(1).getContents().getBytesContents(0).toByteArray())
                    .isEqualTo(Base64.getDecoder()
                            .decode(rest.path(1).path("data").path(0).asText()));
        }

        @Test
        void names_the_likeliest_classes_by_the_classification_extension() {
            ModelInferResponse answer = stub.modelInfer(picture("pets")
                    .addOutputs(InferRequestedOutputTensor.newBuilder()
                            .setName("probabilities")
                            .putParameters(
                                    "classification",
                                    InferParameter.newBuilder().setInt64Param(2).build()))
                    .build());
            JsonNode rest = rest(
                            "pets", ",\"outputs\":[{\"name\":\"probabilities\",\"parameters\":{\"classification\":2}}]")
                    .path("outputs")
                    .path(0);
            assertThat(answer.getOutputs(0).getDatatype()).isEqualTo("BYTES");
            assertThat(answer.getOutputs(0).getShapeList()).containsExactly(1L, 2L);
            for (int i = 0; i < 2; i++)
                assertThat(answer.getOutputs(0)
                                .getContents()
                                .getBytesContents(i)
                                .toStringUtf8())
                        .isEqualTo(rest.path("data").path(i).asText());
        }

        @Test
        void says_the_same_of_itself_and_of_models_as_rest() throws IOException {
            same(stub.serverMetadata(ServerMetadataRequest.getDefaultInstance()), "/v2");
            same(
                    stub.modelMetadata(ModelMetadataRequest.newBuilder()
                            .setName("pets")
                            .setVersion("2")
                            .build()),
                    "/v2/models/pets");
            assertThat(stub.modelConfig(ModelConfigRequest.newBuilder()
                                    .setName("pets-tensor")
                                    .build())
                            .getConfig()
                            .getInput(0)
                            .getDimsList())
                    .containsExactly(3L, 10L, 12L);
            stub.modelInfer(picture("ages").build());
            same(
                    stub.modelStatistics(
                            ModelStatisticsRequest.newBuilder().setName("ages").build()),
                    "/v2/models/ages/stats");
            assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                    .isTrue();
            assertThat(stub.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                    .isTrue();
            assertThat(stub.modelReady(ModelReadyRequest.newBuilder()
                                    .setName("pets")
                                    .build())
                            .getReady())
                    .isTrue();
        }

        private void same(com.google.protobuf.Message message, String path) throws IOException {
            JsonNode words = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(JsonFormat.printer().preservingProtoFieldNames().print(message));
            com.google.protobuf.Message.Builder again = message.newBuilderForType();
            JsonFormat.parser().merge(asked.get(path).text(), again);
            assertThat(again.build()).as("%s says %s", path, words).isEqualTo(message);
        }

        @Test
        void unloads_and_loads_and_lists_the_repository() {
            stub.repositoryModelUnload(RepositoryModelUnloadRequest.newBuilder()
                    .setModelName("streets")
                    .build());
            assertThat(stub.modelReady(ModelReadyRequest.newBuilder()
                                    .setName("streets")
                                    .build())
                            .getReady())
                    .isFalse();
            assertThat(failure(() -> stub.modelInfer(picture("streets").build()))
                            .getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(stub.repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                            .getModelsList())
                    .filteredOn(each -> each.getName().equals("streets"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.getState()).isEqualTo("UNAVAILABLE"));
            assertThat(stub.repositoryIndex(RepositoryIndexRequest.newBuilder()
                                    .setReady(true)
                                    .build())
                            .getModelsList())
                    .noneMatch(each -> each.getName().equals("streets"));
            stub.repositoryModelLoad(RepositoryModelLoadRequest.newBuilder()
                    .setModelName("streets")
                    .build());
            assertThat(stub.modelInfer(picture("streets").build()).getOutputsCount())
                    .isEqualTo(1);
            assertThat(failure(() -> stub.repositoryModelLoad(RepositoryModelLoadRequest.newBuilder()
                                    .setModelName("streets")
                                    .putParameters(
                                            "version",
                                            ModelRepositoryParameter.newBuilder()
                                                    .setStringParam("9")
                                                    .build())
                                    .build()))
                            .getCode())
                    .isEqualTo(Status.Code.NOT_FOUND);
        }

        @Test
        void refuses_what_the_model_does_not_take_and_says_so() {
            ModelInferRequest.Builder both = picture("pets").addRawInputContents(raw(PICTURE));
            refused(both, "contents, and raw contents too");
            refused(ModelInferRequest.newBuilder().setModelName("pets"), "Expected one input");
            refused(
                    ModelInferRequest.newBuilder().setModelName("pets").addInputs(image()),
                    "takes 1 elements, found 0");
            refused(
                    ModelInferRequest.newBuilder()
                            .setModelName("pets")
                            .addInputs(image().clearShape().addShape(-1)),
                    "A size of the shape is -1");
            refused(
                    ModelInferRequest.newBuilder().setModelName("pets").addInputs(image().setDatatype("FP32")),
                    "Expected the datatype BYTES");
            refused(
                    ModelInferRequest.newBuilder()
                            .setModelName("pets")
                            .addInputs(image().setContents(
                                            InferTensorContents.newBuilder().addFp32Contents(1))),
                    "are no BYTES");
            refused(
                    ModelInferRequest.newBuilder()
                            .setModelName("pets")
                            .addInputs(image())
                            .addRawInputContents(ByteString.copyFrom(new byte[] {9, 0, 0, 0, 1})),
                    "cut off");
            refused(
                    ModelInferRequest.newBuilder()
                            .setModelName("pets")
                            .addInputs(image())
                            .addRawInputContents(raw("no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                    "Expected a picture");
            refused(
                    picture("pets")
                            .addOutputs(InferRequestedOutputTensor.newBuilder().setName("logit")),
                    "logits");
            refused(picture("pets").setModelVersion("two"), "Expected a version");
            InferTensorContents.Builder numbers = InferTensorContents.newBuilder();
            for (int i = 0; i < 360; i++) numbers.addFp32Contents(i == 7 ? Float.NaN : 0);
            refused(
                    ModelInferRequest.newBuilder()
                            .setModelName("pets-tensor")
                            .addInputs(InferInputTensor.newBuilder()
                                    .setName("input")
                                    .setDatatype("FP32")
                                    .addAllShape(List.of(1L, 3L, 10L, 12L))
                                    .setContents(numbers)),
                    "Element 7 of \"input\" is NaN");
            assertThat(failure(() -> stub.modelInfer(picture("pest").build())).getCode())
                    .isEqualTo(Status.Code.NOT_FOUND);
        }

        private void refused(ModelInferRequest.Builder request, String words) {
            Status status = failure(() -> stub.modelInfer(request.build()));
            assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(status.getDescription()).contains(words);
        }

        @Test
        void says_that_the_queue_is_full() {
            try (var taken = models.call("pets", Optional.empty(), 4, () -> false, System.nanoTime() + (1L << 40))) {
                assertThat(failure(() -> stub.modelInfer(picture("pets").build()))
                                .getCode())
                        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(taken.model().underWay()).isEqualTo(4);
            }
            assertThat(stub.modelInfer(picture("pets").build()).getOutputsCount())
                    .isEqualTo(2);
        }
    }

    @Nested
    @DisplayName("by TensorFlow Serving")
    class TensorFlow {

        private final PredictionServiceGrpc.PredictionServiceBlockingStub stub =
                PredictionServiceGrpc.newBlockingStub(channel);

        private final ModelSpec pets = ModelSpec.newBuilder().setName("pets").build();

        private TensorProto image() {
            return TensorProto.newBuilder()
                    .setDtype(DataType.DT_STRING)
                    .setTensorShape(TensorShapeProto.newBuilder()
                            .addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
                    .addStringVal(ByteString.copyFrom(PICTURE))
                    .build();
        }

        private Input examples() {
            return Input.newBuilder()
                    .setExampleList(ExampleList.newBuilder()
                            .addExamples(example(Feature.newBuilder()
                                    .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFrom(PICTURE)))
                                    .build())))
                    .build();
        }

        private Example example(Feature feature) {
            return Example.newBuilder()
                    .setFeatures(
                            Features.newBuilder().putFeature("image", feature).putFeature("input", feature))
                    .build();
        }

        private JsonNode rest(String path, String field) {
            return asked.post(
                            path,
                            "{\"" + field + "\":[{\"b64\":\""
                                    + Base64.getEncoder().encodeToString(PICTURE) + "\"}]}")
                    .json();
        }

        @Test
        void predicts_with_the_very_bits_of_rest() {
            var answer = stub.predict(PredictRequest.newBuilder()
                    .setModelSpec(pets)
                    .putInputs("image", image())
                    .build());
            assertThat(answer.getModelSpec().getVersion()).isEqualTo(Int64Value.of(2));
            assertThat(floats(answer.getOutputsOrThrow("probabilities").getFloatValList()))
                    .isEqualTo(floats(rest("/v1/models/pets:predict", "instances")
                            .path("predictions")
                            .path(0)));
            var several = stub.predict(PredictRequest.newBuilder()
                    .setModelSpec(pets)
                    .putInputs("image", image())
                    .addOutputFilter("logits")
                    .addOutputFilter("probabilities")
                    .build());
            assertThat(several.getOutputsMap()).containsOnlyKeys("logits", "probabilities");
        }

        @Test
        void takes_the_network_s_input_as_bytes_and_as_numbers() {
            TensorProto.Builder numbers = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT);
            TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
            for (int size : new int[] {1, 3, 10, 12}) shape.addDimBuilder().setSize(size);
            ByteBuffer raw = ByteBuffer.allocate(1440).order(ByteOrder.LITTLE_ENDIAN);
            FloatList.Builder feature = FloatList.newBuilder();
            for (float value : tensor()) {
                numbers.addFloatVal(value);
                feature.addValue(value);
                raw.putFloat(value);
            }
            ModelSpec spec = ModelSpec.newBuilder().setName("pets-tensor").build();
            List<Float> asNumbers = stub.predict(PredictRequest.newBuilder()
                            .setModelSpec(spec)
                            .putInputs("input", numbers.setTensorShape(shape).build())
                            .build())
                    .getOutputsOrThrow("probabilities")
                    .getFloatValList();
            List<Float> asBytes = stub.predict(PredictRequest.newBuilder()
                            .setModelSpec(spec)
                            .putInputs(
                                    "input",
                                    TensorProto.newBuilder()
                                            .setDtype(DataType.DT_FLOAT)
                                            .setTensorShape(shape)
                                            .setTensorContent(ByteString.copyFrom(raw.flip()))
                                            .build())
                            .build())
                    .getOutputsOrThrow("probabilities")
                    .getFloatValList();
            Classifications classes = stub.classify(ClassificationRequest.newBuilder()
                            .setModelSpec(spec)
                            .setInput(Input.newBuilder()
                                    .setExampleList(ExampleList.newBuilder()
                                            .addExamples(example(Feature.newBuilder()
                                                    .setFloatList(feature)
                                                    .build()))))
                            .build())
                    .getResult()
                    .getClassifications(0);
            assertThat(asNumbers).isEqualTo(asBytes).hasSize(3);
            for (int i = 0; i < 3; i++)
                assertThat(classes.getClasses(i).getScore()).isEqualTo(asNumbers.get(i));
        }

        @Test
        void classifies_and_regresses_as_rest_does() {
            Classifications classes = stub.classify(ClassificationRequest.newBuilder()
                            .setModelSpec(pets)
                            .setInput(examples())
                            .build())
                    .getResult()
                    .getClassifications(0);
            JsonNode rest =
                    rest("/v1/models/pets:classify", "examples").path("results").path(0);
            for (int i = 0; i < 3; i++) {
                assertThat(classes.getClasses(i).getLabel())
                        .isEqualTo(rest.path(i).path(0).asText());
                assertThat(classes.getClasses(i).getScore())
                        .isEqualTo(rest.path(i).path(1).floatValue());
            }
            assertThat(stub.regress(RegressionRequest.newBuilder()
                                    .setModelSpec(ModelSpec.newBuilder().setName("ages"))
                                    .setInput(examples())
                                    .build())
                            .getResult()
                            .getRegressions(0)
                            .getValue())
                    .isEqualTo((float) rest("/v1/models/ages:regress", "examples")
                            .path("results")
                            .path(0)
                            .doubleValue());
        }

        @Test
        void tells_signatures_and_how_versions_stand() throws IOException {
            var metadata = stub.getModelMetadata(GetModelMetadataRequest.newBuilder()
                    .setModelSpec(pets)
                    .addMetadataField("signature_def")
                    .build());
            SignatureDefMap signatures =
                    metadata.getMetadataOrThrow("signature_def").unpack(SignatureDefMap.class);
            assertThat(signatures
                            .getSignatureDefOrThrow("serving_default")
                            .getInputsOrThrow("image")
                            .getDtype())
                    .isEqualTo(DataType.DT_STRING);
            var status = ModelServiceGrpc.newBlockingStub(channel)
                    .getModelStatus(GetModelStatusRequest.newBuilder()
                            .setModelSpec(pets)
                            .build());
            assertThat(status.getModelVersionStatus(0).getVersion()).isEqualTo(2);
            assertThat(status.getModelVersionStatus(0).getState()).isEqualTo(ModelVersionStatus.State.AVAILABLE);
        }

        @Test
        void refuses_what_the_model_does_not_take_and_says_so() {
            PredictRequest.Builder request = PredictRequest.newBuilder().setModelSpec(pets);
            refused(request.build(), "Expected one input");
            refused(request.putInputs("picture", image()).build(), "Expected the input \"image\"");
            request.clearInputs();
            refused(
                    request.putInputs(
                                    "image",
                                    image().toBuilder()
                                            .setDtype(DataType.DT_INT64)
                                            .build())
                            .build(),
                    "found DT_INT64");
            refused(
                    request.putInputs(
                                    "image",
                                    image().toBuilder().clearStringVal().build())
                            .build(),
                    "takes 1 elements, found 0");
            refused(
                    PredictRequest.newBuilder()
                            .setModelSpec(pets.toBuilder().setVersionLabel("stable"))
                            .putInputs("image", image())
                            .build(),
                    "no labels");
            assertThat(failure(() -> stub.regress(RegressionRequest.newBuilder()
                                    .setModelSpec(ModelSpec.newBuilder().setName("noses"))
                                    .setInput(examples())
                                    .build()))
                            .getDescription())
                    .contains("3 values");
            assertThat(failure(() -> stub.classify(ClassificationRequest.newBuilder()
                                    .setModelSpec(pets)
                                    .build()))
                            .getDescription())
                    .contains("no examples");
        }

        private void refused(PredictRequest request, String words) {
            Status status = failure(() -> stub.predict(request));
            assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(status.getDescription()).contains(words);
        }
    }

    @Test
    void tells_its_health_and_describes_itself() throws Exception {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        for (String service : List.of("", "inference.GRPCInferenceService", "pets", "pets-tensor"))
            assertThat(health.check(HealthCheckRequest.newBuilder()
                                    .setService(service)
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        assertThatThrownBy(() -> health.check(
                        HealthCheckRequest.newBuilder().setService("pest").build()))
                .hasMessageContaining("NOT_FOUND");
        CompletableFuture<ServerReflectionResponse> described = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asking = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        described.complete(response);
                    }

                    @Override
                    public void onError(Throwable thrown) {
                        described.completeExceptionally(thrown);
                    }

                    @Override
                    public void onCompleted() {}
                });
        asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        assertThat(described.get(60, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
                .extracting(each -> each.getName())
                .contains("inference.GRPCInferenceService", "tensorflow.serving.PredictionService")
                .contains("grpc.reflection.v1alpha.ServerReflection"); // which grpcurl asks
        asking.onCompleted();
    }

    @Test
    void counts_calls_by_protocol_and_code() {
        GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .modelInfer(picture("pets").build());
        String metrics = asked.get("/metrics").text();
        assertThat(metrics)
                .contains("fovea_grpc_calls_total{protocol=\"kserve\",code=\"OK\"}")
                .contains("fovea_grpc_call_seconds_bucket{protocol=\"kserve\",le=\"+Inf\"}");
    }
}
