"""gRPC for Python (C core): grpcio_client.py HOST:PORT MODEL PICTURE DESCRIPTORS prints a line for each call.

Messages are made of the descriptors that protoc wrote, so that nothing is generated for Python.
"""
import sys

import grpc
import numpy
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

target, model, file, descriptors = sys.argv[1:]
picture = open(file, "rb").read()

pool = descriptor_pool.DescriptorPool()
for each in descriptor_pb2.FileDescriptorSet.FromString(open(descriptors, "rb").read()).file:
    pool.Add(each)
factory = message_factory.MessageFactory(pool)


def message(name):
    return factory.GetPrototype(pool.FindMessageTypeByName(name))


def call(channel, service, method, request, **settings):
    described = pool.FindServiceByName(service).methods_by_name[method]
    answer = factory.GetPrototype(described.output_type)
    path = "/%s/%s" % (service, method)
    return channel.unary_unary(path, type(request).SerializeToString, answer.FromString)(request, timeout=60, **settings)


KSERVE = "inference.GRPCInferenceService"
with grpc.insecure_channel(target) as channel:
    print("live", call(channel, KSERVE, "ServerLive", message("inference.ServerLiveRequest")()).live)
    request = message("inference.ModelInferRequest")(model_name=model)
    request.inputs.add(name="image", datatype="BYTES", shape=[2])
    request.raw_input_contents.append((len(picture).to_bytes(4, "little") + picture) * 2)
    answer = call(channel, KSERVE, "ModelInfer", request)
    rows = numpy.frombuffer(answer.raw_output_contents[0], "<f4").reshape(answer.outputs[0].shape)
    print("infer", *(repr(float(each)) for each in rows[0]))
    print("same", bool((rows[0] == rows[1]).all()))
    tensor = message("inference.ModelInferRequest")(model_name=model + "-tensor")
    tensor.inputs.add(name="input", datatype="FP32", shape=[1, 3, 10, 12])
    tensor.raw_input_contents.append(numpy.zeros((1, 3, 10, 12), "<f4").tobytes())
    answer = call(channel, KSERVE, "ModelInfer", tensor, compression=grpc.Compression.Gzip)
    print("zeros", *(repr(float(each)) for each in numpy.frombuffer(answer.raw_output_contents[0], "<f4")))
    predict = message("tensorflow.serving.PredictRequest")()
    predict.model_spec.name = model
    predict.inputs["image"].dtype = 7
    predict.inputs["image"].tensor_shape.dim.add(size=1)
    predict.inputs["image"].string_val.append(picture)
    answer = call(channel, "tensorflow.serving.PredictionService", "Predict", predict)
    print("predict", *(repr(each) for each in answer.outputs["probabilities"].float_val))
    try:
        call(channel, KSERVE, "ModelInfer", message("inference.ModelInferRequest")(model_name=model))
    except grpc.RpcError as refused:
        print("refused", refused.code().name, refused.details())
