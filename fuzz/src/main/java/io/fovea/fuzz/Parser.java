package io.fovea.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fovea.adopt.Adoption;
import io.fovea.adopt.AdoptionSettings;
import io.fovea.adopt.ProjectKind;
import io.fovea.bundle.Bundle;
import io.fovea.codec.PictureDecoder;
import io.fovea.codec.PictureLimits;
import io.fovea.image.ColorMode;
import io.fovea.job.JobYaml;
import io.fovea.kserve.InferMessages;
import io.fovea.kserve.InferReader;
import io.fovea.kserve.message.ModelInferRequest;
import io.fovea.network.NetworkYaml;
import io.fovea.onnx.OnnxReferences;
import io.fovea.profile.DeviceProfile;
import io.fovea.scrape.ServerAnswers;
import io.fovea.source.IdxImporter;
import io.fovea.tensorflow.PredictMessages;
import io.fovea.tensorflow.PredictReader;
import io.fovea.tensorflow.message.PredictRequest;
import io.fovea.weights.WeightFile;
import io.fovea.wire.Datatype;
import io.fovea.wire.WireShape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What reads bytes that other people made. Each either understands them or refuses them with a {@link io.fovea.problem.Problem}. */
enum Parser {
    /** A picture, whatever its format. */
    PICTURE {
        @Override
        void read(byte[] input) {
            PictureDecoder.decode(input, NAME, ColorMode.COLOR, SMALL);
        }
    },
    /** A model file. */
    BUNDLE {
        @Override
        void read(byte[] input) {
            Bundle.open(file(input));
        }
    },
    /** The manifest in a model file that is whole otherwise. */
    MANIFEST {
        @Override
        void read(byte[] input) {
            Bundle.open(file(zip(Bundle.MANIFEST, input)));
        }
    },
    /** Weights: safetensors, npz, PyTorch's three forms. */
    WEIGHTS {
        @Override
        void read(byte[] input) {
            WeightFile.read(file(input));
        }
    },
    /** The references in a network of ONNX. */
    ONNX {
        @Override
        void read(byte[] input) {
            OnnxReferences.read(input, NAME);
        }
    },
    /** A network as YAML. */
    NETWORK {
        @Override
        void read(byte[] input) {
            NetworkYaml.read(new String(input, StandardCharsets.UTF_8), NAME);
        }
    },
    /** A job as YAML. */
    JOB {
        @Override
        void read(byte[] input) {
            JobYaml.read(new String(input, StandardCharsets.UTF_8), NAME, Path.of("/"));
        }
    },
    /** The head of a file of MNIST's form. */
    IDX {
        @Override
        void read(byte[] input) {
            try {
                IdxImporter.shape(new ByteArrayInputStream(input), Path.of(NAME));
            } catch (IOException truncated) {
                // told to the user by whoever opens the file
            }
        }
    },
    /** A request of the Open Inference Protocol, with and without tensors behind the JSON. */
    KSERVE {
        @Override
        void read(byte[] input) {
            OptionalInt header = input.length % 4 < 2 ? OptionalInt.empty() : OptionalInt.of(input.length / 2);
            InferReader.read(input, header, expected(input));
        }
    },
    /** The same as gRPC's message. */
    KSERVE_MESSAGE {
        @Override
        void read(byte[] input) {
            try {
                InferMessages.read(ModelInferRequest.parseFrom(input), expected(input));
            } catch (InvalidProtocolBufferException otherwise) {
                // refused by gRPC before it comes to us
            }
        }
    },
    /** A request of TensorFlow Serving. */
    TENSORFLOW {
        @Override
        void read(byte[] input) {
            if (input.length % 4 < 2) PredictReader.predict(input, expected(input));
            else PredictReader.examples(input, expected(input));
        }
    },
    /** The same as gRPC's message. */
    TENSORFLOW_MESSAGE {
        @Override
        void read(byte[] input) {
            try {
                PredictMessages.predict(PredictRequest.parseFrom(input), expected(input));
            } catch (InvalidProtocolBufferException otherwise) {
                // refused by gRPC before it comes to us
            }
        }
    },
    /** A model of Caffe, as DIGITS gives it: the description up to the first zero, the weights behind it. */
    CAFFE {
        @Override
        void read(byte[] input) {
            int end = end(input);
            Path project = project(Map.of(
                    "deploy.prototxt",
                    Arrays.copyOf(input, end),
                    "snapshot_iter_1.caffemodel",
                    Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length)));
            Adoption.of(ProjectKind.DIGITS, project, AdoptionSettings.NONE, project);
        }
    },
    /** A model of Keras, as TensorFlow.js describes it; its weights are zeros. */
    KERAS {
        @Override
        void read(byte[] input) {
            Path project = project(Map.of("model.json", input, "weights.bin", new byte[1 << 16]));
            Adoption.of(ProjectKind.TEACHABLE_MACHINE, project, AdoptionSettings.NONE, project);
        }
    },
    /** What a machine takes for building blocks of networks. */
    PROFILE {
        @Override
        void read(byte[] input) {
            DeviceProfile.read(file(input)).words();
        }
    },
    /** What a prediction server tells Prometheus. */
    METRICS {
        @Override
        void read(byte[] input) {
            ServerAnswers.told(NAME, OVERVIEW.getBytes(StandardCharsets.UTF_8), input, 1);
        }
    };

    private static final String OVERVIEW = "{\"models\":[{\"name\":\"pets\",\"version\":1,\"state\":\"ready\"}]}";

    private static final String NAME = "input";

    /** Of a fuzzer's memory, not of the machine's. */
    private static final PictureLimits SMALL = new PictureLimits(1 << 20, 1 << 20);

    /** One file, written over and over: the fuzzer asks in one thread. */
    private static final Path FILE = file();

    /**
     * Reads an input.
     *
     * @throws io.fovea.problem.Problem if it is refused
     */
    abstract void read(byte[] input);

    /** Half of the inputs are held to a model that takes pictures as files, half to one that takes tensors. */
    private static WireShape expected(byte[] input) {
        return input.length % 2 == 0
                ? new WireShape("image", Datatype.BYTES, List.of(WireShape.ANY))
                : new WireShape("input", Datatype.FP32, List.of(WireShape.ANY, 1, 4, 4));
    }

    private static Path file() {
        try {
            Path memory = Path.of("/dev/shm");
            Path file = Files.isWritable(memory)
                    ? Files.createTempFile(memory, "fuzz", ".input")
                    : Files.createTempFile("fuzz", ".input");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static int end(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != 0) end++;
        return end;
    }

    /** One folder, whose files are written over and over. */
    private static Path project(Map<String, byte[]> files) {
        try {
            Path folder = Files.createDirectories(FILE.resolveSibling(FILE.getFileName() + "s"));
            folder.toFile().deleteOnExit();
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                Path file = folder.resolve(each.getKey());
                Files.write(file, each.getValue());
                file.toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static Path file(byte[] input) {
        try {
            return Files.write(FILE, input);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static byte[] zip(String name, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.putNextEntry(new ZipEntry(Bundle.ONNX));
            zip.write(content.length);
            zip.putNextEntry(new ZipEntry(Bundle.LABELS));
            zip.closeEntry();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
