package io.fovea.cluster;

import io.fovea.file.FileTree;
import java.io.IOException;
import java.nio.file.Path;

/** Folders that a cluster within this machine leaves behind. */
final class ExecutorFolders {

    private ExecutorFolders() {}

    /** Deletes those of an application that has ended; what cannot be deleted stays. */
    static void delete(String application, SparkMaster master) {
        if (!master.isThisMachine()) return;
        Path folder = Path.of(System.getenv().getOrDefault("SPARK_HOME", "."), "work", application);
        try {
            FileTree.remove(folder);
        } catch (IOException stillInUse) {
            // an executor that ends writes its last words; a few lines stay
        }
    }
}
