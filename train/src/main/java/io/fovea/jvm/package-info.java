/**
 * What the JVM must be started with, checked before it is missed.
 *
 * <p>Main type: {@link io.fovea.jvm.JvmOptions}.
 */
package io.fovea.jvm;
