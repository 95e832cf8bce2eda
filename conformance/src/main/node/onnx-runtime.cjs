// ONNX Runtime for Node.js: onnx-runtime.cjs FOLDER answers FOLDER/questions.json, [{name, model, input, type, shape}], and prints the version.
// What goes in lies in FOLDER/NAME.input; what comes out is written to FOLDER/NAME.OUTPUT, numbers of 32 bits, for each output of the model.
const fs = require("node:fs");
const path = require("node:path");
const ort = require("onnxruntime-node");

const folder = process.argv[2];
const ARRAYS = { float32: Float32Array, uint8: Uint8Array };

async function answer({ name, model, input, type, shape }) {
    const session = await ort.InferenceSession.create(path.join(folder, model), { intraOpNumThreads: 1, logSeverityLevel: 3 });
    const bytes = Uint8Array.from(fs.readFileSync(path.join(folder, `${name}.input`)));
    const results = await session.run({ [input]: new ort.Tensor(type, new ARRAYS[type](bytes.buffer), shape) });
    for (const output of session.outputNames) {
        const { data } = results[output];
        if (data instanceof Float32Array) fs.writeFileSync(path.join(folder, `${name}.${output}`), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    await session.release();
}

async function main() {
    for (const question of JSON.parse(fs.readFileSync(path.join(folder, "questions.json"), "utf8"))) await answer(question);
    console.log(ort.env.versions.node);
}

main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
