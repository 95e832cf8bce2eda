package io.fovea.cli;

import ai.onnxruntime.OrtEnvironment;
import io.fovea.file.NativeLibraries;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lmdbjava.Env;

/** A program that loads ONNX Runtime and LMDB and ends as if it were killed: nothing is tidied up. */
final class EndedAtOnce {

    private EndedAtOnce() {}

    public static void main(String[] arguments) throws Exception {
        NativeLibraries.unpackOnnxRuntime();
        OrtEnvironment.getEnvironment();
        NativeLibraries.unpackLmdb();
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Env<?> store = Env.create().setMapSize(1 << 20).open(folder.toFile());
        store.sync(true);
        Runtime.getRuntime().halt(0);
    }
}
