package io.fovea.work;

import java.nio.file.Path;

/** Where a model goes; asked once it can be written, since a workspace numbers its versions. */
@FunctionalInterface
interface ModelPlace {

    Path file();
}
