// gRPC for Node.js: grpc-js-client.cjs HOST:PORT MODEL PICTURE PROTOS prints a line for each call.
const fs = require("node:fs");
const path = require("node:path");
const grpc = require("@grpc/grpc-js");
const loader = require("@grpc/proto-loader");

const [target, model, file, protos] = process.argv.slice(2);
const picture = fs.readFileSync(file);
const definitions = loader.loadSync(["inference.proto", "tensorflow_serving.proto"], {
    includeDirs: [path.resolve(protos)],
    keepCase: true,
    enums: String,
    longs: String,
    defaults: true,
});
const { inference, tensorflow } = grpc.loadPackageDefinition(definitions);

const asked = (client, method, request) =>
    new Promise((resolve, reject) =>
        client[method](request, { deadline: Date.now() + 60_000 }, (error, answer) => (error ? reject(error) : resolve(answer))));
const say = (call, values) => console.log([call, ...values].join(" "));

async function main() {
    const kserve = new inference.GRPCInferenceService(target, grpc.credentials.createInsecure());
    const { live } = await asked(kserve, "ServerLive", {});
    say("live", [live]);
    const metadata = await asked(kserve, "ModelMetadata", { name: model });
    say("shape", metadata.outputs[0].shape);
    const image = { name: "image", datatype: "BYTES", shape: [1], contents: { bytes_contents: [picture] } };
    const answer = await asked(kserve, "ModelInfer", { model_name: model, inputs: [image] });
    say("infer", answer.outputs[0].contents.fp32_contents);
    const top = { name: "probabilities", parameters: { classification: { int64_param: 1 } } };
    const named = await asked(kserve, "ModelInfer", { model_name: model, inputs: [image], outputs: [top] });
    say("classification", [named.outputs[0].contents.bytes_contents[0].toString("utf8")]);
    const serving = new tensorflow.serving.PredictionService(target, grpc.credentials.createInsecure());
    const tensor = { dtype: "DT_STRING", tensor_shape: { dim: [{ size: 1 }] }, string_val: [picture] };
    const predicted = await asked(serving, "Predict", { model_spec: { name: model }, inputs: { image: tensor } });
    say("predict", predicted.outputs.probabilities.float_val);
    const absent = await asked(kserve, "ModelInfer", { model_name: "nobody", inputs: [image] }).catch((error) => error);
    say("refused", [grpc.status[absent.code]]);
    kserve.close();
    serving.close();
}

main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
