/**
 * The JVM: what it must be started with, checked before it is missed, and what it takes of the machine.
 *
 * <p>Main types: {@link io.fovea.jvm.JvmOptions}, {@link io.fovea.jvm.ProcessUse}.
 */
package io.fovea.jvm;
